import Columns
import Testing

@testable import Learning

/// What every metric keeps to, whichever it is.
struct MetricContractTests {
  struct Entry: Sendable, CustomTestStringConvertible {
    let metric: Metric
    var testDescription: String { metric.name }
  }

  static let all = MetricCatalog.all.map(Entry.init)

  static func classes(_ count: Int, seed: UInt64, perfect: Bool) throws -> Judgement {
    var random = RandomStream(seed: seed)
    let labels = (0..<count).map { Value.int(Int64($0)) }
    let codes = (0..<30).map { Int32($0 < count ? $0 : Int(random.uniform() * Double(count))) }
    let shares = codes.flatMap { code -> [Double] in
      if perfect { return (0..<count).map { $0 == Int(code) ? 1 : 0 } }
      let raw = (0..<count).map { _ in random.uniform() }
      return raw.map { $0 / raw.reduce(0, +) }
    }
    return try Judgement(
      actual: .classes(codes: codes, labels: labels),
      predicted: .classes(probabilities: shares, labels: labels))
  }

  static func numbers(seed: UInt64, perfect: Bool) throws -> Judgement {
    var random = RandomStream(seed: seed)
    let actual = (0..<30).map { _ in random.uniform() * 10 - 5 }
    return try Judgement(
      actual: .numbers(actual),
      predicted: .numbers(actual.map { perfect ? $0 : $0 + random.uniform() * 20 - 10 }))
  }

  static func judgements(_ metric: Metric, seed: UInt64, perfect: Bool) throws -> [Judgement] {
    metric.needs == .numbers
      ? [try numbers(seed: seed, perfect: perfect)]
      : try [2, 3, 5].map { try classes($0, seed: seed, perfect: perfect) }
  }

  @Test(arguments: all)
  func `a perfect answer gives the best value`(entry: Entry) throws {
    for judgement in try Self.judgements(entry.metric, seed: 1, perfect: true) {
      let value = try #require(entry.metric.compute(judgement).value)
      #expect(abs(value - entry.metric.best) < 1e-12)
    }
    let end =
      entry.metric.direction == .higher
      ? entry.metric.range.upperBound : entry.metric.range.lowerBound
    #expect(entry.metric.best == end)
  }

  @Test(arguments: all)
  func `all values lie in the range, and none is better than the best`(entry: Entry) throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      for judgement in try Self.judgements(entry.metric, seed: seed, perfect: false) {
        let value = try #require(entry.metric.compute(judgement).value)
        #expect(entry.metric.range.contains(value))
        #expect(
          entry.metric.direction == .higher ? value < entry.metric.best : value > entry.metric.best)
      }
    }
  }

  @Test(arguments: all)
  func `weights of 1 change nothing, weights of 2 are rows twice, weights of 0 absent rows`(
    entry: Entry
  ) throws {
    var random = RandomStream(seed: 8)
    let weights = (0..<30).map { _ in Double(Int(random.uniform() * 3)) }
    let rows = weights.enumerated().flatMap { row, weight in
      [Int](repeating: row, count: Int(weight))
    }
    let plainOnes = [Double](repeating: 1, count: 30)
    func value(_ actual: Target, _ predicted: Prediction, _ weights: [Double]?) throws -> Double {
      try #require(
        entry.metric.compute(Judgement(actual: actual, predicted: predicted, weights: weights))
          .value)
    }
    for judgement in try Self.judgements(entry.metric, seed: 3, perfect: false) {
      let (actual, predicted): (Target, Prediction) =
        switch judgement.content {
        case .numbers(let numbers): (.numbers(numbers.actual), .numbers(numbers.predicted))
        case .classes(let classes):
          (
            .classes(codes: classes.actual, labels: classes.labels),
            .classes(probabilities: classes.probabilities, labels: classes.labels)
          )
        }
      let plain = try value(actual, predicted, nil)
      #expect(try abs(value(actual, predicted, plainOnes) - plain) < 1e-12 * max(1, abs(plain)))
      let twice = try value(
        actual.picking(rows), LearnerContractTests.picked(predicted, rows), nil)
      #expect(try abs(value(actual, predicted, weights) - twice) < 1e-12 * max(1, abs(twice)))
    }
  }

  @Test(arguments: all)
  func `symmetric metrics do not tell actual values from predictions, others do`(entry: Entry)
    throws
  {
    var differs = false
    for seed in 1...5 as ClosedRange<UInt64> {
      let (there, back): (Judgement, Judgement)
      if entry.metric.needs == .numbers {
        there = try Self.numbers(seed: seed, perfect: false)
        guard case .numbers(let numbers) = there.content else { return }
        back = try MetricSample.numbers(numbers.predicted, numbers.actual)
      } else {
        var random = RandomStream(seed: seed)
        let one = (0..<30).map { _ in random.uniform() < 0.3 ? 1 : 0 }
        let other = (0..<30).map { _ in random.uniform() < 0.6 ? 1 : 0 }
        there = try MetricSample.classes(one, other.map { Double($0) })
        back = try MetricSample.classes(other, one.map { Double($0) })
      }
      let a = try #require(entry.metric.compute(there).value)
      let b = try #require(entry.metric.compute(back).value)
      if abs(a - b) > 1e-12 * max(1, abs(a)) { differs = true }
    }
    // Certain answers have errors of 0 or 1 only, so these two look symmetric here.
    if entry.metric.name == "log_loss" || entry.metric.name == "brier" {
      #expect(!entry.metric.isSymmetric)
    } else {
      #expect(differs == !entry.metric.isSymmetric)
    }
  }

  @Test(arguments: all)
  func `no rows give no value, and the other task is refused`(entry: Entry) throws {
    let none = try MetricSample.classes([], [])
    let noNumbers = try MetricSample.numbers([], [])
    let own = entry.metric.needs == .numbers ? noNumbers : none
    #expect(try entry.metric.compute(own) == .undefined("no rows"))
    let filled =
      try entry.metric.needs == .numbers
      ? MetricSample.classes([0], [0.1]) : MetricSample.numbers([1], [1])
    #expect(errorCode { _ = try entry.metric.compute(filled) } == "wrong-task")
  }

  @Test func `the defaults are those of the manual`() {
    #expect(
      MetricCatalog.defaults(for: .classes).map(\.name) == [
        "accuracy", "balanced_accuracy", "precision", "recall", "f1", "auc", "average_precision",
        "log_loss", "brier",
      ])
    #expect(MetricCatalog.defaults(for: .numbers).map(\.name) == ["rmse", "mae", "r2", "mape"])
  }

  @Test(arguments: all)
  func `summaries are short and without a full stop`(entry: Entry) {
    #expect(!entry.metric.summary.isEmpty && !entry.metric.summary.hasSuffix("."))
    #expect(MetricCatalog.metric(named: entry.metric.name)?.name == entry.metric.name)
  }
}
