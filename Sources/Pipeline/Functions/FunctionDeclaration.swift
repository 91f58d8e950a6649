package import Columns
import Text

/// All there is to know about a function: binding, checks, help, completion and tests read it.
package struct FunctionDeclaration: Sendable {
  package enum Category: String, Sendable, CaseIterable {
    case choice
    case arithmetic
    case text
    case pattern
    case date
    case cast
    case aggregate
  }

  package let name: String
  package let category: Category
  /// One clause without a full stop.
  package let summary: String
  package let parameters: [FunctionParameter]
  /// The type of the answer, in words.
  package let result: String
  /// What null gives, in words.
  package var nulls = "null where an argument is null"
  /// What stops the evaluation, in words; nil when nothing does.
  package var errors: String?
  /// At least one; the tests run them.
  package let examples: [FunctionExample]
  let meaning: Meaning

  enum Meaning: Sendable {
    /// `if`, `case`, `coalesce`: they do not compute what they do not need.
    case choice(Choice)
    case aggregate(AggregateFunction)
    /// Checks what the types alone do not say and picks the loop.
    case rowwise(@Sendable (FunctionCall) throws(Diagnostic) -> FunctionBinding)
  }

  enum Choice: Sendable {
    case condition
    case cases
    case firstValid
  }

  /// As in `round(x, digits)`.
  package var signature: String {
    let shown = parameters.map { parameter in
      let name = parameter.isOption ? "\(parameter.name): …" : parameter.name
      return parameter.isRepeated ? "\(name), …" : name
    }
    return "\(name)(\(shown.joined(separator: ", ")))"
  }
}

/// One argument of a function.
package struct FunctionParameter: Sendable {
  package let name: String
  /// The types it takes; empty for all.
  package let accepts: [ColumnType]
  package var isOptional = false
  /// May be given any number of times, at least once unless it is optional.
  package var isRepeated = false
  /// Given by name only: `or_null: true`.
  package var isOption = false
  /// Must be known before any row is read.
  package var isConstant = false
  package let summary: String

  init(
    _ name: String, _ accepts: [ColumnType], isOptional: Bool = false,
    isRepeated: Bool = false, isOption: Bool = false, isConstant: Bool = false, _ summary: String
  ) {
    self.name = name
    self.accepts = accepts
    self.isOptional = isOptional || isOption
    self.isRepeated = isRepeated
    self.isOption = isOption
    self.isConstant = isConstant || isOption
    self.summary = summary
  }

  /// One that takes every type.
  init(_ name: String, isRepeated: Bool = false, _ summary: String) {
    self.init(name, [], isRepeated: isRepeated, summary)
  }

  /// The types in words: "a number", "text".
  var wanted: String {
    switch accepts {
    case []: "a value"
    case Types.numbers: "a number"
    case [.int]: "a whole number"
    case Types.text: "text"
    case Types.temporal: "a date or a time"
    case Types.amounts: "a number or a duration"
    case [.bool]: "true or false"
    default: accepts.map(\.rawValue).joined(separator: ", ")
    }
  }
}

/// Sets of types that parameters take.
enum Types {
  static let numbers: [ColumnType] = [.int, .number]
  static let amounts: [ColumnType] = [.int, .number, .duration]
  static let text: [ColumnType] = [.text, .category]
  static let temporal: [ColumnType] = [.date, .time]
}

/// An expression and what it gives, both as they are written: `round(2.567, 1)` and `2.6`.
package struct FunctionExample: Sendable {
  package let expression: String
  package let value: String

  init(_ expression: String, _ value: String) {
    self.expression = expression
    self.value = value
  }
}

/// A call whose arguments have the types that the declaration asks for.
struct FunctionCall: Sendable {
  let name: String
  /// In the order of the parameters, without the options. The types of nulls are nil.
  let arguments: [Expression]
  let options: [String: Value]
  /// What the parameters accept, for each argument.
  let accepts: [[ColumnType]]
  let span: Span

  /// The type of an argument; for null, one that would do.
  func type(_ position: Int) -> ColumnType {
    guard position < arguments.count else { return .number }
    return arguments[position].type ?? accepts[position].first ?? .number
  }

  func constant(_ position: Int) -> Value? {
    position < arguments.count ? arguments[position].constant : nil
  }

  func error(_ code: String, _ message: String, argument: Int? = nil, label: String = "")
    -> Diagnostic
  {
    let at = argument.flatMap { $0 < arguments.count ? arguments[$0].span : nil } ?? span
    return Diagnostic(code: code, message, at: at, label: label)
  }
}

/// What a call computes.
struct FunctionBinding: Sendable {
  let type: ColumnType
  var isStrict = true
  var canFail = false
  let run: @Sendable ([Operand], EvaluationContext) throws -> Column
}
