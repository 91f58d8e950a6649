/// One thing that a verb, a function, a learner, a transform or a format can be told by name.
/// Binding, checks, help and completion are read from it.
package struct Parameter: Sendable {
  package enum Kind: Sendable {
    /// `true` or `false`.
    case flag
    /// Whole numbers from the range.
    case integer(ClosedRange<Int64>)
    /// Numbers from `lower` to `upper`; an end that is not included is named in `open`.
    case number(lower: Double, upper: Double, open: Bool = false)
    /// One of these words, written bare.
    case word([String])
    /// Any string.
    case text
    /// Exactly one character, as a string.
    case character
    case duration
    /// One column of the input.
    case column
    /// A column, a list of columns, or selectors.
    case columns
    /// An expression over the input's columns.
    case expression
    /// The name of a table, model or goal in the session.
    case name
    /// A path in quotes.
    case path
    /// A list of values of one kind.
    indirect case list(Kind)
    /// A dictionary from columns to words or values.
    case dictionary
    /// Any literal.
    case literal
  }

  package var name: String
  package var kind: Kind
  /// Nil when there is none (then `defaultNote` may say what happens instead).
  package var standard: Value?
  /// What happens when it is left out, in words, where `standard` does not say it.
  package var defaultNote: String?
  /// One short clause without a full stop.
  package var summary: String
  /// As in `rows`, `seconds`; nil when it has none.
  package var unit: String?

  package init(
    _ name: String, _ kind: Kind, standard: Value? = nil, defaultNote: String? = nil,
    unit: String? = nil,
    _ summary: String
  ) {
    self.name = name
    self.kind = kind
    self.standard = standard
    self.defaultNote = defaultNote
    self.unit = unit
    self.summary = summary
  }
}

/// Values given for parameters, checked against their kinds; what was not given has its standard value.
package struct Settings: Sendable, Hashable, Codable {
  package private(set) var values: [String: Value]

  package init(_ given: [String: Value] = [:], of parameters: [Parameter]) {
    values = given
    for parameter in parameters where values[parameter.name] == nil {
      values[parameter.name] = parameter.standard
    }
  }

  package subscript(name: String) -> Value? { values[name] }

  package func integer(_ name: String) -> Int? {
    if case .int(let value) = values[name] { Int(value) } else { nil }
  }
  package func number(_ name: String) -> Double? { values[name]?.double }
  package func flag(_ name: String) -> Bool { values[name] == .bool(true) }
  package func word(_ name: String) -> String? { values[name]?.text }
  package func words(_ name: String) -> [String]? {
    if case .list(let all) = values[name] { all.compactMap(\.text) } else { nil }
  }
}
