import CEditline

// What is drawn beside libedit's own drawing.
extension TerminalEditor {
  func place(columns: Int? = nil) -> LinePlace {
    let line = editline.line
    return LinePlace(
      prompt: prompt.scalars, line: line.scalars, cursor: line.cursor,
      columns: columns ?? editline.columns)
  }

  /// Colours the line where libedit has drawn it.
  func paint() {
    let line = editline.line
    let place = place()
    let isTall = place.end.row >= editline.rows
    let isLong = line.scalars.count > 20_000
    // libedit shows no combining marks and breaks rows at blanks; painting mends both.
    let needsPaint = place.end.row > 0 || line.scalars.contains { $0.cells == 0 }
    guard isTall || (!isLong && !line.scalars.isEmpty && (color || needsPaint)) else { return }
    let spans = color && !isLong ? callbacks.highlight?(line.text) ?? [] : []
    let painter = Painter(
      prompt: prompt.scalars, line: line.scalars, cursor: place.cursor,
      columns: editline.columns, rows: editline.rows)
    if isTall {
      showWindow(painter, spans)
    } else if let text = painter.paint(spans) {
      TerminalOutput.write(text)
    }
  }

  /// Of a line taller than the screen libedit shows the end, with the cursor in a wrong row. While
  /// a key is waited for, the part with the cursor is shown instead.
  private func showWindow(_ painter: Painter, _ spans: [(Range<Int>, SGR)]) {
    let row = painter.cursor.row
    windowStart = min(max(windowStart, row - editline.rows + 1), row)
    TerminalOutput.write(
      (hasWindow ? "" : "\u{1B}7") + painter.window(from: windowStart, spans)
        + "\u{1B}[\(row - windowStart + 1);\(painter.cursor.column + 1)H")
    hasWindow = true
  }

  /// Puts back what libedit believes to be on the screen.
  func leaveWindow() {
    guard hasWindow else { return }
    hasWindow = false
    let place = place()
    let painter = Painter(
      prompt: prompt.scalars, line: editline.line.scalars, cursor: place.cursor,
      columns: editline.columns, rows: editline.rows)
    let start = max(0, place.end.row - editline.rows + 1)
    TerminalOutput.write(painter.window(from: start, []) + "\u{1B}8")
  }

  /// The rows of the screen in which libedit has the cursor and the end of the line.
  private func drawnRows() -> (cursor: Int, end: Int) {
    let place = place()
    let last = editline.rows - 1
    return (min(place.cursor.row, last), min(place.end.row, last))
  }

  /// Clears from the beginning of the row. Not from its first cell: there tmux would take it for
  /// clearing the whole screen, and keep what was on it.
  static let clearBelow = "\r\u{1B}[K\u{1B}[C\u{1B}[J\r"

  /// Clears the prompt and the line, does something, and draws them anew where the cursor is then.
  func redraw(columns: Int? = nil, _ change: () -> Void) {
    leaveWindow()
    let up = min(place(columns: columns).cursor.row, editline.rows - 1)
    TerminalOutput.write(Cell.motion(rows: -up) + Self.clearBelow)
    hasMenu = false
    change()
    editline.draw()
    if decoder.isIdle { paint() }
  }

  /// Moves below the line, for good.
  func leaveLine(mark: String = "") {
    clearMenu()
    leaveWindow()
    let rows = drawnRows()
    TerminalOutput.write(
      Cell.motion(rows: rows.end - rows.cursor) + "\r" + Cell.right(place().end.column)
        + mark + "\r\n")
  }

  /// Shows rows under the line and comes back to the cursor. They are cleared with the next key.
  func showMenu(_ candidates: [Completions.Candidate]) {
    let place = place()
    let rows = CompletionMenu.rows(
      candidates, columns: editline.columns, limit: editline.rows - place.end.row - 1, color: color)
    guard !rows.isEmpty else { return }
    let below = place.end.row - place.cursor.row
    TerminalOutput.write(
      Cell.motion(rows: below) + rows.map { "\r\n\u{1B}[K" + $0 }.joined()
        + Cell.motion(rows: -(rows.count + below)) + "\r" + Cell.right(place.cursor.column))
    hasMenu = true
  }

  func clearMenu() {
    guard hasMenu else { return }
    hasMenu = false
    let place = place()
    TerminalOutput.write(
      "\u{1B}7" + Cell.motion(rows: place.end.row - place.cursor.row + 1) + "\r\u{1B}[J\u{1B}8")
  }
}
