import Testing

@testable import Learning

struct PrecisionTests {
  @Test func `the worked examples agree with other programs`() throws {
    try MetricSample.check(
      .precision, two: 0.75, twoWeighted: 0.8461538461538461,
      three: 0.7222222222222222, threeWeighted: 0.7037037037037036)
  }

  @Test func `it is 0 when nothing is said to be positive`() throws {
    let judgement = try MetricSample.classes([0, 1], [0.1, 0.2])
    #expect(try Metric.precision.compute(judgement) == .value(0))
  }
}
