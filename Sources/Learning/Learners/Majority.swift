package import Columns

/// The baseline for classes: says the shares of the classes in training for every row.
package struct Majority: Learner {
  package static let name = "majority"
  package static let summary =
    "baseline: predicts the commonest class, with the shares of the classes"
  package static let tasks: Set<Task> = [.classes]
  package static let parameters: [Parameter] = []
  package static let takesNulls = true

  package init(_ settings: Settings) throws {}

  package func fit(
    _ data: TrainingData, workers: Workers, progress: Progress
  ) throws -> any FittedModel {
    let data = try data.checked(for: Self.self)
    guard case .classes(let codes, let labels) = data.target else {
      preconditionFailure("checked above")
    }
    var sums = [Double](repeating: 0, count: labels.count)
    for (row, code) in codes.enumerated() { sums[Int(code)] += data.weights?[row] ?? 1 }
    let total = sums.reduce(0, +)
    return MajorityModel(
      body: .init(labels: labels, shares: sums.map { $0 / total }, rows: codes.count))
  }
}

package struct MajorityModel: FittedModel, Embodied {
  struct Content: Body {
    var labels: [Value]
    var shares: [Double]
    var rows: Int

    func check() throws {
      try require(
        !labels.isEmpty && labels.count == shares.count, MajorityModel.title,
        "labels and shares do not fit")
      let sum = shares.reduce(0, +)
      try require(
        shares.allSatisfy { $0 >= 0 } && abs(sum - 1) < 1e-9, MajorityModel.title,
        "the shares do not sum to 1")
    }
  }

  package static let learner = Majority.name
  static let title = MajorityModel.learner
  let body: Content

  package func predict(_ features: Table, workers: Workers) throws -> Prediction {
    var all: [Double] = []
    all.reserveCapacity(features.rowCount * body.shares.count)
    for _ in 0..<features.rowCount { all.append(contentsOf: body.shares) }
    return .classes(probabilities: all, labels: body.labels)
  }

  package var terms: Table? { nil }
  package var facts: [(name: String, value: String)] {
    [("rows", "\(body.rows)")]
      + zip(body.labels, body.shares).map { ("share of \(plainText($0))", short($1)) }
  }
  package var warnings: [String] { [] }
}
