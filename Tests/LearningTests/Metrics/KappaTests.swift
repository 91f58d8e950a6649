import Testing

@testable import Learning

struct KappaTests {
  @Test func `the worked examples agree with other programs`() throws {
    try MetricSample.check(
      .kappa, two: 0.4, twoWeighted: 0.6794871794871795,
      three: 0.5178571428571428, threeWeighted: 0.5614035087719298)
  }

  @Test func `with one class in both there is none, and chance gives 0`() throws {
    #expect(try Metric.kappa.compute(MetricSample.classes([1, 1], [0.9, 0.9])).value == nil)
    #expect(try Metric.kappa.compute(MetricSample.classes([0, 1], [0.9, 0.9])) == .value(0))
  }
}
