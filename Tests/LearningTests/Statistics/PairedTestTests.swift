import Testing

@testable import Learning

struct PairedTestTests {
  @Test func `the variance is that of Nadeau and Bengio`() {
    let first = [0.80, 0.82, 0.79, 0.85, 0.81]
    let second = [0.82, 0.85, 0.80, 0.86, 0.85]
    let test = PairedTest(first, second, trainRows: 80, testRows: 20)
    // Differences 0.02 0.03 0.01 0.01 0.04: mean 0.022, variance 0.00017.
    let error = ((0.2 + 0.25) * 0.00017).squareRoot()
    #expect(abs(test.difference - 0.022) < 1e-15)
    #expect(abs((test.statistic ?? 0) - 0.022 / error) < 1e-10)
    #expect(test.degreesOfFreedom == 4)
    #expect(test.pValue == test.statistic.map { Distributions.tTwoSided($0, df: 4) })
    #expect(abs((test.low ?? 0) - (0.022 - 2.77644510519779436 * error)) < 1e-12)
  }

  @Test func `one fold is not judged, and equal folds are no difference`() {
    let one = PairedTest([0.5], [0.6], trainRows: 8, testRows: 2)
    #expect(one.pValue == nil && abs(one.difference - 0.1) < 1e-15)
    let same = PairedTest([0.5, 0.6], [0.5, 0.6], trainRows: 8, testRows: 2)
    #expect(same.pValue == 1 && same.statistic == 0)
    let sure = PairedTest([0, 0], [1, 1], trainRows: 8, testRows: 2)
    #expect(sure.pValue == 0 && sure.statistic == nil)
  }
}
