import Testing

@testable import Learning

struct MCCTests {
  @Test func `the worked examples agree with other programs`() throws {
    try MetricSample.check(
      .mcc, two: 0.408248290463863, twoWeighted: 0.6794871794871795,
      three: 0.5576923076923077, threeWeighted: 0.6123236235769736)
  }

  @Test func `all wrong is -1, and a constant answer 0`() throws {
    #expect(try Metric.mcc.compute(MetricSample.classes([0, 1], [0.9, 0.1])) == .value(-1))
    #expect(try Metric.mcc.compute(MetricSample.classes([0, 1], [0.9, 0.9])) == .value(0))
  }
}
