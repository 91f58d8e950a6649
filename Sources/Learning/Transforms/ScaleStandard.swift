package import Columns
import Glibc

/// Mean 0 and standard deviation 1 (of the population, as scikit-learn).
package struct ScaleStandard: Scaler {
  package static let name = "scale.standard"
  package static let summary =
    "brings columns to mean 0 and standard deviation 1 (of the population)"
  package static let parameters: [Parameter] = []

  package init(_ settings: Settings) throws {}

  func measure(_ values: [Double], weights: [Double]?) -> (centre: Double, size: Double) {
    let mean = weightedMean(values, weights: weights)
    var squares = 0.0
    var rest = 0.0
    var total = 0.0
    for (row, value) in values.enumerated() {
      let weight = weights?[row] ?? 1
      squares += weight * (value - mean) * (value - mean)
      rest += weight * (value - mean)
      total += weight
    }
    // The second term mends the rounding of the mean (Chan, Golub, LeVeque 1983).
    return (mean, max(0, (squares - rest * rest / total) / total).squareRoot())
  }
}
