package import Columns

/// Median 0 and distance of the quartiles 1: outliers move it little.
package struct ScaleRobust: Scaler {
  package static let name = "scale.robust"
  package static let summary = "brings columns to median 0 and distance of the quartiles 1"
  package static let parameters: [Parameter] = []

  package init(_ settings: Settings) throws {}

  func measure(_ values: [Double], weights: [Double]?) -> (centre: Double, size: Double) {
    let sorted = values.sorted()
    let low = Order.quantile(0.25, ofSorted: sorted)
    return (
      Order.quantile(0.5, ofSorted: sorted), Order.quantile(0.75, ofSorted: sorted) - low
    )
  }
}
