package import Columns
package import Syntax
package import Text

/// One node of a checked, typed expression.
package struct Expression: Sendable {
  package indirect enum Node: Sendable {
    case constant(Literal)
    case column(String)
    /// An operator or a function: all arguments are computed for all rows.
    case apply(Operation, [Expression])
    /// Three-valued: the right side counts only where the left one does not decide.
    case and(Expression, Expression)
    case or(Expression, Expression)
    /// `if` and `case`: the value of the first condition that is true, else the last value, of
    /// which there is one more than of the conditions.
    case choose(name: String, conditions: [Expression], values: [Expression])
    /// `coalesce`: the first that is not null.
    case firstValid([Expression])
    case aggregate(AggregateCall)
  }

  /// A constant, and how it was written where that says more than the value.
  package enum Literal: Sendable {
    case value(Value)
    /// A date with missing parts: in comparisons the whole period, elsewhere its first day.
    case period(DateSyntax)
    /// What `in` looks through.
    case list([Expression])
  }

  package let node: Node
  /// Nil for null, the value of every type.
  package let type: ColumnType?
  package let span: Span
  /// The value, when it mentions no column and no aggregate.
  package let constant: Value?
  /// Whether some rows can stop the evaluation (overflow, a failed cast).
  let canFail: Bool

  init(
    _ node: Node, type: ColumnType?, span: Span, constant: Value? = nil, canFail: Bool = false
  ) {
    self.node = node
    self.type = type
    self.span = span
    self.constant = constant
    self.canFail = canFail
  }

  /// A literal value; null has no type.
  init(value: Value, span: Span) {
    self.init(
      .constant(.value(value)), type: columnType(of: value), span: span, constant: value)
  }

  var children: [Expression] {
    switch node {
    case .constant, .column: []
    case .apply(_, let all), .firstValid(let all): all
    case .and(let a, let b), .or(let a, let b): [a, b]
    case .choose(_, let conditions, let values): conditions + values
    case .aggregate(let call): call.argument.map { [$0] } ?? []
    }
  }

  /// Visits this node and all below it, parents first.
  func walk(_ visit: (Expression) -> Void) {
    visit(self)
    for child in children { child.walk(visit) }
  }
}

/// The type of a column that holds this value; nil for null and for lists.
func columnType(of value: Value) -> ColumnType? {
  switch value {
  case .null, .list, .dictionary: nil
  case .bool: .bool
  case .int: .int
  case .number: .number
  case .text: .text
  case .date: .date
  case .time: .time
  case .duration: .duration
  case .vector: .vector
  }
}

/// What an operator or a function does to its arguments, chosen for their types.
package struct Operation: Sendable {
  package enum Notation: Hashable, Sendable {
    /// `a + b`; binds tighter the higher the strength.
    case infix(String, strength: Int)
    /// `-a`, `not a`
    case prefix(String, strength: Int)
    /// `f(a, b, label: c)`; as many labels as there are arguments, empty for none.
    case call(String, labels: [String])
    /// `a is null`
    case suffix(String)
    /// `a in low..high`; either end may be missing.
    case within(negated: Bool, hasLow: Bool, hasHigh: Bool)
    /// `a in [..]`
    case member(negated: Bool)
  }

  let notation: Notation
  /// True when the answer is null wherever an argument is.
  var isStrict = true
  /// True when some arguments can stop the evaluation.
  var canFail = false
  let run: @Sendable ([Operand], EvaluationContext) throws -> Column
}

/// A call such as `mean(amount)` that makes one value of many rows.
package struct AggregateCall: Sendable {
  package let function: AggregateFunction
  /// Nil for `count()`.
  package let argument: Expression?
  /// The share of `quantile(x, 0.9)`.
  package let share: Double?
  package let type: ColumnType
  package let span: Span
}

/// An expression that fits its scope: what the binder gives.
package struct BoundExpression: Sendable {
  package let root: Expression

  /// Nil for the literal null.
  package var type: ColumnType? { root.type }
  package var span: Span { root.span }
  /// The value, when no column and no aggregate is mentioned.
  package var constant: Value? { root.constant }

  /// The columns it reads, those inside aggregates too.
  package var columns: Set<String> {
    var names: Set<String> = []
    root.walk { if case .column(let name) = $0.node { names.insert(name) } }
    return names
  }

  /// The first column that is read row by row and not inside an aggregate.
  package var firstColumnOutsideAggregates: (name: String, span: Span)? {
    func first(_ expression: Expression) -> (String, Span)? {
      switch expression.node {
      case .column(let name): return (name, expression.span)
      case .aggregate: return nil
      default:
        for child in expression.children {
          if let found = first(child) { return found }
        }
        return nil
      }
    }
    return first(root)
  }

  package var containsAggregate: Bool { !aggregates.isEmpty }

  /// In the order in which they are written. Equal calls are listed as often as they are written.
  package var aggregates: [AggregateCall] {
    var calls: [AggregateCall] = []
    root.walk { if case .aggregate(let call) = $0.node { calls.append(call) } }
    return calls
  }

  /// The expression as the formatter would write it, with values in the place of `$name`s: the
  /// automatic name of a column, and what a saved model holds. Reading it gives this expression.
  package var text: String { root.text }

  /// The same with constants for aggregates, in the order of `aggregates`.
  package func replacingAggregates(with values: [Value]) -> BoundExpression {
    BoundExpression(
      root: root.substitutingAggregates { call, number in
        let value = number < values.count ? values[number] : .null
        return Expression(
          .constant(.value(value)), type: call.type, span: call.span, constant: value)
      })
  }
}

extension Expression {
  /// Puts something else in the place of each aggregate; they are numbered as `walk` meets them.
  func substitutingAggregates(_ body: (AggregateCall, Int) -> Expression) -> Expression {
    var next = 0
    func substituted(_ expression: Expression) -> Expression {
      switch expression.node {
      case .constant, .column: return expression
      case .aggregate(let call):
        next += 1
        return body(call, next - 1)
      case .apply(let operation, let all):
        return expression.rebuilt(.apply(operation, all.map(substituted)))
      case .firstValid(let all): return expression.rebuilt(.firstValid(all.map(substituted)))
      case .and(let a, let b): return expression.rebuilt(.and(substituted(a), substituted(b)))
      case .or(let a, let b): return expression.rebuilt(.or(substituted(a), substituted(b)))
      case .choose(let name, let conditions, let values):
        return expression.rebuilt(
          .choose(
            name: name, conditions: conditions.map(substituted), values: values.map(substituted)))
      }
    }
    return substituted(self)
  }

  private func rebuilt(_ node: Node) -> Expression {
    Expression(node, type: type, span: span, constant: constant, canFail: canFail)
  }
}

/// Data that stopped an expression, and which part of the expression it was.
package struct ExpressionFailure: Error, Sendable {
  package var error: DataError
  package var span: Span

  package var diagnostic: Diagnostic {
    var notes: [String] = []
    if let row = error.row { notes.append("row: \(row)") }
    if let column = error.column { notes.append("column: \(column)") }
    if let value = error.value { notes.append("value: \(value)") }
    if let help = error.help { notes.append("help: \(help)") }
    return Diagnostic(code: error.code, error.message, at: span, notes: notes)
  }
}
