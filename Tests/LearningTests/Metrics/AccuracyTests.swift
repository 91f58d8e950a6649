import Testing

@testable import Learning

struct AccuracyTests {
  @Test func `the worked examples agree with other programs`() throws {
    try MetricSample.check(
      .accuracy, two: 0.7, twoWeighted: 0.84,
      three: 0.6666666666666666, threeWeighted: 0.72)
  }

  @Test func `equal probabilities are taken for the first class`() throws {
    let judgement = try MetricSample.classes([0, 1], [0.5, 0.5])
    #expect(try Metric.accuracy.compute(judgement) == .value(0.5))
  }
}
