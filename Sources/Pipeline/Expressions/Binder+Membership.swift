import Columns
import Syntax
import Text

extension Binder {
  mutating func bindIsNull(_ operand: ExpressionSyntax, _ negated: Bool, _ span: Span)
    -> Expression?
  {
    guard let a = bind(operand) else { return nil }
    if case .constant(.list) = a.node {
      _ = refuseVectors([a], "`is null`")
      return nil
    }
    let operation = Operation(
      notation: .suffix(negated ? "is not null" : "is null"), isStrict: false
    ) { operands, context in
      guard let valid = operands[0].validity(context.count) else {
        return .bool(Values([Bool](repeating: negated, count: context.count)))
      }
      return .bool(Kernel.map(Values(valid)) { $0 == negated })
    }
    return made(.apply(operation, [a]), type: .bool, span: span)
  }

  mutating func bindMembership(
    _ operand: ExpressionSyntax, _ place: ExpressionSyntax, _ negated: Bool, _ span: Span
  ) -> Expression? {
    guard let a = bind(operand) else { return nil }
    if refuseVectors([a], "`in`") { return nil }
    if refuseCalendar([a]) { return nil }
    switch unwrapped(place).kind {
    case .range(let low, let high): return within(a, low, high, negated, span)
    case .list(let items):
      var bound: [Expression] = []
      for item in items {
        if reportUnquotedText(item, beside: a) { return nil }
        guard let one = bind(item) else { return nil }
        bound.append(one)
      }
      return member(a, bound, place.span, negated, span)
    default:
      guard let b = bind(place) else { return nil }
      if case .constant(.list(let items)) = b.node {
        return member(a, items, place.span, negated, span)
      }
      guard b.type == .date, a.type?.isTemporal ?? true, Period(b) != nil else {
        report(
          "wrong-type", "`in` wants a list, a range or a period and got \(name(of: b.type))",
          at: place.span, label: "write [a, b], low..high, or @2024-03")
        return nil
      }
      return member(a, [b], place.span, negated, span, isPeriod: true)
    }
  }

  func unwrapped(_ syntax: ExpressionSyntax) -> ExpressionSyntax {
    if case .group(let inner) = syntax.kind { unwrapped(inner) } else { syntax }
  }

  private mutating func within(
    _ a: Expression, _ low: ExpressionSyntax?, _ high: ExpressionSyntax?, _ negated: Bool,
    _ span: Span
  ) -> Expression? {
    var operands = [a]
    var comparers: [Comparer] = []
    for (end, how) in [(low, Comparison.greaterOrEqual), (high, .lessOrEqual)] {
      guard let end else { continue }
      guard let bound = bind(end) else { return nil }
      guard bound.type != nil else {
        report(
          "wrong-type", "a range wants an end that is not null", at: bound.span,
          label: "leave it out: 18..")
        return nil
      }
      if refuseVectors([bound], "a range") { return nil }
      guard let comparer = comparer(how, a, bound, bound.span) else { return nil }
      operands.append(bound)
      comparers.append(comparer)
    }
    guard !comparers.isEmpty else {
      report("wrong-arguments", "a range wants at least one end", at: span)
      return nil
    }
    let loops = comparers
    let operation = Operation(
      notation: .within(negated: negated, hasLow: low != nil, hasHigh: high != nil)
    ) { operands, context in
      var inside: Values<Bool>?
      for (loop, end) in zip(loops, operands.dropFirst()) {
        let next = try loop(operands[0], end, context)
        inside = inside.map { Kernel.and($0, next) } ?? next
      }
      let answer = inside ?? Values([])
      return .bool(negated ? Kernel.not(answer) : answer)
    }
    return made(.apply(operation, operands), type: .bool, span: span)
  }

  private mutating func member(
    _ a: Expression, _ items: [Expression], _ listSpan: Span, _ negated: Bool, _ span: Span,
    isPeriod: Bool = false
  ) -> Expression? {
    if refuseVectors(items, "a list after `in`") { return nil }
    for item in items {
      guard let value = item.constant else {
        report(
          "wrong-type", "a list after `in` wants constants", at: item.span,
          label: "compare columns: x == a or x == b")
        return nil
      }
      guard !value.isNull else {
        report(
          "null-comparison", "null is in no list", at: item.span, label: "add: or … is null")
        return nil
      }
      // The comparison is not used: it says whether the types fit.
      guard comparer(.equal, a, item, item.span) != nil else { return nil }
    }
    let test = Membership(items, of: a.type)
    let list = Expression(
      isPeriod ? items[0].node : .constant(.list(items)), type: nil, span: listSpan,
      constant: .list(items.compactMap(\.constant)))
    let operation = Operation(notation: .member(negated: negated)) { operands, context in
      let inside = try test.contains(operands[0], context)
      return .bool(negated ? Kernel.not(inside) : inside)
    }
    return made(.apply(operation, [a, list]), type: .bool, span: span)
  }
}
