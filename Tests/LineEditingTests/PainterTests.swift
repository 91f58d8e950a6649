import Testing

@testable import LineEditing

struct PainterTests {
  /// Puts a line on a screen as libedit does, and paints it.
  private func painted(_ text: String, columns: Int, rows: Int = 10) -> (
    before: String, after: String
  )? {
    let prompt = Array("> ".unicodeScalars)
    let line = Array(text.unicodeScalars)
    var screen = TestScreen(columns: columns, rows: rows)
    var layout = ScreenLayout(columns: columns)
    for scalar in prompt + line {
      let cell = layout.put(scalar)
      guard scalar.cells ?? 0 > 0 else { continue }
      screen.feed("\u{1B}[\(cell.row + 1);\(cell.column + 1)H\(scalar)".utf8)
    }
    let cursor = layout.next
    screen.feed("\u{1B}[\(cursor.row + 1);\(cursor.column + 1)H".utf8)
    let before = screen.text
    let painter = Painter(prompt: prompt, line: line, cursor: cursor, columns: columns, rows: rows)
    let spans = (0..<text.utf8.count).filter { $0 % 3 == 0 }.map {
      ($0..<$0 + 1, SGR("3\($0 % 7)"))
    }
    guard let sent = painter.paint(spans) else { return nil }
    screen.feed(sent.utf8)
    #expect(screen.row == cursor.row && screen.column == min(cursor.column, columns - 1))
    return (before, screen.text)
  }

  @Test(arguments: 2...24)
  func `painting changes no character on the screen`(columns: Int) throws {
    for text in [
      "a", "orders | filter amount > 100", "one |\n  two |\n\n three  \n", "漢字漢字漢字 x 漢",
      "exactly this  ", "\n\n", "a  b   c    d     e", "tab\tand\ttab",
    ] {
      let both = try #require(painted(text, columns: columns, rows: 40))
      #expect(both.before == both.after, "\(text.debugDescription) in \(columns) columns")
    }
  }

  @Test func `a line taller than the screen is left alone`() {
    #expect(painted("a\nb\nc", columns: 20, rows: 3) != nil)
    #expect(painted("a\nb\nc\nd", columns: 20, rows: 3) == nil)
  }

  @Test func `the later of two overlapping colours wins, and ranges are cut to the text`() throws {
    let painter = Painter(
      prompt: [], line: Array("abc".unicodeScalars), cursor: Cell(row: 0, column: 3), columns: 20,
      rows: 5)
    let sent = try #require(painter.paint([(0..<90, SGR("1")), (1..<2, SGR("2"))]))
    #expect(sent.contains("\u{1B}[0;1ma\u{1B}[0;2mb\u{1B}[0;1mc"))
  }
}
