import Columns
import Text

/// Columns of a table side by side, each as wide as it shall be. Terminals, pipes and recordings
/// all get their lines from here.
struct TableLayout {
  struct Laid {
    var name: String
    var label: String
    var cells: DisplayCells
    var width: Int
    /// Columns from the decimal point on.
    var tail: Int

    init(_ name: String, _ column: Column, digits: Int) {
      self.name = SafeText.escaped(name)
      label = CellText.label(column.type)
      cells = DisplayCells(column, digits: digits)
      width = max(displayWidth(of: self.name), label.count, cells.width())
      tail = cells.tail()
    }

    /// The least width that a narrow screen may press the column to: words to 8, numbers and dates
    /// never, their names to 8.
    var leastWidth: Int {
      let named = min(8, max(displayWidth(of: name), label.count))
      let isText = cells.alignment == .left && ["<text>", "<cat>", "<vec>"].contains(label)
      return isText ? min(width, 8) : min(width, max(named, label.count, cells.width()))
    }
  }

  var columns: [Laid]
  var palette: Palette
  var unicode: Bool
  var indent = 0

  init(_ table: Table, style: TableStyle) {
    columns = table.named.map { Laid($0.name, $0.column, digits: style.digits) }
    palette = Palette(isColored: style.color)
    unicode = style.unicode
  }

  static let gap = 2

  /// Columns that the lines take without the indent.
  var width: Int {
    columns.reduce(0) { $0 + $1.width } + TableLayout.gap * max(0, columns.count - 1)
  }

  /// Presses columns of words, then drops the last columns, until the lines fit. Answers how many
  /// columns are left; always at least one.
  mutating func fit(_ room: Int) -> Int {
    if width <= room { return columns.count }
    let least = columns.map(\.leastWidth)
    var kept = 0
    var used = -TableLayout.gap
    while kept < columns.count, used + TableLayout.gap + least[kept] <= room {
      used += TableLayout.gap + least[kept]
      kept += 1
    }
    if kept == 0 {
      columns = Array(columns.prefix(1))
      columns[0].width = min(columns[0].width, max(1, room))
      return 1
    }
    columns = Array(columns.prefix(kept))
    // The widest give way first: all get what they want up to a common cap.
    let space = room - TableLayout.gap * (kept - 1)
    func total(_ cap: Int) -> Int {
      zip(columns, least).reduce(0) { $0 + max($1.1, min($1.0.width, cap)) }
    }
    var (low, high) = (1, room)
    while low < high {
      let middle = (low + high + 1) / 2
      if total(middle) <= space { low = middle } else { high = middle - 1 }
    }
    var rest = space - total(low)
    for at in columns.indices {
      let wanted = columns[at].width
      columns[at].width = max(least[at], min(wanted, low))
      if rest > 0, columns[at].width < wanted {
        columns[at].width += 1
        rest -= 1
      }
    }
    return kept
  }

  // MARK: Lines

  func appendHeader(to bytes: inout [UInt8]) {
    line(to: &bytes) { column, bytes in
      write(column.name, column, .bold, to: &bytes)
    }
    line(to: &bytes) { column, bytes in
      write(column.label, column, .dim, to: &bytes)
    }
  }

  func append(row: Int, to bytes: inout [UInt8]) {
    line(to: &bytes) { column, bytes in append(row, of: column, to: &bytes) }
  }

  /// A line that stands for the rows between.
  func appendGap(to bytes: inout [UInt8]) {
    line(to: &bytes) { column, bytes in
      write(unicode ? "⋮" : ":", column, .dim, to: &bytes)
    }
  }

  private func line(to bytes: inout [UInt8], _ append: (Laid, inout [UInt8]) -> Void) {
    appendSpaces(indent, to: &bytes)
    for at in columns.indices {
      if at > 0 { appendSpaces(TableLayout.gap, to: &bytes) }
      append(columns[at], &bytes)
    }
    while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// A header, cut when the column is narrower.
  private func write(_ text: String, _ column: Laid, _ ink: Palette.Ink, to bytes: inout [UInt8]) {
    let shown = DisplayText.cut(text, to: column.width, unicode: unicode)
    let space = max(0, column.width - displayWidth(of: shown))
    let isLeft = column.cells.alignment == .left
    if !isLeft { appendSpaces(space, to: &bytes) }
    bytes.append(contentsOf: palette(shown, ink).utf8)
    if isLeft { appendSpaces(space, to: &bytes) }
  }

  private func append(_ row: Int, of column: Laid, to bytes: inout [UInt8]) {
    let cells = column.cells
    let range = (row == 0 ? 0 : cells.ends[row - 1])..<cells.ends[row]
    let size = Int(cells.widths[row])
    if size > column.width || (cells.nulls[row] && palette.isColored) {
      let text = String(decoding: cells.bytes[range], as: UTF8.self)
      // The end of a long exponent or decimal may not be missed from a number, so a number that
      // does not fit ends in a sign of being cut as text does.
      let shown = DisplayText.cut(text, to: column.width, unicode: unicode)
      let space = max(0, column.width - displayWidth(of: shown))
      if cells.alignment != .left { appendSpaces(space, to: &bytes) }
      bytes.append(contentsOf: (cells.nulls[row] ? palette(shown, .dim) : shown).utf8)
      if cells.alignment == .left { appendSpaces(space, to: &bytes) }
      return
    }
    var after = 0
    switch cells.alignment {
    case .left: after = column.width - size
    case .right: break
    case .point:
      let lead = Int(cells.leads[row])
      if lead >= 0 { after = max(0, min(column.width - size, column.tail - (size - lead))) }
    }
    appendSpaces(column.width - size - after, to: &bytes)
    cells.bytes.withUnsafeBufferPointer {
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range]))
    }
    appendSpaces(after, to: &bytes)
  }

  private func appendSpaces(_ count: Int, to bytes: inout [UInt8]) {
    if count > 0 { bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count)) }
  }
}
