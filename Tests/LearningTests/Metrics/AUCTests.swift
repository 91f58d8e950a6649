import Columns
import Testing

@testable import Learning

struct AUCTests {
  @Test func `the worked examples agree with other programs`() throws {
    try MetricSample.check(
      .auc, two: 0.8, twoWeighted: 0.8974358974358975,
      three: 0.9529100529100529, threeWeighted: 0.9635714285714286)
  }

  @Test func `ties count half, and one class alone has none`() throws {
    #expect(
      try Metric.auc.compute(MetricSample.classes([0, 1, 0, 1], [0.3, 0.3, 0.3, 0.3]))
        == .value(0.5))
    #expect(
      try Metric.auc.compute(MetricSample.classes([1, 1], [0.3, 0.4]))
        == .undefined("only one class occurs"))
  }

  @Test func `it is the share of pairs in the right order`() throws {
    var random = RandomStream(seed: 2)
    let actual = (0..<40).map { _ in random.uniform() < 0.4 ? 1 : 0 }
    let scores = (0..<40).map { _ in (random.uniform() * 8).rounded() / 8 }
    var wins = 0.0
    var pairs = 0.0
    for a in 0..<40 where actual[a] == 1 {
      for b in 0..<40 where actual[b] == 0 {
        pairs += 1
        wins += scores[a] > scores[b] ? 1 : scores[a] == scores[b] ? 0.5 : 0
      }
    }
    let got = try #require(Metric.auc.compute(MetricSample.classes(actual, scores)).value)
    #expect(abs(got - wins / pairs) < 1e-12)
  }
}
