package import Columns

/// Divided by the largest absolute value; 0 stays 0.
package struct ScaleMaxAbs: Scaler {
  package static let name = "scale.maxabs"
  package static let summary = "divides columns by their largest absolute value"
  package static let parameters: [Parameter] = []

  package init(_ settings: Settings) throws {}

  func measure(_ values: [Double], weights: [Double]?) -> (centre: Double, size: Double) {
    (0, values.reduce(0) { max($0, abs($1)) })
  }
}
