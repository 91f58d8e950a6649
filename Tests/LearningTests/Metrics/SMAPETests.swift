import Testing

@testable import Learning

struct SMAPETests {
  @Test func `the worked examples agree with other programs`() throws {
    try MetricSample.check(.smape, numbers: 0.48462401795735127, weighted: 0.594810853634383)
  }

  @Test func `0 for 0 is right, and opposite signs are as bad as can be`() throws {
    #expect(try Metric.smape.compute(MetricSample.numbers([0, 1], [0, -1])) == .value(1))
  }
}
