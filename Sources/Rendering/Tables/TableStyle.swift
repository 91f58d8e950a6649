/// How tables, plots and diagnostics are to look.
package struct TableStyle: Sendable, Hashable {
  /// Columns of the screen; nil when nobody knows. Counts only on a terminal.
  package var width: Int?
  /// Rows of a table to show on a terminal; 0 shows all.
  package var rows: Int
  /// Significant digits of numbers.
  package var digits: Int
  package var color: Bool
  package var unicode: Bool
  /// A terminal gets footers, and no line wider than it is. Anything else gets every row and
  /// column, and nothing that a replay would not give again.
  package var isTerminal: Bool

  package init(
    width: Int? = nil, rows: Int = 20, digits: Int = 6, color: Bool = false, unicode: Bool = true,
    isTerminal: Bool = false
  ) {
    self.width = width
    self.rows = rows
    self.digits = digits
    self.color = color
    self.unicode = unicode
    self.isTerminal = isTerminal
  }

  /// What recorded outputs, files and pipes get.
  package static let plain = TableStyle()

  /// The narrowest screen that is taken at its word.
  package static let leastWidth = 8

  /// Columns that a line may have; nil when that does not matter. A terminal of unknown width is
  /// taken for 120 columns, and so is one that says 0.
  var lineWidth: Int? {
    guard isTerminal else { return nil }
    guard let width, width > 0 else { return 120 }
    return max(TableStyle.leastWidth, width)
  }
}
