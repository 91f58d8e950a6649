import Testing

@testable import Learning

struct LogLossTests {
  @Test func `the worked examples agree with other programs`() throws {
    try MetricSample.check(
      .logLoss, two: 0.4745887656735114, twoWeighted: 0.3836997398579384,
      three: 0.7215913334694218, threeWeighted: 0.6588594149260903)
  }

  @Test func `a certain and wrong answer is clipped at 36.04`() throws {
    let got = try #require(Metric.logLoss.compute(MetricSample.classes([1], [0])).value)
    #expect(abs(got - 36.04365338911715) < 1e-12)
  }
}
