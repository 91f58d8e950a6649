import Testing

@testable import LineEditing

struct ScreenLayoutTests {
  private func end(_ text: String, columns: Int) -> Cell {
    var layout = ScreenLayout(columns: columns)
    layout.put(text.unicodeScalars)
    return layout.next
  }

  @Test func `a full row moves the cursor to the next one at once`() {
    #expect(end("abcd", columns: 5) == Cell(row: 0, column: 4))
    #expect(end("abcde", columns: 5) == Cell(row: 1, column: 0))
    #expect(end("abcde\n", columns: 5) == Cell(row: 2, column: 0))
  }

  @Test func `wide characters do not straddle the edge`() {
    #expect(end("abc漢", columns: 5) == Cell(row: 1, column: 0))
    #expect(end("abcd漢", columns: 5) == Cell(row: 1, column: 2))
  }

  @Test func `tabs go to every eighth column and marks take none`() {
    #expect(end("a\tb", columns: 20) == Cell(row: 0, column: 9))
    #expect(end("a\t", columns: 6) == Cell(row: 1, column: 0))
    #expect(end("e\u{301}", columns: 6) == Cell(row: 0, column: 1))
  }

  @Test func `the cursor is in the cell of the character behind it`() {
    let place = LinePlace(
      prompt: Array("> ".unicodeScalars), line: Array("ab漢\nc".unicodeScalars), cursor: 2,
      columns: 5)
    #expect(place.cursor == Cell(row: 1, column: 0))
    #expect(place.end == Cell(row: 2, column: 1))
  }

  @Test func `a column of text is kept from line to line`() {
    let line = EditedLine(scalars: Array("abc\nd\nefgh".unicodeScalars), cursor: 9)
    #expect(line.lineStart == 6 && line.lineEnd == 10)
    #expect(line.above == 5 && line.below == nil)
    #expect(EditedLine(scalars: line.scalars, cursor: 1).below == 5)
    #expect(EditedLine(scalars: line.scalars, cursor: 1).above == nil)
    #expect(EditedLine(scalars: line.scalars, cursor: 5).below == 7)
  }

  @Test func `ranges of bytes become ranges of characters`() {
    let line = EditedLine(scalars: Array("aé漢b".unicodeScalars), cursor: 0)
    #expect(line.scalarRange(bytes: 1..<3) == 1..<2)
    #expect(line.scalarRange(bytes: 3..<7) == 2..<4)
    #expect(line.scalarRange(bytes: 7..<90) == 4..<4)
    #expect(line.scalarRange(bytes: 4..<5) == 3..<3)
  }
}
