import Testing

@testable import LineEditing

struct CompletionMenuTests {
  private func rows(
    _ names: [String], notes: String = "", columns: Int, limit: Int = 20
  ) -> [String] {
    CompletionMenu.rows(
      names.map { Completions.Candidate($0, note: notes) }, columns: columns, limit: limit,
      color: false)
  }

  @Test func `names run down the columns`() {
    #expect(rows(["a", "bb", "c", "d", "e"], columns: 9) == ["a    d", "bb   e", "c"])
    #expect(rows(["a", "b"], columns: 80) == ["a   b"])
  }

  @Test func `notes stand in a column of their own`() {
    #expect(rows(["a", "long"], notes: "text", columns: 12) == ["a     text", "long  text"])
  }

  @Test func `what does not fit is counted`() {
    #expect(rows((0..<30).map { "n\($0)" }, columns: 4, limit: 3) == ["n0", "n1", "… 2"])
    #expect(rows((0..<30).map { "n\($0)" }, columns: 12, limit: 4).last == "… 24 more")
    #expect(rows(["a"], columns: 10, limit: 0).isEmpty)
  }

  @Test(arguments: [2, 5, 10, 40])
  func `no row is wider than the screen or acts on it`(columns: Int) {
    let names = ["\u{1B}[31mred", "漢字漢字漢字漢字", String(repeating: "x", count: 50), "a\nb"]
    for row in rows(names, notes: "note\u{7}", columns: columns) {
      #expect(row.unicodeScalars.cells < columns)
      #expect(!row.unicodeScalars.contains { $0.value < 0x20 })
    }
  }

  @Test func `the common beginning is counted in characters`() {
    func common(_ names: String...) -> String {
      Completions(replace: 0..<0, candidates: names.map { .init($0) }).commonPrefix
    }
    #expect(common("filter", "fit", "first") == "fi")
    #expect(common("naïve", "naïf") == "naï")
    #expect(common("a", "b") == "")
    #expect(common("only") == "only")
    #expect(Completions.none.commonPrefix == "")
  }
}
