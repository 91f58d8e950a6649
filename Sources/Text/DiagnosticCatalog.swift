/// Every code a diagnostic may have, with one sentence that explains it. Each part of the program
/// brings its own list; `?code` and the reference page are read from them.
package struct DiagnosticCatalog: Sendable {
  package struct Entry: Hashable, Sendable {
    package var code: String
    /// One sentence with a full stop.
    package var explanation: String

    package init(_ code: String, _ explanation: String) {
      self.code = code
      self.explanation = explanation
    }
  }

  package private(set) var entries: [Entry]

  package init(_ entries: [Entry]) { self.entries = entries }

  package func explanation(of code: String) -> String? {
    entries.first { $0.code == code }?.explanation
  }

  /// This catalogue and others as one, in order.
  package func joined(_ others: DiagnosticCatalog...) -> DiagnosticCatalog {
    DiagnosticCatalog(entries + others.flatMap(\.entries))
  }

  /// What the lexer and the parser say.
  package static let syntax = DiagnosticCatalog([
    Entry(
      "ambiguous-duration",
      "The unit `m` could mean minutes or months, so it is written `min` or `mo`."),
    Entry("bad-character", "A character or byte stands here that the language does not use."),
    Entry(
      "bad-date", "A date or time is not in the calendar, or not written as `@2024-03-31T09:30Z`."),
    Entry(
      "bad-duration",
      "A duration is a number and one unit: `ms`, `s`, `min`, `h`, `d`, `w`, `mo`, `q` or `y`."),
    Entry(
      "bad-escape",
      "A backslash in a text or a quoted name begins one of `\\n \\t \\r \\\" \\' \\` \\\\ \\u{…}`."
    ),
    Entry("bad-name", "A result is named by one word."),
    Entry("bad-number", "A number is written as digits with an optional point and exponent."),
    Entry("bare-date", "Without `@` a date would be read as a subtraction."),
    Entry("chained-comparison", "Two comparisons in a row are joined by `and`."),
    Entry("empty-name", "A name in backticks has at least one character."),
    Entry("foreign-comment", "A comment begins with `#` and ends with its line."),
    Entry(
      "foreign-word", "A word from another language stands where Bight has another way to say it."),
    Entry("hyphen-name", "The sign `-` is minus, so names are written with `_`."),
    Entry(
      "leading-pipe",
      "A pipeline begins with a name or a verb; only at the prompt does a leading `|` extend the statement before."
    ),
    Entry(
      "leading-zero",
      "A number does not begin with 0, because it would lose the zero; a text keeps it."),
    Entry("list-brackets", "Lists and dictionaries stand in square brackets."),
    Entry("mismatched-bracket", "A bracket is closed by a bracket of another kind."),
    Entry("missing-comma", "Items are separated by commas."),
    Entry("no-index", "Values are not picked by their place; verbs choose rows and columns."),
    Entry(
      "no-lambda",
      "There are no functions written in place; expressions take columns by their names."),
    Entry("no-methods", "Verbs follow a `|` and functions take their column in brackets."),
    Entry("no-semicolon", "A statement ends with its line."),
    Entry("not-this-operator", "This operator is written in another way."),
    Entry("null-comparison", "A comparison with null is never true; `is null` tests for it."),
    Entry("number-out-of-range", "A number does not fit in 64 bits."),
    Entry("quoted-name", "Names stand bare or in backticks; quotes are for texts."),
    Entry("reserved-word", "One of the ten reserved words stands where a name or value is wanted."),
    Entry("smart-quotes", "Texts stand in straight quotes, which some word processors replace."),
    Entry("string-prefix", "A text has no letters before its quote."),
    Entry("too-deep", "An expression is nested too deep to be read."),
    Entry("trailing-comma", "A comma stands between two items, not behind the last."),
    Entry("triple-quote", "A text stands between two quotes, on one line."),
    Entry("unclosed-bracket", "A bracket is opened and never closed."),
    Entry("unclosed-name", "A name in backticks ends on its line."),
    Entry("unclosed-string", "A text ends on its line."),
    Entry("unexpected-end", "A statement ends where more is wanted."),
    Entry("unexpected-token", "Something else is wanted at this place."),
    Entry("unopened-bracket", "A closing bracket has no opening one."),
    Entry("unquoted-text", "An address or a path stands in quotes."),
  ])
}
