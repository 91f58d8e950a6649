import Testing

@testable import Learning

struct MAPETests {
  @Test func `the worked examples agree with other programs`() throws {
    try MetricSample.check(.mape, numbers: 0.34682539682539676, weighted: 0.3792717086834734)
  }

  @Test func `an actual value of 0 leaves it undefined, with the reason`() throws {
    #expect(
      try Metric.mape.compute(MetricSample.numbers([0, 2], [1, 2]))
        == .undefined("1 actual value is 0"))
  }
}
