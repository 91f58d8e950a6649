import Testing
import Text

@testable import Rendering

struct DisplayTextTests {
  @Test(
    arguments: [
      ("plain", 5, "plain"), ("plain text", 5, "plai…"), ("日本語", 6, "日本語"), ("日本語", 5, "日本…"),
      ("日本語", 4, "日…"), ("ab", 1, "…"), ("ab", 0, ""), ("👩‍👩‍👧 x", 3, "👩‍👩‍👧…"),
    ] as [(String, Int, String)])
  func `what does not fit is cut and marked`(text: String, width: Int, cut: String) {
    #expect(DisplayText.cut(text, to: width, unicode: true) == cut)
  }

  @Test func `without Unicode the mark is plain`() {
    #expect(DisplayText.cut("plain text", to: 5, unicode: false) == "plai~")
  }

  @Test func `words go on in the next line`() {
    #expect(DisplayText.wrapped("one two three", to: 7) == ["one two", "three"])
    #expect(DisplayText.wrapped("one two three", to: 8, indent: "  ") == ["one two", "  three"])
    #expect(DisplayText.wrapped("unbreakable", to: 4) == ["unbr", "eaka", "ble"])
    #expect(DisplayText.wrapped("日本語", to: 5) == ["日本", "語"])
    #expect(DisplayText.wrapped("  ", to: 5).isEmpty)
    #expect(DisplayText.wrapped("any length at all", to: nil) == ["any length at all"])
  }

  @Test(arguments: Samples.naughty)
  func `no piece is wider than asked for, and none is lost`(text: String) {
    let safe = SafeText.escaped(text)
    for width in 2...20 {
      #expect(displayWidth(of: DisplayText.cut(safe, to: width, unicode: true)) <= width)
      let lines = DisplayText.wrapped(safe, to: width)
      #expect(lines.allSatisfy { displayWidth(of: $0) <= width })
      #expect(lines.joined().filter { $0 != " " } == safe.filter { $0 != " " })
    }
  }
}
