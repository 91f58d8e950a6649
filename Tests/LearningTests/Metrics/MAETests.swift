import Testing

@testable import Learning

struct MAETests {
  @Test func `the worked examples agree with other programs`() throws {
    try MetricSample.check(.mae, numbers: 0.5, weighted: 0.48235294117647065)
  }

  @Test func `it is in the unit of the target`() throws {
    #expect(try Metric.mae.compute(MetricSample.numbers([1, 2], [3, 2])) == .value(1))
  }
}
