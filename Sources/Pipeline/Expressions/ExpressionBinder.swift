import Columns
package import Syntax
package import Text

/// From what was written to what it means: names looked up, types checked, constants computed.
package enum ExpressionBinder {
  /// Nil when something is wrong; then a diagnostic says what.
  package static func bind(
    _ syntax: ExpressionSyntax, in scope: Scope, into diagnostics: inout [Diagnostic]
  ) -> BoundExpression? {
    var binder = Binder(scope: scope)
    let root = binder.bind(syntax)
    diagnostics += binder.diagnostics
    return root.map { BoundExpression(root: $0) }
  }
}

/// One walk over the syntax of one expression.
struct Binder {
  let scope: Scope
  var diagnostics: [Diagnostic] = []
  var isInsideAggregate = false
  private var depth = 0

  /// Nested deeper than this, an expression might not fit the stack of a worker thread.
  static let deepest = 256

  init(scope: Scope) { self.scope = scope }

  mutating func report(
    _ code: String, _ message: String, at span: Span, label: String = "", notes: [String] = [],
    fix: String? = nil
  ) {
    diagnostics.append(
      Diagnostic(code: code, message, at: span, label: label, notes: notes, fix: fix))
  }

  mutating func bind(_ syntax: ExpressionSyntax) -> Expression? {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Binder.deepest else {
      report(
        "too-deep", "an expression may be nested \(Binder.deepest) levels deep", at: syntax.span,
        label: "derive parts of it as columns first")
      return nil
    }
    let span = syntax.span
    switch syntax.kind {
    case .null: return Expression(value: .null, span: span)
    case .bool(let value): return Expression(value: .bool(value), span: span)
    case .int(let value): return Expression(value: .int(value), span: span)
    case .number(let value), .percent(let value):
      return Expression(value: .number(value), span: span)
    case .text(let value): return Expression(value: .text(value), span: span)
    case .duration(let months, let exact):
      return Expression(value: .duration(months: months, microseconds: exact), span: span)
    case .date(let date): return bindDate(date, span)
    case .name(let name): return bindColumn(name, span)
    case .value(let name): return bindValue(name, span)
    case .group(let inner): return bind(inner)
    case .unary(let how, let operand): return bindUnary(how, operand, span)
    case .binary(let how, operator: _, let a, let b): return bindBinary(how, a, b, syntax)
    case .isNull(let operand, let negated): return bindIsNull(operand, negated, span)
    case .isIn(let operand, let place, let negated):
      return bindMembership(operand, place, negated, span)
    case .call(let name, let entries): return bindCall(name, entries, span)
    default: return refuse(syntax)
    }
  }

  /// What is written well but has no meaning as one value a row.
  private mutating func refuse(_ syntax: ExpressionSyntax) -> Expression? {
    switch syntax.kind {
    case .part(let table, let part):
      report(
        "wrong-type", "an expression wants a column, and `\(table.text).\(part.text)` is a table",
        at: syntax.span)
    case .list, .dictionary:
      report(
        "wrong-type", "a list stands where one value is wanted", at: syntax.span,
        label: "lists go after `in`: x in [a, b]")
    case .range:
      report(
        "wrong-type", "a range stands where one value is wanted", at: syntax.span,
        label: "ranges go after `in`: x in 18..65")
    case .everything:
      report(
        "wrong-type", "`.` stands for all other columns in a formula only", at: syntax.span)
    default: break
    }
    return nil
  }

  private mutating func bindDate(_ date: DateSyntax, _ span: Span) -> Expression? {
    let first = CivilDate.days(year: date.year, month: date.month ?? 1, day: date.day ?? 1)
    guard let first else {
      report("wrong-date", "there is no such day", at: span)
      return nil
    }
    if let timeOfDay = date.timeOfDay {
      guard let time = CivilDate.time(days: first, microseconds: timeOfDay) else {
        report("wrong-date", "a time must lie within 290,000 years of 1970", at: span)
        return nil
      }
      return Expression(value: .time(time), span: span)
    }
    let isPeriod = date.month == nil || date.day == nil
    return Expression(
      .constant(isPeriod ? .period(date) : .value(.date(first))), type: .date, span: span,
      constant: .date(first))
  }

  private mutating func bindColumn(_ name: NameSyntax, _ span: Span) -> Expression? {
    guard let type = scope.type(of: name.text) else {
      reportMissingColumn(name)
      return nil
    }
    return Expression(.column(name.text), type: type, span: span)
  }

  private mutating func bindValue(_ name: NameSyntax, _ span: Span) -> Expression? {
    guard let value = scope.values[name.text] else {
      let near = Suggestion.nearest(to: name.text, in: scope.values.keys.sorted())
      let known = scope.values.keys.sorted().joined(separator: ", ")
      report(
        "value-not-found", "there is no value `$\(name.text)`", at: span,
        label: near.map { "did you mean `$\($0)`?" }
          ?? (scope.schema.contains(name.text) ? "a column is written without `$`" : ""),
        notes: known.isEmpty
          ? ["a value is named by a statement: name = param …"] : ["values: \(known)"],
        fix: near.map { "$" + $0 })
      return nil
    }
    if case .list(let items) = value {
      return Expression(
        .constant(.list(items.map { Expression(value: $0, span: span) })), type: nil, span: span)
    }
    if case .dictionary = value {
      report("wrong-type", "`$\(name.text)` is a dictionary, and one value is wanted", at: span)
      return nil
    }
    return Expression(value: value, span: span)
  }

  /// The node, with its value when all it mentions is constant.
  mutating func made(
    _ node: Expression.Node, type: ColumnType?, span: Span, canFail: Bool = false
  ) -> Expression? {
    let plain = Expression(node, type: type, span: span)
    let children = plain.children
    if children.contains(where: { $0.constant == nil }) || children.isEmpty {
      return Expression(
        node, type: type, span: span, canFail: canFail || children.contains(where: \.canFail))
    }
    do {
      let evaluator = Evaluator(table: Table([], rowCount: 1))
      let value: Value =
        switch try evaluator.operand(plain, active: nil) {
        case .scalar(let value): value
        case .column(let column): column[0]
        }
      return Expression(node, type: type, span: span, constant: value)
    } catch var failure as ExpressionFailure {
      failure.error.row = nil
      diagnostics.append(failure.diagnostic)
    } catch {
      report("wrong-value", "this has no value", at: span)
    }
    return nil
  }

  /// Months have no fixed length, so only dates and other constants can use them.
  mutating func refuseCalendar(_ all: [Expression]) -> Bool {
    guard let first = all.first(where: { $0.constant?.isCalendar ?? false }) else { return false }
    report(
      "wrong-type", "months, quarters and years have no fixed length", at: first.span,
      label: "add them to a date, or count days: 30d")
    return true
  }

  /// True, with a diagnostic, when one of them is a vector or a list.
  mutating func refuseVectors(_ all: [Expression], _ what: String) -> Bool {
    for expression in all {
      if expression.type == .vector || expression.type == .image {
        report("wrong-type", "\(what) wants single values and got a vector", at: expression.span)
        return true
      }
      if case .constant(.list) = expression.node {
        report("wrong-type", "\(what) wants single values and got a list", at: expression.span)
        return true
      }
    }
    return false
  }
}

/// How messages call a type.
func name(of type: ColumnType?) -> String { type?.rawValue ?? "null" }
