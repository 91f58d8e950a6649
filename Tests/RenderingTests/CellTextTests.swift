import Columns
import Rendering
import Testing

struct CellTextTests {
  @Test(
    arguments: [
      (.null, "null"), (.bool(true), "true"), (.int(-7), "-7"), (.number(1.0 / 3), "0.333333"),
      (.text(""), "\"\""),
      (.text("a\nb"), "a\\nb"), (.date(0), "1970-01-01"), (.time(0), "1970-01-01 00:00"),
      (.time(1_500_000), "1970-01-01 00:00:01.500"),
      (.duration(months: 0, microseconds: 90_000_000), "1min30s"),
      (.duration(months: 14, microseconds: 0), "14mo"),
      (.duration(months: 1, microseconds: 1_000_000), "1mo1s"),
      (.vector([0.1, 2]), "[0.1, 2]"), (.vector([0.1, 2, 3, 4, 5]), "[0.1, 2, 3, ... 5]"),
      (.vector([]), "[]"),
      (.list([.int(1), .text("b"), .null]), "[1, b, null]"),
      (.dictionary([Value.Entry("zip", .text("text"))]), "[zip: text]"),
    ] as [(Value, String)])
  func `a value is told on one line`(value: Value, text: String) {
    #expect(CellText.plain(value) == text)
  }

  @Test func `every type has a label of its own`() {
    #expect(Set(ColumnType.allCases.map { CellText.label($0) }).count == ColumnType.allCases.count)
  }
}
