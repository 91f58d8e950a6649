import Testing

@testable import Text

struct SuggestionTests {
  @Test(arguments: [
    ("amout", ["amount", "account"], "amount"), ("AMOUNT", ["amoun", "amount"], "amount"),
    ("fliter", ["filter", "fit"], "filter"), ("agregate", ["aggregate", "append"], "aggregate"),
    ("heda", ["head", "tail"], "head"), ("srt", ["sort", "set"], "sort"),
    ("größe", ["grösse", "Größe"], "Größe"),
  ]) func `the nearest name is suggested`(_ typed: String, _ known: [String], _ nearest: String) {
    #expect(Suggestion.nearest(to: typed, in: known) == nearest)
  }

  @Test(arguments: [
    ("x", ["y", "z"]), ("amount", ["merchant"]), ("", ["a"]), ("ab", ["cd"]), ("abc", []),
  ]) func `what is far is not suggested`(_ typed: String, _ known: [String]) {
    #expect(Suggestion.nearest(to: typed, in: known) == nil)
  }

  @Test func `of equally near names the longer shared beginning wins, then the first`() {
    #expect(Suggestion.nearest(to: "colr", in: ["eolr", "color"]) == "color")
    #expect(Suggestion.nearest(to: "abcd", in: ["abce", "abcf"]) == "abce")
  }

  @Test func `very long words are not compared`() {
    let long = String(repeating: "a", count: 100_000)
    #expect(Suggestion.nearest(to: long, in: [long + "b"]) == nil)
  }
}
