import Columns
import Syntax
import Text

/// The loop of a comparison, chosen for the types of its sides.
typealias Comparer = @Sendable (Operand, Operand, EvaluationContext) throws -> Values<Bool>

extension Binder {
  mutating func bindComparison(
    _ how: Comparison, _ a: ExpressionSyntax, _ b: ExpressionSyntax, _ span: Span
  ) -> Expression? {
    if case .null = unwrapped(b).kind { return refuseNullComparison(how, a, span) }
    if case .null = unwrapped(a).kind { return refuseNullComparison(how, b, span) }
    if case .binary(let inner, operator: _, _, _) = a.kind,
      Comparison(rawValue: inner.rawValue) != nil
    {
      report(
        "wrong-arguments", "comparisons do not chain", at: span,
        label: "write x in low..high, or two comparisons with `and`")
      return nil
    }
    let sides = bindBeside(a, b)
    guard let left = sides.0, let right = sides.1 else { return nil }
    if refuseVectors([left, right], "a comparison") { return nil }
    guard let comparer = comparer(how, left, right, span) else { return nil }
    let operation = Operation(notation: .infix(how.rawValue, strength: 4)) { operands, context in
      .bool(try comparer(operands[0], operands[1], context))
    }
    return made(.apply(operation, [left, right]), type: .bool, span: span)
  }

  /// Binds both; a bare word beside text is answered with quotes.
  private mutating func bindBeside(_ a: ExpressionSyntax, _ b: ExpressionSyntax)
    -> (Expression?, Expression?)
  {
    if case .name(let name) = a.kind, scope.type(of: name.text) == nil {
      let right = bind(b)
      if !reportUnquotedText(a, beside: right) { _ = bind(a) }
      return (nil, right)
    }
    let left = bind(a)
    if reportUnquotedText(b, beside: left) { return (left, nil) }
    return (left, bind(b))
  }

  private mutating func refuseNullComparison(
    _ how: Comparison, _ other: ExpressionSyntax, _ span: Span
  ) -> Expression? {
    let word = how == .notEqual ? "is not null" : "is null"
    var fix: String?
    if let bound = bind(other) { fix = "\(bound.text) \(word)" }
    report(
      "null-comparison", "a comparison with null is never true", at: span,
      label: "write \(fix ?? "x \(word)")", fix: fix)
    return nil
  }

  /// The loop for two sides, nil with a diagnostic when they cannot be compared.
  mutating func comparer(_ how: Comparison, _ a: Expression, _ b: Expression, _ span: Span)
    -> Comparer?
  {
    if refuseCalendar([a, b]) { return nil }
    switch (a.type ?? b.type, b.type ?? a.type) {
    case (nil, _), (_, nil):
      return { _, _, context in
        Values([Bool](repeating: false, count: context.count)[...], valid: nil)
      }
    case (.int, .int), (.time, .time), (.duration, .duration):
      return { Kernel.compareLongs(how, try $0.longs(), try $1.longs(), $2.count) }
    case (.number, .number):
      return { Kernel.compareDoubles(how, try $0.doubles(), try $1.doubles(), $2.count) }
    case (.int, .number):
      return { Kernel.compareMixed(how, try $0.longs(), try $1.doubles(), $2.count) }
    case (.number, .int):
      let mirrored = how.mirrored
      return { Kernel.compareMixed(mirrored, try $1.longs(), try $0.doubles(), $2.count) }
    case (.bool, .bool):
      return { Kernel.compareBools(how, try $0.bools(), try $1.bools(), $2.count) }
    case (.text, .text), (.text, .category), (.category, .text), (.category, .category):
      return { Kernel.compareTexts(how, $0, $1, $2) }
    case (.date, .date), (.date, .time), (.time, .date):
      return dayComparer(how, a, b)
    default:
      reportIncomparable(a, b, span)
      return nil
    }
  }

