/// One thing to tell about a source, as facts. How it looks is the business of rendering.
///
///     error[column-not-found]: orders has no column `amout`      code, message
///       --> input 2:17                                           source name, span
///        |
///      2 | orders | filter amout > 100
///        |                 ^^^^^ did you mean `amount`?          label
///        = columns: order_id, ordered_at, country                notes
package struct Diagnostic: Error, Hashable, Sendable {
  package enum Severity: String, Sendable {
    case error
    case warning
    case note
  }

  package var severity: Severity
  /// Lower-case words joined by hyphens; `#>! code` in a script expects it.
  package var code: String
  /// What is the case; no full stop.
  package var message: String
  package var span: Span?
  /// What to write by the caret; no full stop.
  package var label: String
  package var notes: [String]
  /// Replacing the span by this text would mend it.
  package var fix: String?
  /// Name of the source that `span` lies in, if it is not the one at hand.
  package var source: String?

  package init(
    _ severity: Severity = .error, code: String, _ message: String, at span: Span? = nil,
    label: String = "", notes: [String] = [], fix: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.span = span
    self.label = label
    self.notes = notes
    self.fix = fix
  }
}

/// Several diagnostics thrown at once. Never empty.
package struct Diagnostics: Error, Sendable {
  package var all: [Diagnostic]
  package init(_ all: [Diagnostic]) { self.all = all }
}
