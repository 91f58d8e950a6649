import Testing

@testable import LineEditing

struct KeyDecoderTests {
  private func keys(_ bytes: [UInt8]) -> [Key] {
    var decoder = KeyDecoder()
    return bytes.compactMap { decoder.feed($0) }
  }

  private func keys(_ text: String) -> [Key] { keys(Array(text.utf8)) }

  @Test func `characters of every length arrive whole`() {
    #expect(keys("aé漢😀") == [.character("a"), .character("é"), .character("漢"), .character("😀")])
  }

  @Test(
    arguments: [
      [0xFF], [0xC0, 0x80], [0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3],
      [0xE6, 0xBC],
      [0xC2, 0x9B], [0x00], [0xF5],
    ] as [[UInt8]])
  func `bytes that are no character are dropped, and what follows is not`(bytes: [UInt8]) {
    #expect(keys(bytes + [0x78]) == [.character("x")])
  }

  @Test func `function keys are known in their usual forms`() {
    #expect(keys("\u{1B}[A\u{1B}OB") == [.command(.up), .command(.down)])
    #expect(keys("\u{1B}[1;5C\u{1B}b") == [.command(.wordRight), .command(.wordLeft)])
    #expect(
      keys("\u{1B}[H\u{1B}[4~\u{1B}[3~")
        == [.command(.lineStart), .command(.lineEnd), .command(.deleteForward)])
    #expect(keys("\u{1B}\r\r\n") == [.command(.newline), .command(.submit), .command(.submit)])
  }

  @Test func `unknown sequences are dropped whole`() {
    #expect(
      keys("\u{1B}[1;2Px\u{1B}[24~\u{1B}Z\u{1B}[?1;2cy") == [.character("x"), .character("y")])
    #expect(keys("\u{1B}[" + String(repeating: "1", count: 40)).count == 7)
  }

  @Test func `an escape may be split anywhere`() {
    var decoder = KeyDecoder()
    #expect(decoder.feed(0x1B) == nil && !decoder.isIdle)
    #expect(decoder.feed(0x5B) == nil && !decoder.isIdle)
    #expect(decoder.feed(0x44) == .command(.left) && decoder.isIdle)
  }

  @Test func `a paste is one key, whatever is in it`() {
    let inside = "a\t\u{1B}[A\u{1B}[200~\r\nπ"
    #expect(
      keys("\u{1B}[200~\(inside)\u{1B}[201~x") == [.paste(Array(inside.utf8)), .character("x")])
    #expect(keys("\u{1B}[201~") == [])
  }

  @Test func `a large paste takes time in proportion to its length`() {
    let bytes = [UInt8](repeating: 0x61, count: 200_000)
    #expect(keys(Array("\u{1B}[200~".utf8) + bytes + Array("\u{1B}[201~".utf8)) == [.paste(bytes)])
  }

  @Test func `every command has a code that nobody can type`() {
    for command in EditorCommand.allCases {
      #expect((0x80..<0xA0).contains(command.rawValue))
      #expect(keys([0xC2, command.rawValue]).isEmpty)
    }
  }
}
