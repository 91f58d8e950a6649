import Testing

@testable import Learning

struct F1Tests {
  @Test func `the worked examples agree with other programs`() throws {
    try MetricSample.check(
      .f1, two: 0.6666666666666666, twoWeighted: 0.8461538461538461,
      three: 0.6666666666666666, threeWeighted: 0.703962703962704)
  }

  @Test func `it is 0 when nothing is positive nor said to be`() throws {
    let judgement = try MetricSample.classes([0, 0], [0.1, 0.2])
    #expect(try Metric.f1.compute(judgement) == .value(0))
  }
}
