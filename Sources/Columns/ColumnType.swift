/// The types a column can have.
package enum ColumnType: String, Sendable, Hashable, CaseIterable, Codable {
  case bool
  /// 64-bit integer.
  case int
  /// 64-bit float.
  case number
  /// UTF-8 text.
  case text
  /// Text that is one of few levels.
  case category
  /// Days since 1970-01-01.
  case date
  /// Microseconds since 1970-01-01T00:00Z.
  case time
  /// Microseconds.
  case duration
  /// Fixed-length float32.
  case vector
  case image

  /// `int` or `number`.
  package var isNumeric: Bool { self == .int || self == .number }
  /// `text` or `category`.
  package var isTextual: Bool { self == .text || self == .category }
  /// `date` or `time`.
  package var isTemporal: Bool { self == .date || self == .time }
}
