/// One thing about a source that its reader decided, changed or found odd, as facts. Nothing of the
/// kind happens without a note.
package struct ReadNote: Hashable, Sendable, Codable {
  /// Lower-case words joined by hyphens.
  package var code: String
  package var column: String?
  /// What is the case; no full stop.
  package var message: String
  /// How many cells, rows or names it is about.
  package var count: Int
  /// The first rows it is about, 1-based.
  package var rows: [Int]
  /// What stood in these rows.
  package var values: [String]

  package init(
    _ code: String, column: String? = nil, _ message: String, count: Int = 1, rows: [Int] = [],
    values: [String] = []
  ) {
    self.code = code
    self.column = column
    self.message = message
    self.count = count
    self.rows = rows
    self.values = values
  }
}
