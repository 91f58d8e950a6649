package import Columns

/// What a kernel takes: one value for all rows, or a column.
package enum Operand: Sendable {
  case scalar(Value)
  case column(Column)

  var isNull: Bool {
    if case .scalar(.null) = self { true } else { false }
  }
}

/// An operand of a known element type.
enum Side<Element: Sendable> {
  case scalar(Element)
  case column(Values<Element>)

  var valid: ArraySlice<Bool>? {
    if case .column(let values) = self { values.valid } else { nil }
  }

  /// The element at a row, whether or not it is null. For single rows.
  func element(_ row: Int) -> Element {
    switch self {
    case .scalar(let value): value
    case .column(let values): values.elements[values.elements.startIndex + row]
    }
  }

  func map<Other>(_ body: (Element) -> Other) -> Side<Other> {
    switch self {
    case .scalar(let value): .scalar(body(value))
    case .column(let values): .column(Kernel.map(values, body))
    }
  }
}

/// The rows a kernel works on.
package struct EvaluationContext: Sendable {
  package let count: Int
  /// Rows whose answer matters: an error elsewhere is no error. Nil for all.
  package let active: [Bool]?
  /// Long work asks it whether to stop.
  var workers = Workers.serial

  func isActive(_ row: Int) -> Bool { active?[row] ?? true }
}

/// A row that a kernel cannot answer. The evaluator adds the place in the script.
struct RowFailure: Error {
  var code: String
  var message: String
  var row: Int
  var value: String?
  var help: String?
}

/// A kernel was given a type that the binder should have refused.
private func unexpected(_ wanted: String) -> DataError {
  DataError("wrong-type", "an operation wanted \(wanted) and got another type")
}

extension Operand {
  func bools() throws -> Side<Bool> {
    switch self {
    case .scalar(.bool(let value)): return .scalar(value)
    case .column(.bool(let values)): return .column(values)
    default: throw unexpected("true or false")
    }
  }

  /// Of int, time and duration.
  func longs() throws -> Side<Int64> {
    switch self {
    case .scalar(.int(let value)), .scalar(.time(let value)),
      .scalar(.duration(months: _, microseconds: let value)):
      return .scalar(value)
    case .column(.int(let values)), .column(.time(let values)), .column(.duration(let values)):
      return .column(values)
    default: throw unexpected("whole numbers")
    }
  }

  /// Of number and int.
  func doubles() throws -> Side<Double> {
    switch self {
    case .scalar(.number(let value)): return .scalar(value)
    case .scalar(.int(let value)): return .scalar(Double(value))
    case .column(.number(let values)): return .column(values)
    case .column(.int(let values)): return .column(Kernel.map(values) { Double($0) })
    default: throw unexpected("numbers")
    }
  }

  func days() throws -> Side<Int32> {
    switch self {
    case .scalar(.date(let value)): return .scalar(value)
    case .column(.date(let values)): return .column(values)
    default: throw unexpected("dates")
    }
  }

  /// Of date, and of time as the day it lies in.
  func wholeDays() throws -> Side<Int32> {
    switch self {
    case .scalar(.date), .column(.date): return try days()
    default: return try longs().map { CivilDate.split($0).days }
    }
  }

  /// Null rows and null itself, as validity; nil when all are valid.
  func validity(_ count: Int) -> ArraySlice<Bool>? {
    switch self {
    case .scalar(.null): return Array(repeating: false, count: count)[...]
    case .scalar: return nil
    case .column(let column): return column.valid
    }
  }

  var type: ColumnType? {
    switch self {
    case .scalar(let value): columnType(of: value)
    case .column(let column): column.type
    }
  }
}
