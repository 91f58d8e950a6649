import Testing

@testable import Learning

struct MedianAETests {
  @Test func `the worked examples agree with other programs`() throws {
    try MetricSample.check(.medianAE, numbers: 0.5, weighted: 0.5)
  }

  @Test func `a weight of 2 is a row twice`() throws {
    let twice = try MetricSample.numbers([1, 2, 3, 3], [1, 1, 0, 0])
    let weighted = try MetricSample.numbers([1, 2, 3], [1, 1, 0], weights: [1, 1, 2])
    #expect(try Metric.medianAE.compute(twice) == .value(2))
    #expect(try Metric.medianAE.compute(weighted) == .value(2))
  }
}
