package import Columns

/// Nulls become one given value.
package struct ImputeConstant: Imputer {
  package static let name = "impute.constant"
  package static let summary = "fills nulls with a value of your own"
  package static let parameters = [
    Parameter(
      "value", .literal, defaultNote: "must be given", "what to put where a row is null"),
    indicatorParameter,
  ]

  let value: Value
  let indicator: Bool

  package init(_ settings: Settings) throws {
    guard let value = settings["value"], value != .null else {
      throw DataError(
        "missing-option", "\(Self.name) needs a value to fill with, and none is given",
        help: "value: 0, or value: \"unknown\"")
    }
    self.value = value
    indicator = settings.flag("indicator")
  }

  package static func accepts(_ type: ColumnType) -> Bool {
    [.bool, .int, .number, .text, .category, .date].contains(type)
  }

  func filled(_ type: ColumnType) -> ColumnType {
    if case .number = value, type == .int { return .number }
    return type
  }

  func fill(_ column: Column, name: String, weights: [Double]?) throws -> Value {
    if case .int(let number) = value, column.type == .number { return .number(Double(number)) }
    guard Column(filling: nil, count: 0, with: value, type: filled(column.type)) != nil else {
      throw DataError(
        "column-type",
        "`\(name)` is \(column.type.rawValue), and the value to fill with is \(plainText(value))",
        help: "give a value of the column's type", column: name)
    }
    return value
  }
}
