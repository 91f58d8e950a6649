import Columns
import Syntax
import Testing
import Text

@testable import Pipeline

struct TextFunctionTests {
  @Test(arguments: [
    ("upper(\"straße\")", "\"STRASSE\""), ("trim(\"\u{a0}\\t x y\u{2003}\")", "\"x y\""),
    ("trim(\"   \")", "\"\""), ("length(\"日本\")", "2"), ("substring(\"日本語\", 2, 1)", "\"本\""),
    ("substring(\"abc\", -5, 3)", "\"a\""), ("substring(\"abc\", 2, 0)", "\"\""),
    ("substring(\"abc\", 2, 9223372036854775807)", "\"bc\""),
    ("substring(\"abc\", -9223372036854775807)", "\"abc\""),
    ("split_part(\"a,,b\", \",\", 2)", "\"\""), ("split_part(\"a,b\", \",\", -3)", "null"),
    ("split_part(\"a,b\", \"\", 1)", "\"a,b\""), ("split_part(\"a\", \",\", 0)", "null"),
    ("contains(\"abc\", \"\")", "true"), ("contains(\"ab\", \"abc\")", "false"),
    ("contains(\"aab\", \"ab\")", "true"), ("starts_with(\"\", \"a\")", "false"),
    ("replace(\"aaa\", \"aa\", \"b\")", "\"ba\""), ("pad_left(\"é\", 3, \"*\")", "\"**é\""),
    ("pad_right(\"abc\", -1)", "\"abc\""), ("repeat(\"\", 9223372036854775807)", "\"\""),
    ("concat(\"a\", null)", "null"), ("concat(@2024-03-31, 1h, with: \" \")", "\"2024-03-31 1h\""),
    ("reverse(\"e\u{301}a\")", "\"ae\u{301}\""), ("length(null)", "null"),
  ])
  func `text functions at their edges`(_ text: String, _ wanted: String) throws {
    #expect(try value(text) == wanted)
  }

  @Test func `an endless text is refused`() {
    #expect(code("repeat(\"abc\", 9223372036854775807)") == "text-too-long")
    #expect(code("pad_left(\"a\", 9223372036854775807)") == "text-too-long")
  }

  @Test func `other arguments may be columns`() throws {
    let table = Table([
      ("s", .text(TextValues(["a-b", "c-d", nil]))), ("n", .int(Values([1, 2, 1]))),
    ])
    #expect(try rows("split_part(s, \"-\", n)", table) == ["\"a\"", "\"d\"", "null"])
    #expect(try rows("repeat(s, n)", table) == ["\"a-b\"", "\"c-dc-d\"", "null"])
    #expect(try rows("concat(n, s)", table) == ["\"1a-b\"", "\"2c-d\"", "null"])
    #expect(
      try rows("replace(s, substring(s, 1, 1), \"\")", table) == ["\"-b\"", "\"-d\"", "null"])
  }
}
