/// Something about the data, not about the script: facts for a message. Whoever knows the place in
/// the script adds it.
package struct DataError: Error, Hashable, Sendable {
  /// Lower-case words joined by hyphens, as in `Diagnostic.code`.
  package var code: String
  /// What is the case; no full stop.
  package var message: String
  /// What the user may do about it, a statement or an option; no full stop.
  package var help: String?
  package var column: String?
  /// 1-based row (of the table) or line (of a file), as the message says.
  package var row: Int?
  package var value: String?

  package init(
    _ code: String, _ message: String, help: String? = nil, column: String? = nil, row: Int? = nil,
    value: String? = nil
  ) {
    self.code = code
    self.message = message
    self.help = help
    self.column = column
    self.row = row
    self.value = value
  }
}
