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
    var pen = Pen(at: cursor, columns: columns)
    pen.begin(at: layout.next)
    for (index, scalar) in line.enumerated() {
      let cell = layout.put(scalar)
      if layout.next.row >= rows { return nil }
      if scalar.isNewline {
        pen.clearRest(from: cell)
        pen.begin(at: layout.next)
      } else if scalar != "\t" && (scalar != " " || styles[index] != nil) {
        pen.write(scalar, at: cell, cells: scalar.cells ?? 0, style: styles[index])
      }
    }
    pen.clearRest(from: layout.next)
    return pen.finished
  }

  /// What shows a part of a line that is taller than the screen, on the whole screen.
  func window(from first: Int, _ spans: [(Range<Int>, SGR)]) -> String {
    let styles = [SGR?](repeating: nil, count: prompt.count) + styles(spans)
    var layout = ScreenLayout(columns: columns)
    var contents = [String](repeating: "", count: rows)
    var filled = [Int](repeating: 0, count: rows)
    for (index, scalar) in (prompt + line).enumerated() {
      let cell = layout.put(scalar)
      let row = cell.row - first
      guard row >= 0 else { continue }
      if row >= rows { break }
      guard !scalar.isNewline, scalar != "\t" else { continue }
      let blanks = String(repeating: " ", count: max(0, cell.column - filled[row]))
      let shown = String(scalar)
      contents[row] += blanks
      contents[row] += styles[index].map { "\u{1B}[\($0.parameters)m\(shown)\u{1B}[0m" } ?? shown
      filled[row] = cell.column + (scalar.cells ?? 0)
    }
    return contents.indices.map { row in
      "\u{1B}[\(row + 1);1H" + contents[row] + (filled[row] < columns ? "\u{1B}[K" : "")
    }.joined()
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

/// Collects what is sent.
///
/// Within a line of text it writes on over the edge of the screen, as a program that knows nothing of
/// edges would: then a terminal that changes its width wraps the line anew.
private struct Pen {
  private let columns: Int
  private var text = "\u{1B}7"
  /// The row the terminal's cursor is in; it may hang behind the last cell of it.
  private var row: Int
  /// Cells between the first one of the prompt and the next one to be written; nil before a move.
  private var offset: Int?
  private var style: SGR?
  /// Where the line of text begins, and whether something of it has been written.
  private var start = Cell()
  private var isBegun = false

  init(at cursor: Cell, columns: Int) {
    self.columns = columns
    row = cursor.row
  }

  mutating func begin(at cell: Cell) {
    start = cell
    isBegun = false
  }

  mutating func write(_ scalar: Unicode.Scalar, at cell: Cell, cells: Int, style wanted: SGR?) {
    if cells > 0 {
      reach(cell)
    } else if offset == nil {
      return  // Its base character is not in this line.
    }
    choose(wanted)
    text.unicodeScalars.append(scalar)
    offset = offset.map { $0 + cells }
    if cells > 0 { row = cell.row }
  }

  /// Clears from the end of a line of text to the end of its row. A row of blanks may not exist on
  /// the screen yet, and a full one has nothing to clear.
  mutating func clearRest(from cell: Cell) {
    guard cell.column > 0, isBegun, cell.row == row else { return }
    reach(cell)
    choose(nil)
    text += "\u{1B}[K"
  }

  private mutating func choose(_ wanted: SGR?) {
    guard wanted != style else { return }
    text += "\u{1B}[0" + (wanted.map { ";" + $0.parameters } ?? "") + "m"
    style = wanted
  }

  private mutating func reach(_ cell: Cell) {
    if !isBegun {
      text += Cell.motion(rows: start.row - row) + "\r" + Cell.right(start.column)
      row = start.row
      offset = start.row * columns + start.column
      isBegun = true
    }
    let target = cell.row * columns + cell.column
    let blanks = target - (offset ?? target)
    if blanks > 0 {
      choose(nil)
      text += String(repeating: " ", count: blanks)
    }
    offset = target
  }

  var finished: String { text + "\u{1B}[0m\u{1B}8" }
}
