import Testing

@testable import Learning

struct RMSETests {
  @Test func `the worked examples agree with other programs`() throws {
    try MetricSample.check(.rmse, numbers: 0.5887840577551898, weighted: 0.5434097143473411)
  }

  @Test func `errors beyond the range of doubles leave it undefined`() throws {
    #expect(try Metric.rmse.compute(MetricSample.numbers([1e300], [-1e300])).value == nil)
  }
}