  /// A date stands for its day and a partial date for its period: less is before its beginning,
  /// greater is after its end.
  private func dayComparer(_ how: Comparison, _ a: Expression, _ b: Expression) -> Comparer {
    if let days = Period(b) {
      return { operand, _, context in try days.compare(how, operand, context) }
    }
    if let days = Period(a) {
      let mirrored = how.mirrored
      return { _, operand, context in try days.compare(mirrored, operand, context) }
    }
    return { Kernel.compareDays(how, try $0.wholeDays(), try $1.wholeDays(), $2.count) }
  }

  private mutating func reportIncomparable(_ a: Expression, _ b: Expression, _ span: Span) {
    var label = ""
    for (one, other) in [(a, b), (b, a)] {
      guard let type = one.type, let otherType = other.type else { continue }
      if otherType.isTextual, type.isTemporal {
        if let text = other.constant?.text, DateText.time(text) != nil || DateText.date(text) != nil
        {
          label = "a date is written @\(text)"
        } else {
          label = "read the text as a date first: date(x)"
        }
      } else if otherType.isTextual, type.isNumeric {
        if let number = one.constant {
          label = "text goes in quotes: \"\(ConstantText.text(number))\""
        } else {
          label = "read the text as a number first: number(x)"
        }
      } else if otherType == .bool, type.isNumeric {
        label = "a truth is compared with true or false"
      } else if otherType == .duration, type.isNumeric {
        label = "a duration has a unit: 30d, 2h, 15min"
      }
    }
    report(
      "wrong-type", "\(name(of: a.type)) cannot be compared with \(name(of: b.type))", at: span,
      label: label)
  }
}

/// The days from `low` up to but not including `high`, that a date literal stands for.
struct Period: Sendable {
  let low: Int32
  let high: Int32

  init(low: Int32, high: Int32) {
    self.low = low
    self.high = high
  }

  /// Nil when it is no constant date.
  init?(_ expression: Expression) {
    guard case .date(let first) = expression.constant else { return nil }
    guard case .constant(.period(let date)) = expression.node else {
      self.init(low: first, high: first == .max ? first : first + 1)
      return
    }
    let months = date.month == nil ? 12 : 1
    self.init(low: first, high: CivilDate.adding(months: months, to: first) ?? .max)
  }

  /// The first and the last moment of it, in the unit of a column: days, or microseconds.
  func ends(in type: ColumnType?) -> ClosedRange<Int64> {
    guard type == .time else { return Int64(low)...max(Int64(low), Int64(high) - 1) }
    let first = CivilDate.time(days: low) ?? (low < 0 ? .min : .max)
    let next = CivilDate.time(days: high) ?? (high < 0 ? .min : .max)
    return first...max(first, next == .max || next == .min ? next : next - 1)
  }

  func compare(_ how: Comparison, _ operand: Operand, _ context: EvaluationContext) throws
    -> Values<Bool>
  {
    let count = context.count
    if operand.type == .time {
      let ends = ends(in: .time)
      return compare(how, try operand.longs(), ends.lowerBound, ends.upperBound, count)
    }
    return compare(how, try operand.days(), low, Int32(clamping: Int64(high) - 1), count)
  }

  private func compare<T: Comparable>(
    _ how: Comparison, _ side: Side<T>, _ first: T, _ last: T, _ count: Int
  ) -> Values<Bool> {
    switch how {
    case .equal: Kernel.zip(side, .scalar(first), count) { x, _ in x >= first && x <= last }
    case .notEqual: Kernel.zip(side, .scalar(first), count) { x, _ in x < first || x > last }
    case .less: Kernel.compare(.less, side, .scalar(first), count)
    case .lessOrEqual: Kernel.compare(.lessOrEqual, side, .scalar(last), count)
    case .greater: Kernel.compare(.greater, side, .scalar(last), count)
    case .greaterOrEqual: Kernel.compare(.greaterOrEqual, side, .scalar(first), count)
    }
  }
}
