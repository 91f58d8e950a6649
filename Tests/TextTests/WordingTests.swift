import Testing

@testable import Text

struct WordingTests {
  @Test func `lists end with a word`() {
    #expect(Wording.list([]) == "")
    #expect(Wording.list(["a"]) == "a")
    #expect(Wording.list(["a", "b"]) == "a or b")
    #expect(Wording.list(["a", "b", "c"], "and") == "a, b and c")
    #expect(Wording.codes(["a", "b"]) == "`a` or `b`")
  }

  @Test func `counts agree with their noun`() {
    #expect(Wording.count(1, "row") == "1 row")
    #expect(Wording.count(0, "row") == "0 rows")
    #expect(Wording.count(1_234_567, "entry", plural: "entries") == "1,234,567 entries")
    #expect(Wording.grouped(-1000) == "-1,000")
    #expect(Wording.grouped(Int.min) == "-9,223,372,036,854,775,808")
  }

  @Test func `wrapped lines are no wider than asked, but for long words`() {
    #expect(Wording.wrap("one two three", width: 7) == ["one two", "three"])
    #expect(Wording.wrap("日本 語", width: 5) == ["日本", "語"])
    #expect(Wording.wrap("incomprehensible a", width: 4) == ["incomprehensible", "a"])
    #expect(Wording.wrap("a\n\nb", width: 4) == ["a", "", "b"])
  }
}
