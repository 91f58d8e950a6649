package import Columns

/// Nulls become the median of the training rows.
package struct ImputeMedian: Imputer {
  package static let name = "impute.median"
  package static let summary = "fills nulls with the median of the training rows"
  package static let parameters = [indicatorParameter]

  let indicator: Bool

  package init(_ settings: Settings) throws { indicator = settings.flag("indicator") }

  package static func accepts(_ type: ColumnType) -> Bool { type.isNumeric }

  func filled(_ type: ColumnType) -> ColumnType { .number }

  func fill(_ column: Column, name: String, weights: [Double]?) throws -> Value {
    let known = column.known(weights: weights)
    guard !known.values.isEmpty else { throw allNull(name, Self.name) }
    return .number(Order.weightedMedian(known.values, weights: known.weights))
  }
}
