import Testing

@testable import Text

struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("ｶﾅ", 2), ("Ａ", 2), ("😀", 2),
    ("❤️", 2), ("❤", 1), ("👍🏽", 2), ("👨‍👩‍👧‍👦", 2), ("🇳🇱", 2), ("1️⃣", 2), ("한글", 4),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("a\u{200B}b", 2), ("\u{FEFF}", 0), ("⣿█▁", 3), ("…·×", 3),
    ("\u{1B}[0m", 3), ("ไทย", 3), ("שלום", 4),
  ]) func `a text takes as many cells as a terminal gives it`(_ text: String, _ width: Int) {
    #expect(displayWidth(of: text) == width)
  }
}
