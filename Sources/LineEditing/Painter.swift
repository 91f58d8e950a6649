/// Writes a line again, with colours, into the cells where libedit has put it.
///
/// libedit's picture of the screen stays true, because only the colours differ.
struct Painter {
  let prompt: [Unicode.Scalar]
  let line: [Unicode.Scalar]
  let cursor: Cell
  let columns: Int
  let rows: Int

  /// What to send, or nil where the line is taller than the screen: part of it has scrolled away.
  func paint(_ spans: [(Range<Int>, SGR)]) -> String? {
    var layout = ScreenLayout(columns: columns)
    layout.put(prompt)
    let styles = styles(spans)
    var pen = Pen(at: cursor)
    for (index, scalar) in line.enumerated() {
      let cell = layout.put(scalar)
      if layout.next.row >= rows { return nil }
      if scalar.isNewline {
        pen.clearRest(from: cell)
      } else if scalar == "\t" || (scalar == " " && styles[index] == nil) {
        continue  // Blank already.
      } else {
        pen.write(scalar, at: cell, cells: scalar.cells ?? 0, style: styles[index])
      }
      if layout.next.column == 0 { pen.forgetColumn() }
    }
    pen.clearRest(from: layout.next)
    return pen.finished
  }

  /// The colour of each character.
  private func styles(_ spans: [(Range<Int>, SGR)]) -> [SGR?] {
    var styles = [SGR?](repeating: nil, count: line.count)
    guard !spans.isEmpty else { return styles }
    var index: [Int] = []
    index.reserveCapacity(line.count)
    for (number, scalar) in line.enumerated() {
      for _ in 0..<UTF8.width(scalar) { index.append(number) }
    }
    for (range, style) in spans {
      for byte in range.clamped(to: 0..<index.count) { styles[index[byte]] = style }
    }
    return styles
  }
}

/// Collects what is sent, moving only where it must.
private struct Pen {
  private var text = "\u{1B}7"
  private var row: Int
  /// Nil where the terminal's cursor may hang behind the last cell of a row.
  private var column: Int?
  private var style: SGR?
  /// The row that something has been written in. A row of blanks may not exist on the screen yet.
  private var inkedRow: Int?

  init(at cursor: Cell) {
    row = cursor.row
    column = cursor.column
  }

  mutating func forgetColumn() { column = nil }

  mutating func write(_ scalar: Unicode.Scalar, at cell: Cell, cells: Int, style wanted: SGR?) {
    if cells > 0 {
      move(to: cell)
    } else if column == nil {
      return  // Its base character is in the row above.
    }
    choose(wanted)
    text.unicodeScalars.append(scalar)
    column = column.map { $0 + cells }
    inkedRow = row
  }

  /// Clears from a cell to the end of its row, if something of the line stands there.
  mutating func clearRest(from cell: Cell) {
    guard cell.column > 0, inkedRow == cell.row else { return }
    move(to: cell)
    choose(nil)
    text += "\u{1B}[K"
  }

  private mutating func choose(_ wanted: SGR?) {
    guard wanted != style else { return }
    text += "\u{1B}[0" + (wanted.map { ";" + $0.parameters } ?? "") + "m"
    style = wanted
  }

  private mutating func move(to cell: Cell) {
    if cell.row == row, let column, column <= cell.column, cell.column - column < 6 {
      if cell.column > column { choose(nil) }
      text += String(repeating: " ", count: cell.column - column)
    } else {
      text += Cell.motion(rows: cell.row - row) + "\r" + Cell.right(cell.column)
    }
    row = cell.row
    column = cell.column
  }

  var finished: String { text + "\u{1B}[0m\u{1B}8" }
}
