import Testing

@testable import Text

struct LineTableTests {
  @Test func `lines end with a line feed, a carriage return or both`() {
    let table = LineTable(Array("a\nbc\r\nd\re".utf8))
    #expect(table.count == 4)
    #expect((1...4).map(table.text(ofLine:)) == ["a", "bc", "d", "e"])
    #expect(table.line(at: 0) == 1)
    #expect(table.line(at: 2) == 2)
    #expect(table.line(at: 4) == 2)
    #expect(table.line(at: 8) == 4)
    #expect(table.line(at: 99) == 4)
    #expect(table.text(ofLine: 9) == "")
  }

  @Test func `columns count graphemes and widths count cells`() {
    let text = "é日👨‍👩‍👧x"
    let table = LineTable(Array(("\n" + text).utf8))
    let place = table.position(of: 1 + text.utf8.count - 1)
    #expect(place.line == 2)
    #expect(place.column == 4)
    #expect(place.width == 1 + 2 + 2)
  }

  @Test func `a shown line holds nothing that moves the cursor`() {
    let table = LineTable(Array("a\tb\u{1B}[31m\u{202E}c\u{7F}".utf8))
    #expect(table.displayText(ofLine: 1) == "a  b␛[31m\u{FFFD}c␡")
    #expect(table.position(of: 2).width == 3)
  }

  @Test func `bytes that are not UTF-8 have a place too`() {
    let table = LineTable([0xFF, 0xFE, 10, 0x61, 0xC3])
    #expect(table.position(of: 5).line == 2)
    #expect(table.position(of: 2).column == 3)
  }

  @Test func `a source gives the text of a span and survives spans beyond its end`() {
    let source = SourceText(name: "input 1", "tx | head")
    #expect(source.text(Span(5, 9)) == "head")
    #expect(source.text(Span(5, 90)) == "head")
    #expect(source.text(Span(50, 90)) == "")
  }
}
