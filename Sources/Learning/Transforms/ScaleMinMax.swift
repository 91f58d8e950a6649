package import Columns

/// From 0 to 1.
package struct ScaleMinMax: Scaler {
  package static let name = "scale.minmax"
  package static let summary = "brings columns to the range from 0 to 1"
  package static let parameters: [Parameter] = []

  package init(_ settings: Settings) throws {}

  func measure(_ values: [Double], weights: [Double]?) -> (centre: Double, size: Double) {
    let low = values.min() ?? 0
    return (low, (values.max() ?? 0) - low)
  }
}
