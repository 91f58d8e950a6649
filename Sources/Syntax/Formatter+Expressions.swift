import Text

extension Formatter {
  /// How tightly an expression holds together; 10 for what needs no brackets anywhere.
  private static func precedence(_ expression: ExpressionSyntax) -> Int {
    switch expression.kind {
    case .binary(let sign, _, _, _): Parser.Infix.binary(sign).precedence
    case .unary(.not, _): 3
    case .isNull, .isIn: Parser.Infix.comparison
    case .range: 5
    case .unary(.minus, _): 8
    case .int(let value): value < 0 ? 8 : 10
    case .number(let value), .percent(let value): value < 0 ? 8 : 10
    case .duration(let months, let microseconds):
      months != 0 && microseconds != 0 ? 6 : months < 0 || microseconds < 0 ? 8 : 10
    default: 10
    }
  }

  /// The text of an expression, in brackets if it holds less tightly than its place asks for. Trees
  /// from the parser have their brackets already.
  static func text(_ expression: ExpressionSyntax, atLeast least: Int) -> String {
    let plain = plain(expression)
    return precedence(expression) < least ? "(" + plain + ")" : plain
  }

  private static func plain(_ expression: ExpressionSyntax) -> String {
    switch expression.kind {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int, .number, .percent, .duration, .date: literal(expression)
    case .text(let value): quoted(value)
    case .name(let name): name.written
    case .part(let whole, let part): whole.written + "." + part.written
    case .value(let name): "$" + name.text
    case .call(let name, let entries): name.written + "(" + list(entries) + ")"
    case .list(let items): "[" + items.map { text(of: $0) }.joined(separator: ", ") + "]"
    case .dictionary(let entries): "[" + list(entries) + "]"
    case .unary(let sign, let operand): unary(sign, operand)
    case .binary(let sign, _, let left, let right): binary(sign, left, right)
    case .range(let low, let high): range(low, high)
    case .isNull(let operand, let negated):
      text(operand, atLeast: 5) + (negated ? " is not null" : " is null")
    case .isIn(let operand, let list, let negated):
      text(operand, atLeast: 5) + (negated ? " not in " : " in ") + text(list, atLeast: 5)
    case .group(let inner): "(" + text(of: inner) + ")"
    case .everything: "."
    case .missing: ""
    }
  }

  private static func list(_ entries: [EntrySyntax]) -> String {
    entries.map { entry in
      (entry.label.map { $0.label + ": " } ?? "") + text(of: entry.value)
    }.joined(separator: ", ")
  }

  private static func unary(_ sign: UnaryOperator, _ operand: ExpressionSyntax) -> String {
    switch sign {
    case .not: return "not " + text(operand, atLeast: 3)
    case .minus:
      let inner = text(operand, atLeast: 8)
      return inner.hasPrefix("-") ? "- " + inner : "-" + inner
    }
  }

  private static func binary(
    _ sign: BinaryOperator, _ left: ExpressionSyntax, _ right: ExpressionSyntax
  ) -> String {
    let level = Parser.Infix.binary(sign).precedence
    switch level {
    case 9: return text(left, atLeast: 10) + "^" + text(right, atLeast: 8)
    case Parser.Infix.comparison:
      return text(left, atLeast: level + 1) + " \(sign.rawValue) " + text(right, atLeast: level + 1)
    default:
      return text(left, atLeast: level) + " \(sign.rawValue) " + text(right, atLeast: level + 1)
    }
  }

  private static func range(_ low: ExpressionSyntax?, _ high: ExpressionSyntax?) -> String {
    let before = low.map { text($0, atLeast: 6) } ?? ""
    let after = high.map { text($0, atLeast: 6) } ?? ""
    // A third point would make other tokens.
    return before + (before.hasSuffix(".") ? " .." : "..") + (after.hasPrefix(".") ? " " : "")
      + after
  }

  // MARK: - Literals

  private static func literal(_ expression: ExpressionSyntax) -> String {
    if let spelling = expression.spelling, isWorth(expression.kind, spelling) { return spelling }
    switch expression.kind {
    case .int(let value): return String(value)
    case .number(let value): return String(value)
    case .percent(let value): return percent(value)
    case .duration(let months, let microseconds): return duration(months, microseconds)
    case .date(let date): return text(of: date)
    default: return ""
    }
  }

