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

  /// Columns that a line may have; nil when that does not matter. A terminal of unknown width is
  /// taken for 120 columns.
  var lineWidth: Int? { isTerminal ? max(1, width ?? 120) : nil }

  /// Stands for what was cut away.
  var cutMark: String { unicode ? "…" : "~" }
}
