/// One value outside a column: a literal, a setting, a cell to show. Never used per row in a kernel.
package enum Value: Sendable, Hashable, Codable {
  case null
  case bool(Bool)
  case int(Int64)
  case number(Double)
  case text(String)
  /// Days since 1970-01-01.
  case date(Int32)
  /// Microseconds since 1970-01-01T00:00Z.
  case time(Int64)
  /// Months are counted apart from exact time; a column of durations never holds months.
  case duration(months: Int64, microseconds: Int64)
  case vector([Float])
  case list([Value])
  case dictionary([Entry])

  package struct Entry: Sendable, Hashable, Codable {
    package var label: String
    package var value: Value
    package init(_ label: String, _ value: Value) {
      self.label = label
      self.value = value
    }
  }

  package var isNull: Bool { self == .null }

  /// The number this is, if it is a bool, an int or a number.
  package var double: Double? {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .int(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  package var text: String? {
    if case .text(let value) = self { value } else { nil }
  }
}
