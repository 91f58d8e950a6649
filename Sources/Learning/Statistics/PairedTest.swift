/// Whether one model does better than another over the same folds: Student's t with the variance
/// that resampling calls for (Nadeau and Bengio 2003), since training sets overlap.
package struct PairedTest: Sendable, Equatable {
  /// Mean of second minus first.
  package let difference: Double
  package let statistic: Double?
  package let degreesOfFreedom: Int
  /// Two-sided; nil where the folds leave no room to judge.
  package let pValue: Double?
  /// 95 % interval of the difference.
  package let low: Double?
  package let high: Double?

  /// A score a fold for each of the two, and how many rows each fold trained on and was judged by.
  package init(_ first: [Double], _ second: [Double], trainRows: Double, testRows: Double) {
    let differences = zip(first, second).map { $1 - $0 }
    let count = Double(differences.count)
    difference = differences.isEmpty ? 0 : differences.reduce(0, +) / count
    degreesOfFreedom = max(0, differences.count - 1)
    guard differences.count > 1, trainRows > 0 else {
      (statistic, pValue, low, high) = (nil, nil, nil, nil)
      return
    }
    let mean = difference
    let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let error = ((1 / count + testRows / trainRows) * variance).squareRoot()
    let freedom = Double(degreesOfFreedom)
    let reach = Distributions.tCritical(twoSided: 0.05, df: freedom) * error
    (low, high) = (mean - reach, mean + reach)
    if error > 0 {
      let t = mean / error
      statistic = t
      pValue = Distributions.tTwoSided(t, df: freedom)
    } else {
      // Every fold says the same: no difference at all, or one without any doubt.
      statistic = mean == 0 ? 0 : nil
      pValue = mean == 0 ? 1 : 0
    }
  }
}
