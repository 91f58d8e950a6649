package import Columns
import Syntax

/// How constants are written in the language.
package enum ConstantText {
  package static func text(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .number(let value): number(value)
    case .text(let value): Formatter.quoted(value)
    case .date(let value): moment(value, nil) ?? "date(\"\(DateText.text(date: value))\")"
    case .time(let value): time(value)
    case .duration(let months, let exact): duration(months, exact)
    case .vector(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
    case .list(let values): "[" + values.map(text).joined(separator: ", ") + "]"
    case .dictionary(let entries):
      "["
        + entries.map { "\(Formatter.name($0.label)): \(text($0.value))" }
        .joined(separator: ", ") + "]"
    }
  }

  /// True when it reads as more than one atom and may need parentheses.
  static func isCompound(_ value: Value) -> Bool {
    switch value {
    case .int(let value): value < 0
    case .number(let value): value < 0 && value > -.infinity
    case .duration(let months, let exact): months < 0 || exact < 0 || text(value).contains(" ")
    default: false
    }
  }

  private static func number(_ value: Double) -> String {
    if value.isFinite { return NumberText.text(value) }
    return value.isNaN ? "null" : "number(\"\(value < 0 ? "-inf" : "inf")\")"
  }

  /// One literal a unit: `1mo + 2d + 90s`.
  private static func duration(_ months: Int64, _ exact: Int64) -> String {
    var parts: [(amount: UInt64, unit: String, isNegative: Bool)] = []
    if months != 0 { parts.append((months.magnitude, "mo", months < 0)) }
    var rest = exact.magnitude
    for (size, unit) in [
      (86_400_000_000 as UInt64, "d"), (3_600_000_000, "h"), (60_000_000, "min"),
      (1_000_000, "s"), (1_000, "ms"),
    ] where rest >= size {
      parts.append((rest / size, unit, exact < 0))
      rest %= size
    }
    if rest > 0 {
      let digits = String(1_000 + rest).dropFirst()
      return joined(parts) + (parts.isEmpty ? (exact < 0 ? "-" : "") : exact < 0 ? " - " : " + ")
        + "0.\(digits)ms"
    }
    return parts.isEmpty ? "0s" : joined(parts)
  }

  private static func joined(_ parts: [(amount: UInt64, unit: String, isNegative: Bool)]) -> String
  {
    guard let first = parts.first else { return "" }
    var text = "\(first.isNegative ? "-" : "")\(first.amount)\(first.unit)"
    for part in parts.dropFirst() {
      text += " \(part.isNegative ? "-" : "+") \(part.amount)\(part.unit)"
    }
    return text
  }

  private static func time(_ value: Int64) -> String {
    let (days, clock) = CivilDate.split(value)
    return moment(days, clock) ?? "time(\"\(DateText.text(time: value))\")"
  }

  /// Nil for years that literals do not reach.
  private static func moment(_ days: Int32, _ clock: Int64?) -> String? {
    let (year, month, day) = CivilDate.components(days)
    guard 1...9_999 ~= year else { return nil }
    return Formatter.text(of: DateSyntax(year: year, month: month, day: day, timeOfDay: clock))
  }
}

extension Expression {
  /// As the formatter writes it, with the fewest parentheses.
  var text: String { written.text }

  /// The text and how strongly its outermost operator binds.
  private var written: (text: String, strength: Int) {
    let atom = 10
    switch node {
    case .constant(.value(.null)) where type != nil:
      // An aggregate of nothing: a bare null would lose its type.
      return ("\(name(of: type))(null)", atom)
    case .constant(.value(let value)):
      return (ConstantText.text(value), ConstantText.isCompound(value) ? 6 : atom)
    case .constant(.period(let date)): return (Formatter.text(of: date), atom)
    case .constant(.list(let items)):
      return ("[" + items.map(\.text).joined(separator: ", ") + "]", atom)
    case .column(let name): return (Formatter.name(name), atom)
    case .and(let a, let b): return ("\(a.within(2)) and \(b.within(3))", 2)
    case .or(let a, let b): return ("\(a.within(1)) or \(b.within(2))", 1)
    case .choose(let name, let conditions, let values):
      var parts: [String] = []
      for (condition, value) in zip(conditions, values) { parts += [condition.text, value.text] }
      parts += values.dropFirst(conditions.count).map(\.text)
      return ("\(name)(\(parts.joined(separator: ", ")))", atom)
    case .firstValid(let all):
      return ("coalesce(\(all.map(\.text).joined(separator: ", ")))", atom)
    case .aggregate(let call):
      var parts = call.argument.map { [$0.text] } ?? []
      if let share = call.share { parts.append(ConstantText.text(.number(share))) }
      return ("\(call.function.rawValue)(\(parts.joined(separator: ", ")))", atom)
    case .apply(let operation, let all): return written(operation.notation, all)
    }
  }

  private func written(_ notation: Operation.Notation, _ all: [Expression])
    -> (text: String, strength: Int)
  {
    switch notation {
    case .infix(let symbol, let strength):
      if strength == 9 { return ("\(all[0].within(10))^\(all[1].within(8))", strength) }
      let left = all[0].within(strength == 4 ? 5 : strength)
      return ("\(left) \(symbol) \(all[1].within(strength + 1))", strength)
    case .prefix(let symbol, let strength):
      let inner = all[0].within(strength)
      if symbol != "-" { return ("\(symbol) \(inner)", strength) }
      return (inner.hasPrefix("-") ? "- \(inner)" : "-\(inner)", strength)
    case .call(let name, let labels):
      let parts = zip(labels, all).map { $0.isEmpty ? $1.text : "\($0): \($1.text)" }
      return ("\(name)(\(parts.joined(separator: ", ")))", 10)
    case .suffix(let words): return ("\(all[0].within(5)) \(words)", 4)
    case .within(let negated, let hasLow, let hasHigh):
      let low = hasLow ? all[1].within(6) : ""
      let high = hasHigh ? all[all.count - 1].within(6) : ""
      return ("\(all[0].within(5)) \(negated ? "not in" : "in") \(low)..\(high)", 4)
    case .member(let negated):
      return ("\(all[0].within(5)) \(negated ? "not in" : "in") \(all[1].text)", 4)
    }
  }

  /// In parentheses unless it binds at least that strongly.
  private func within(_ strength: Int) -> String {
    let (text, own) = written
    return own >= strength ? text : "(\(text))"
  }
}
