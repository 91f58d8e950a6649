import Testing

@testable import LineEditing

struct EditedLineTests {
  /// A line in which `^` stands for the cursor.
  private func line(_ text: String) -> EditedLine {
    let scalars = Array(text.unicodeScalars)
    let cursor = scalars.firstIndex(of: "^") ?? scalars.count
    return EditedLine(scalars: scalars.filter { $0 != "^" }, cursor: cursor)
  }

  private func after(_ text: String, _ command: EditorCommand) -> String? {
    var cut: [Unicode.Scalar] = Array("cut".unicodeScalars)
    guard let line = line(text).after(command, cut: &cut) else { return nil }
    var scalars = line.scalars
    scalars.insert("^", at: line.cursor)
    return String(scalars: scalars)
  }

  @Test func `the cursor moves by characters, words, lines and the whole text`() {
    #expect(after("ab^c", .left) == "a^bc" && after("^abc", .left) == nil)
    #expect(after("ab^c", .right) == "abc^" && after("abc^", .right) == nil)
    #expect(after("one two_2 | ^", .wordLeft) == "one ^two_2 | ")
    #expect(after("one^ naïve x", .wordRight) == "one naïve^ x")
    #expect(
      after("a\nb^c\nd", .lineStart) == "a\n^bc\nd" && after("a\nb^c\nd", .lineEnd) == "a\nbc^\nd")
    #expect(after("a\nb^c\nd", .textStart) == "^a\nbc\nd" && after("a^\nbc", .textEnd) == "a\nbc^")
    #expect(after("^", .textEnd) == "^" && after("^", .lineEnd) == "^")
  }

  @Test func `text is deleted by characters, words and lines`() {
    #expect(after("ab^c", .deleteBack) == "a^c" && after("^abc", .deleteBack) == nil)
    #expect(after("ab^c", .deleteForward) == "ab^" && after("abc^", .deleteForward) == nil)
    #expect(after("one two ^x", .deleteWordBack) == "one ^x")
    #expect(after("one^ two x", .deleteWordForward) == "one^ x")
    #expect(after("a\nbc^d\ne", .killBefore) == "a\n^d\ne")
    #expect(after("a\nb^cd\ne", .killRest) == "a\nb^\ne")
    #expect(after("a\nb^\ne", .killRest) == "a\nb^e" && after("ab^", .killRest) == nil)
  }

  @Test func `what was cut is inserted by Ctrl-Y`() {
    var cut: [Unicode.Scalar] = []
    #expect(line("a^").after(.yank, cut: &cut) == nil)
    _ = line("one two^").after(.deleteWordBack, cut: &cut)
    #expect(line("x^y").after(.yank, cut: &cut) == line("xtwo^y"))
  }

  @Test func `characters change places within their line`() {
    #expect(after("abc^", .transpose) == "acb^" && after("a^bc", .transpose) == "ba^c")
    #expect(after("^abc", .transpose) == nil && after("ab\nc^", .transpose) == nil)
  }

  @Test func `every command leaves the cursor in the text, wherever it was`() {
    for text in ["", "a", "a b", "\n", "a\n\nb c", "é漢😀 _1"] {
      let scalars = Array(text.unicodeScalars)
      for cursor in 0...scalars.count {
        for command in EditorCommand.allCases {
          var cut: [Unicode.Scalar] = ["x"]
          guard
            let line = EditedLine(scalars: scalars, cursor: cursor).after(command, cut: &cut)
          else { continue }
          #expect((0...line.scalars.count).contains(line.cursor), "\(command) in \(text)")
        }
      }
    }
  }
}
