import Testing

@testable import Learning

struct R2Tests {
  @Test func `the worked examples agree with other programs`() throws {
    try MetricSample.check(.r2, numbers: 0.9395495277306853, weighted: 0.9486658165106711)
  }

  @Test func `a target that never varies gives 1 or 0, and one row none`() throws {
    #expect(try Metric.r2.compute(MetricSample.numbers([2, 2], [2, 2])) == .value(1))
    #expect(try Metric.r2.compute(MetricSample.numbers([2, 2], [2, 3])) == .value(0))
    #expect(try Metric.r2.compute(MetricSample.numbers([2], [2])).value == nil)
  }
}
