import Columns
import Testing

@testable import Learning

/// Small predictions whose metrics were computed by another program.
enum MetricSample {
  static let two: [Value] = [.text("no"), .text("yes")]
  static let three: [Value] = [.text("a"), .text("b"), .text("c")]

  /// Two classes by the probability of the last.
  static func classes(
    _ actual: [Int], _ shares: [Double], weights: [Double]? = nil
  ) throws -> Judgement {
    try Judgement(
      actual: .classes(codes: actual.map { Int32($0) }, labels: two),
      predicted: .classes(probabilities: shares.flatMap { [1 - $0, $0] }, labels: two),
      weights: weights)
  }

  static func numbers(
    _ actual: [Double], _ predicted: [Double], weights: [Double]? = nil
  ) throws -> Judgement {
    try Judgement(actual: .numbers(actual), predicted: .numbers(predicted), weights: weights)
  }

  static func twoClasses(weighted: Bool) throws -> Judgement {
    try classes(
      [0, 0, 1, 1, 0, 1, 0, 1, 1, 0], [0.1, 0.4, 0.35, 0.8, 0.4, 0.9, 0.6, 0.4, 0.7, 0.05],
      weights: weighted ? [1, 2, 1, 0.5, 1, 3, 1, 0, 2, 1] : nil)
  }

  static func threeClasses(weighted: Bool) throws -> Judgement {
    try Judgement(
      actual: .classes(codes: [0, 1, 2, 1, 0, 0, 1, 2, 1], labels: three),
      predicted: .classes(
        probabilities: [
          0.5, 0.3, 0.2, 0.2, 0.5, 0.3, 0.1, 0.2, 0.7, 0.4, 0.4, 0.2, 0.3, 0.3, 0.4, 0.6, 0.2, 0.2,
          0.1, 0.8, 0.1, 0.25, 0.25, 0.5, 0.2, 0.3, 0.5,
        ], labels: three), weights: weighted ? [1, 2, 1, 1, 0.5, 1, 3, 1, 2] : nil)
  }

  static func someNumbers(weighted: Bool) throws -> Judgement {
    try numbers(
      [3, -0.5, 2, 7, 4.2, 1], [2.5, 0, 2, 8, 3.9, 1.7],
      weights: weighted ? [1, 2, 0.5, 1, 3, 1] : nil)
  }

  static func check(
    _ metric: Metric, two: Double, twoWeighted: Double, three: Double, threeWeighted: Double,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    try expect(metric, twoClasses(weighted: false), two, location)
    try expect(metric, twoClasses(weighted: true), twoWeighted, location)
    try expect(metric, threeClasses(weighted: false), three, location)
    try expect(metric, threeClasses(weighted: true), threeWeighted, location)
  }

  static func check(
    _ metric: Metric, numbers: Double, weighted: Double,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    try expect(metric, someNumbers(weighted: false), numbers, location)
    try expect(metric, someNumbers(weighted: true), weighted, location)
  }

  private static func expect(
    _ metric: Metric, _ judgement: Judgement, _ right: Double, _ location: SourceLocation
  ) throws {
    let got = try #require(metric.compute(judgement).value, sourceLocation: location)
    #expect(abs(got - right) < 1e-12, sourceLocation: location)
  }
}
