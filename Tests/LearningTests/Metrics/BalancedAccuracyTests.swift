import Testing

@testable import Learning

struct BalancedAccuracyTests {
  @Test func `the worked examples agree with other programs`() throws {
    try MetricSample.check(
      .balancedAccuracy, two: 0.7, twoWeighted: 0.8397435897435898,
      three: 0.7222222222222222, threeWeighted: 0.8083333333333332)
  }

  @Test func `classes that do not occur are left out`() throws {
    let judgement = try MetricSample.classes([1, 1, 1, 1], [0.9, 0.9, 0.9, 0.2])
    #expect(try Metric.balancedAccuracy.compute(judgement) == .value(0.75))
  }
}
