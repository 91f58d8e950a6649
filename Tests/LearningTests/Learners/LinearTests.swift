import Columns
import Testing

@testable import Learning

struct LinearTests {
  static func fit(
    _ features: Table, _ target: [Double], _ settings: [String: Value] = [:],
    weights: [Double]? = nil
  ) throws -> LinearModel {
    let learner = try Linear(Settings(settings, of: Linear.parameters))
    let model = try learner.fit(
      TrainingData(features: features, target: .numbers(target), weights: weights),
      workers: .serial, progress: .silent)
    return try #require(model as? LinearModel)
  }

  /// Least digits asked of coefficients, and whether there is an intercept.
  static let sets: [(name: String, digits: Double, powers: Int)] = [
    ("Norris", 12, 1), ("Pontius", 11, 2), ("NoInt1", 12, 1), ("NoInt2", 12, 1), ("Filip", 7, 10),
    ("Longley", 10, 0), ("Wampler1", 9, 5), ("Wampler2", 9, 5), ("Wampler3", 9, 5),
    ("Wampler4", 7, 5), ("Wampler5", 5.5, 5),
  ]

  @Test(.enabled(if: SharedData.isHere, "\(SharedData.note)"), arguments: sets)
  func `the reference sets of NIST are met`(
    name: String, least: Double, powers: Int
  ) throws {
    let csv = try SharedData.csv("conformance/nist-strd/linear/\(name).csv")
    let certified = try SharedData.json("conformance/nist-strd/certified.json")["linear"][name]
    var columns: [(name: String, column: Column)] = []
    if powers == 0 {
      columns = csv.names.dropFirst().map { ($0, csv.numberColumn($0)) }
    } else {
      let x = csv.numbers("x").compactMap { $0 }
      var power = [Double](repeating: 1, count: x.count)
      for degree in 1...powers {
        power = zip(power, x).map(*)
        columns.append(("x\(degree)", .number(Values(power))))
      }
    }
    let model = try Self.fit(
      Table(columns), csv.numbers("y").compactMap { $0 },
      ["intercept": .bool(!name.hasPrefix("NoInt"))])
    #expect(model.warnings.isEmpty)
    let terms = try #require(model.terms)
    let estimates = terms["estimate"]?.cells ?? []
    let errors = terms["std_error"]?.cells ?? []
    let right = certified["coefficients"].list
    try #require(right.count == estimates.count)
    var worst = 15.0
    var worstError = 15.0
    for (place, coefficient) in right.enumerated() {
      worst = min(worst, digits(estimates[place] ?? .nan, coefficient["estimate"].number))
      worstError = min(worstError, digits(errors[place] ?? .nan, coefficient["std_error"].number))
    }
    print("digits", name, worst, worstError)
    #expect(worst >= least)
  }
}
