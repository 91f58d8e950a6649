import Columns
import Syntax
import Text

extension Binder {
  mutating func bindUnary(_ how: UnaryOperator, _ operand: ExpressionSyntax, _ span: Span)
    -> Expression?
  {
    guard let a = bind(operand) else { return nil }
    switch how {
    case .not:
      guard isCondition(a, "`not`") else { return nil }
      let operation = Operation(notation: .prefix("not", strength: 3)) { operands, context in
        guard case .column(let values) = try operands[0].bools() else {
          return .bool(Values([try operands[0].bools().element(0) ? false : true]))
        }
        return .bool(Kernel.not(values))
      }
      return made(.apply(operation, [a]), type: .bool, span: span)
    case .minus:
      if case .duration(let months, let exact) = a.constant, months != 0 {
        return calendar(
          .apply(Arithmetic.negation(.duration), [a]), months.multipliedReportingOverflow(by: -1),
          exact.multipliedReportingOverflow(by: -1), span)
      }
      guard [.int, .number, .duration, nil].contains(a.type) else {
        report(
          "wrong-type", "`-` wants a number or a duration and got \(name(of: a.type))",
          at: a.span, label: numberHint(a))
        return nil
      }
      let operation = Arithmetic.negation(a.type ?? .int)
      return made(
        .apply(operation, [a]), type: a.type, span: span, canFail: operation.canFail)
    }
  }

  mutating func bindBinary(
    _ how: BinaryOperator, _ a: ExpressionSyntax, _ b: ExpressionSyntax,
    _ syntax: ExpressionSyntax
  ) -> Expression? {
    switch how {
    case .and, .or:
      let left = bind(a)
      let right = bind(b)
      guard let left, let right, isCondition(left, "`\(how.rawValue)`"),
        isCondition(right, "`\(how.rawValue)`")
      else { return nil }
      return made(
        how == .and ? .and(left, right) : .or(left, right), type: .bool, span: syntax.span)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      guard let comparison = Comparison(rawValue: how.rawValue) else { return nil }
      return bindComparison(comparison, a, b, syntax.span)
    default:
      if reportUnquotedName(syntax) { return nil }
      let left = bind(a)
      let right = bind(b)
      guard let left, let right else { return nil }
      return arithmetic(how, left, right, syntax.span)
    }
  }

  private mutating func isCondition(_ expression: Expression, _ what: String) -> Bool {
    if refuseVectors([expression], what) { return false }
    if expression.type == .bool || expression.type == nil { return true }
    report(
      "wrong-type",
      "\(what) wants true or false and got \(name(of: expression.type))", at: expression.span,
      label: expression.type?.isNumeric ?? false ? "compare it: … != 0" : "compare it: … == …")
    return false
  }

  /// `if` and `case` want one too.
  mutating func condition(_ expression: Expression, of function: String) -> Bool {
    isCondition(expression, "`\(function)`")
  }

  private mutating func arithmetic(
    _ how: BinaryOperator, _ a: Expression, _ b: Expression, _ span: Span
  ) -> Expression? {
    if refuseVectors([a, b], "`\(how.rawValue)`") { return nil }
    if let calendar = calendarArithmetic(how, a, b, span) { return calendar }
    let isShift = a.type?.isTemporal ?? false || b.type?.isTemporal ?? false
    if !isShift, refuseCalendar([a, b]) { return nil }
    guard let (type, run) = Arithmetic.rule(how, a, b) else {
      let problem = arithmeticProblem(how, a, b)
      report(
        "wrong-type",
        "`\(how.rawValue)` has no meaning for \(name(of: a.type)) and \(name(of: b.type))",
        at: span, label: problem)
      return nil
    }
    let strength =
      switch how {
      case .add, .subtract: 6
      case .power: 9
      default: 7
      }
    let operation = Operation(
      notation: .infix(how.rawValue, strength: strength),
      canFail: Arithmetic.canFail(how, type), run: run)
    return made(
      .apply(operation, [a, b]), type: type, span: span, canFail: operation.canFail)
  }

  /// Constant durations of which one counts months.
  private mutating func calendarArithmetic(
    _ how: BinaryOperator, _ a: Expression, _ b: Expression, _ span: Span
  ) -> Expression? {
    guard let x = a.constant, let y = b.constant, x.isCalendar || y.isCalendar else { return nil }
    let symbol: String = how.rawValue
    let node = { (strength: Int) -> Expression.Node in
      let operation = Operation(notation: .infix(symbol, strength: strength)) { operands, _ in
        Kernel.constant(.null, as: .duration, operands.count)
      }
      return .apply(operation, [a, b])
    }
    switch (x, how, y) {
    case (.duration(let m1, let e1), .add, .duration(let m2, let e2)):
      return calendar(
        node(6), m1.addingReportingOverflow(m2), e1.addingReportingOverflow(e2), span)
    case (.duration(let m1, let e1), .subtract, .duration(let m2, let e2)):
      return calendar(
        node(6), m1.subtractingReportingOverflow(m2), e1.subtractingReportingOverflow(e2), span)
    case (.duration(let months, let exact), .multiply, .int(let factor)),
      (.int(let factor), .multiply, .duration(let months, let exact)):
      return calendar(
        node(7), months.multipliedReportingOverflow(by: factor),
        exact.multipliedReportingOverflow(by: factor), span)
    default: return nil
    }
  }

  private mutating func calendar(
    _ node: Expression.Node, _ months: (partialValue: Int64, overflow: Bool),
    _ exact: (partialValue: Int64, overflow: Bool), _ span: Span
  ) -> Expression? {
    guard !months.overflow, !exact.overflow else {
      report("integer-overflow", "the duration does not fit a 64-bit integer", at: span)
      return nil
    }
    return Expression(
      node, type: .duration, span: span,
      constant: .duration(months: months.partialValue, microseconds: exact.partialValue))
  }

  private func arithmeticProblem(_ how: BinaryOperator, _ a: Expression, _ b: Expression)
    -> String
  {
    let types = [a.type, b.type]
    if how == .add, types.contains(where: { $0?.isTextual ?? false }) {
      return "text is joined by concat(a, b)"
    }
    if types.contains(where: { $0?.isTextual ?? false }) {
      return "read text as numbers first: number(x)"
    }
    if types.contains(.bool) { return "count truths as numbers: int(x)" }
    if types.contains(where: { $0?.isTemporal ?? false }) {
      if types.contains(where: { $0?.isNumeric ?? false }) {
        return "dates are moved by durations: day + 7d, or day + n * 1d"
      }
      return "dates can be subtracted from each other and moved by durations"
    }
    return ""
  }

  func numberHint(_ expression: Expression) -> String {
    switch expression.type {
    case .text, .category: "read it as a number first: number(x)"
    case .bool: "count truths as numbers: int(x)"
    default: ""
    }
  }
}

extension Arithmetic {
  static func negation(_ type: ColumnType) -> Operation {
    let notation = Operation.Notation.prefix("-", strength: 8)
    guard type != .number else {
      return Operation(notation: notation) { operands, context in
        .number(Kernel.zip(try operands[0].doubles(), .scalar(0), context.count) { x, _ in -x })
      }
    }
    return Operation(notation: notation, canFail: true) { operands, context in
      let negated = try Kernel.checked(
        .scalar(0), try operands[0].longs(), context, "the opposite"
      ) { $0.subtractingReportingOverflow($1) }
      return type == .int ? .int(negated) : .duration(negated)
    }
  }
}
