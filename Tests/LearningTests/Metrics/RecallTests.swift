import Testing

@testable import Learning

struct RecallTests {
  @Test func `the worked examples agree with other programs`() throws {
    try MetricSample.check(
      .recall, two: 0.6, twoWeighted: 0.8461538461538461,
      three: 0.7222222222222222, threeWeighted: 0.8083333333333332)
  }

  @Test func `it is 0 when nothing is positive`() throws {
    let judgement = try MetricSample.classes([0, 0], [0.1, 0.9])
    #expect(try Metric.recall.compute(judgement) == .value(0))
  }
}
