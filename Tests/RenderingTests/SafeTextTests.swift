import Rendering
import Testing

struct SafeTextTests {
  @Test func `what steers a terminal is written as an escape`() {
    #expect(SafeText.escaped("a\nb\tc\rd") == "a\\nb\\tc\\rd")
    #expect(SafeText.escaped("\u{1b}[31m") == "\\u{1b}[31m")
    #expect(
      SafeText.escaped("\u{9b}x\u{7f}\u{202e}\u{feff}") == "\\u{9b}x\\u{7f}\\u{202e}\\u{feff}")
  }

  @Test func `other text stays as it is`() {
    for text in ["", "plain", "日本語", "é", "👩‍👩‍👧", "a\\b", "“quoted” – dash", "©"] {
      #expect(SafeText.escaped(text) == text)
    }
  }

  @Test(arguments: Samples.naughty)
  func `nothing harmful is left`(text: String) {
    #expect(Samples.isHarmless(SafeText.escaped(text)))
    #expect(!SafeText.escaped(text).contains("\n"))
  }
}