  private static func isWorth(_ kind: ExpressionSyntax.Kind, _ spelling: String) -> Bool {
    switch kind {
    case .int(let value):
      return (try? Literals.magnitude(spelling)) == (value >= 0 ? UInt64(value) : nil)
    case .number(let value): return (try? Literals.number(spelling)) == value
    case .percent(let value):
      return spelling.hasSuffix("%") && (try? Literals.percent(spelling)) == value
    case .duration(let months, let microseconds):
      guard let read = try? Literals.duration(spelling) else { return false }
      return read == (months, microseconds)
    case .date(let date):
      return spelling.hasPrefix("@") && (try? Dates.date(spelling)) == date
    default: return false
    }
  }

  /// Moves the decimal point of the shortest text that reads back as the number, so that the percent
  /// reads back as it too.
  private static func percent(_ value: Double) -> String {
    let text = String(value.magnitude)
    let sign = value < 0 ? "-" : ""
    let mantissa = text.prefix { $0 != "e" }
    let power = Int(text.dropFirst(mantissa.count + 1)) ?? 0
    let parts = mantissa.split(separator: ".")
    let whole = String(parts[0])
    let fraction = parts.count > 1 && parts[1] != "0" ? String(parts[1]) : ""
    let digits = whole + fraction
    let point = whole.count + power + 2
    if point > 20 || point < -5 { return sign + "\(mantissa)e\(power + 2)%" }
    var plain: String
    if point <= 0 {
      plain = "0." + String(repeating: "0", count: -point) + digits
    } else if point >= digits.count {
      plain = digits + String(repeating: "0", count: point - digits.count)
    } else {
      plain = String(digits.prefix(point)) + "." + digits.dropFirst(point)
    }
    while plain.count > 1, plain.first == "0", plain.dropFirst().first != "." {
      plain.removeFirst()
    }
    return sign + plain + "%"
  }

  private static func duration(_ months: Int64, _ microseconds: Int64) -> String {
    if months != 0, microseconds != 0 {
      return duration(months, 0) + " + " + duration(0, microseconds)
    }
    if months != 0 {
      return months.isMultiple(of: 12) ? "\(months / 12)y" : "\(months)mo"
    }
    let units: [(Int64, String)] = [
      (604_800_000_000, "w"), (86_400_000_000, "d"), (3_600_000_000, "h"), (60_000_000, "min"),
      (1_000_000, "s"), (1000, "ms"),
    ]
    if microseconds == 0 { return "0s" }
    for (size, name) in units where microseconds.isMultiple(of: size) {
      return "\(microseconds / size)\(name)"
    }
    let fraction = String(1000 + (microseconds % 1000).magnitude).dropFirst()
    let sign = microseconds < 0 ? "-" : ""
    return "\(sign)\((microseconds / 1000).magnitude).\(fraction)ms"
  }

  /// A date as it is written in a script, in UTC.
  package static func text(of date: DateSyntax) -> String {
    guard let month = date.month else { return "@" + padded(date.year, 4) }
    guard let day = date.day else { return "@" + padded(date.year, 4) + "-" + padded(month, 2) }
    guard let time = date.timeOfDay else {
      return "@" + [padded(date.year, 4), padded(month, 2), padded(day, 2)].joined(separator: "-")
    }
    let perDay: Int64 = 86_400_000_000
    let (days, rest) = time.quotientAndRemainder(dividingBy: perDay)
    let moved = moved((date.year, month, day), by: Int(rest < 0 ? days - 1 : days))
    let clock = Int(rest < 0 ? rest + perDay : rest)
    let seconds = clock / 1_000_000
    var text =
      "@" + [padded(moved.0, 4), padded(moved.1, 2), padded(moved.2, 2)].joined(separator: "-")
      + "T"
      + padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2)
    let micros = clock % 1_000_000
    if seconds % 60 != 0 || micros != 0 { text += ":" + padded(seconds % 60, 2) }
    if micros != 0 {
      var digits = padded(micros, 6)
      while digits.last == "0" { digits.removeLast() }
      text += "." + digits
    }
    return text + "Z"
  }

  /// Goes some days ahead or back, of which an offset brings one or two.
  private static func moved(_ date: (Int, Int, Int), by days: Int) -> (Int, Int, Int) {
    var (year, month, day) = date
    day += days
    while day < 1 {
      month -= 1
      if month < 1 { (year, month) = (year - 1, 12) }
      day += Dates.days(inMonth: month, of: year)
    }
    while day > Dates.days(inMonth: month, of: year) {
      day -= Dates.days(inMonth: month, of: year)
      month += 1
      if month > 12 { (year, month) = (year + 1, 1) }
    }
    return (year, month, day)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
