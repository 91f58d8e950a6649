import Columns
import Rendering
import Text

/// Tables and strings that the tests share.
enum Samples {
  /// One column of each type, with nulls.
  static let orders = Table([
    ("order_id", .int(Values([1001, 1002, 1003, 1004]))),
    (
      "ordered_at",
      .time(
        Values(
          [1_704_186_840_000_000, 1_704_189_960_000_000, 0, 60_000_000],
          valid: [true, true, false, true]))
    ),
    (
      "country",
      .category(
        TextValues(heap: TextHeap(["NL", "DE"], isDistinct: true), rows: .codes([0, 1, 0, 1])))
    ),
    (
      "amount",
      .number(Values([49.9, 1234.567, 0.000_012_34, 120], valid: [true, true, true, false]))
    ),
    ("paid", .bool(Values([true, false, true, true], valid: [true, true, false, true]))),
    ("status", .text(TextValues(["paid", "", nil, "returned because of a broken lid"]))),
    ("day", .date(Values([19_724, 19_725, 0, -1]))),
    ("took", .duration(Values([0, 5_400_000_000, 90_061_500_000, -1_000_000]))),
    (
      "v",
      .vector(VectorValues(width: 5, elements: (0..<20).map { Float($0) / 10 }[...], count: 4))
    ),
  ])

  static func numbers(_ values: [Double?]) -> Table {
    Table([("x", .number(Values(values.map { $0 ?? 0 }, valid: values.map { $0 != nil })))])
  }

  static func texts(_ values: [String?]) -> Table { Table([("text", .text(TextValues(values)))]) }

  static func terminal(_ width: Int, unicode: Bool = true, rows: Int = 20) -> TableStyle {
    TableStyle(width: width, rows: rows, unicode: unicode, isTerminal: true)
  }

  /// Text that has broken screens, tables, JSON or HTML before.
  static let naughty: [String] = [
    "", " ", "  two  ", "null", "NaN", "-1", "\u{1b}[31mred\u{1b}[0m", "\u{1b}]0;title\u{07}",
    "\u{9b}31m", "a\nb", "a\r\nb", "tab\there", "nul\u{0}", "bell\u{7}", "del\u{7f}", "a\\b",
    "\"quoted\"",
    "it's", "a,b;c\td", "|pipe|", "`tick`", "*bold* _em_ ~~gone~~", "[link](javascript:alert(1))",
    "<script>alert(1)</script>", "&amp;", "\u{202e}reversed", "\u{2066}isolated",
    "zero\u{200b}width",
    "\u{feff}mark", "日本語テキスト", "한국어", "👩‍👩‍👧‍👦 family", "🇳🇱 flag", "e\u{301} combining",
    "Z\u{351}\u{36b}\u{343}a\u{323}lgo", "ﷺ", "𝕳𝖊𝖑𝖑𝖔", "مرحبا", "שלום", "\u{2028}line",
    "\u{0301}leading mark",
    "=1+2", "#> recorded", "…", String(repeating: "long ", count: 60),
    String(repeating: "界", count: 90),
  ]

  /// True when no byte of a text but its line breaks can steer a terminal.
  static func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy {
      $0 == "\n"
        || !($0.value < 0x20 || (0x7f..<0xa0).contains($0.value)
          || (0x202a...0x202e).contains($0.value) || (0x2066...0x2069).contains($0.value))
    }
  }

  static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  static func widest(_ text: String) -> Int { lines(text).map { displayWidth(of: $0) }.max() ?? 0 }
}
