import Testing

@testable import Learning

struct BrierTests {
  @Test func `the worked examples agree with other programs`() throws {
    try MetricSample.check(
      .brier, two: 0.1615, twoWeighted: 0.1204,
      three: 0.4061111111111111, threeWeighted: 0.3652)
  }

  @Test func `three classes are summed, so that the worst is 2`() throws {
    let judgement = try Judgement(
      actual: .classes(codes: [0], labels: MetricSample.three),
      predicted: .classes(probabilities: [0, 1, 0], labels: MetricSample.three))
    #expect(try Metric.brier.compute(judgement) == .value(2))
  }
}
