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
    guard !line.scalars.isEmpty, line.scalars.count < 20_000 else { return }
    let spans = color ? callbacks.highlight?(line.text) ?? [] : []
    // libedit shows no combining marks; painting does.
    guard color || line.scalars.contains(where: { $0.cells == 0 }) else { return }
    let painter = Painter(
      prompt: prompt.scalars, line: line.scalars, cursor: place().cursor,
      columns: editline.columns, rows: editline.rows)
    if let text = painter.paint(spans) { TerminalOutput.write(text) }
  }

  /// Clears the prompt and the line, does something, and draws them anew where the cursor is then.
  func redraw(columns: Int? = nil, _ change: () -> Void) {
    let up = min(place(columns: columns).cursor.row, editline.rows - 1)
    TerminalOutput.write(Cell.motion(rows: -up) + "\r\u{1B}[J")
    hasMenu = false
    change()
    editline.draw()
    if decoder.isIdle { paint() }
  }

  /// Moves below the line, for good.
  func leaveLine(mark: String = "") {
    clearMenu()
    let place = place()
    TerminalOutput.write(
      Cell.motion(rows: place.end.row - place.cursor.row) + "\r" + Cell.right(place.end.column)
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
