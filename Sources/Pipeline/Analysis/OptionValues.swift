import Columns
import Syntax
import Text

extension Checker {
  /// The value of an option, checked against its kind; nil when it was wrong, which has been told.
  mutating func setting(
    _ value: ExpressionSyntax, _ kind: Parameter.Kind, of option: Parameter
  ) -> Value? {
    switch kind {
    case .word(let allowed): return word(value, allowed, of: option)
    case .column: return column(value).map(Value.text)
    case .columns:
      return ExpressionBinder.columns(value, in: scope(), into: &diagnostics)
        .map { .list($0.map(Value.text)) }
    case .name:
      guard case .name(let name) = value.kind else {
        return wrong(value, "a name", of: option)
      }
      return .text(name.text)
    case .list(let element):
      guard case .list(let entries) = value.kind else {
        return setting(value, element, of: option).map { .list([$0]) }
      }
      let settings = entries.map { setting($0, element, of: option) }
      return settings.contains { $0 == nil } ? nil : .list(settings.compactMap(\.self))
    case .dictionary: return dictionary(value, of: option)
    case .expression: return nil
    default:
      guard let constant = constant(value) else { return nil }
      return scalar(constant, value, kind, of: option)
    }
  }

  private mutating func scalar(
    _ constant: Value, _ syntax: ExpressionSyntax, _ kind: Parameter.Kind, of option: Parameter
  ) -> Value? {
    switch (kind, constant) {
    case (.flag, .bool), (.text, .text), (.path, .text), (.duration, .duration): return constant
    case (.literal, _): return constant
    case (.character, .text(let text)):
      return text.unicodeScalars.count == 1
        ? constant : wrong(syntax, "one character in quotes", of: option)
    case (.integer(let range), .int(let value)):
      guard range.contains(value) else {
        return wrong(syntax, words(range), of: option)
      }
      return constant
    case (.number(let lower, let upper, let open), .int),
      (.number(let lower, let upper, let open), .number):
      let value = constant.double ?? .nan
      guard open ? value > lower && value < upper : value >= lower && value <= upper else {
        return wrong(syntax, words(lower, upper, open: open), of: option)
      }
      return .number(value)
    case (.flag, _): return wrong(syntax, "true or false", of: option)
    case (.integer(let range), _): return wrong(syntax, words(range), of: option)
    case (.number(let lower, let upper, let open), _):
      return wrong(syntax, words(lower, upper, open: open), of: option)
    case (.duration, _): return wrong(syntax, "a duration such as 1h", of: option)
    case (.character, _): return wrong(syntax, "one character in quotes", of: option)
    default: return wrong(syntax, "text in quotes", of: option)
    }
  }

  private mutating func word(
    _ value: ExpressionSyntax, _ allowed: [String], of option: Parameter
  ) -> Value? {
    let written: String
    switch value.kind {
    case .name(let name): written = name.text
    case .text(let text): written = text
    case .bool(let flag): written = flag ? "true" : "false"
    default:
      return wrong(value, "one of " + allowed.joined(separator: ", "), of: option)
    }
    if allowed.contains(written) { return .text(written) }
    let near =
      ForeignWords.values[written].flatMap { allowed.contains($0) ? $0 : nil }
      ?? Suggestion.nearest(to: written, in: allowed)
    refuse(
      "option-value", "`\(option.name):` cannot be `\(written)`", at: value.span,
      label: near.map { "did you mean `\($0)`?" } ?? "",
      notes: ["\(option.name): " + allowed.joined(separator: ", ")], fix: near)
    return nil
  }

  private mutating func dictionary(_ value: ExpressionSyntax, of option: Parameter) -> Value? {
    switch value.kind {
    case .name(let name): return .text(name.text)
    case .list(let entries) where entries.isEmpty: return .dictionary([])
    case .dictionary(let entries):
      var all: [Value.Entry] = []
      for entry in entries {
        guard let label = entry.label else {
          return wrong(value, "entries of the form name: value", of: option)
        }
        if case .name(let word) = entry.value.kind {
          all.append(Value.Entry(label.text, .text(word.text)))
        } else if let constant = constant(entry.value) {
          all.append(Value.Entry(label.text, constant))
        } else {
          return nil
        }
      }
      return .dictionary(all)
    default: return wrong(value, "a dictionary such as [zip: text]", of: option)
    }
  }

  private mutating func wrong(
    _ value: ExpressionSyntax, _ wanted: String, of option: Parameter
  ) -> Value? {
    refuse(
      "option-value", "`\(option.name):` wants \(wanted)", at: value.span,
      notes: [option.name + ": " + option.summary])
    return nil
  }

  private func words(_ range: ClosedRange<Int64>) -> String {
    if range.upperBound == .max {
      return range.lowerBound == .min
        ? "a whole number" : "a whole number of at least \(range.lowerBound)"
    }
    return "a whole number from \(range.lowerBound) to \(range.upperBound)"
  }

  private func words(_ lower: Double, _ upper: Double, open: Bool) -> String {
    func text(_ value: Double) -> String {
      value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }
    switch (lower.isFinite, upper.isFinite) {
    case (true, true):
      return
        "a number \(open ? "between" : "from") \(text(lower)) \(open ? "and" : "to") \(text(upper))"
    case (true, false): return "a number \(open ? "above" : "of at least") \(text(lower))"
    case (false, true): return "a number \(open ? "below" : "of at most") \(text(upper))"
    case (false, false): return "a number"
    }
  }
}
