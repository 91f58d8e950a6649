import Testing

@testable import Learning

struct SpecificityTests {
  @Test func `the worked examples agree with other programs`() throws {
    try MetricSample.check(
      .specificity, two: 0.8, twoWeighted: 0.8333333333333334,
      three: 0.8492063492063493, threeWeighted: 0.8873015873015873)
  }

  @Test func `it is 0 when nothing is negative`() throws {
    let judgement = try MetricSample.classes([1, 1], [0.1, 0.9])
    #expect(try Metric.specificity.compute(judgement) == .value(0))
  }
}
