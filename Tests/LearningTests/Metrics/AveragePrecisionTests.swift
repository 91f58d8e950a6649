import Testing

@testable import Learning

struct AveragePrecisionTests {
  @Test func `the worked examples agree with other programs`() throws {
    try MetricSample.check(
      .averagePrecision, two: 0.8392857142857143, twoWeighted: 0.9413919413919414,
      three: 0.8888888888888887, threeWeighted: 0.8844611528822055)
  }

  @Test func `rows of one score are taken together, and without positive rows there is none`()
    throws
  {
    #expect(
      try Metric.averagePrecision.compute(
        MetricSample.classes([0, 1, 0, 1], [0.3, 0.3, 0.3, 0.3]))
        == .value(0.5))
    #expect(
      try Metric.averagePrecision.compute(MetricSample.classes([0, 0], [0.3, 0.4])).value == nil)
  }
}
