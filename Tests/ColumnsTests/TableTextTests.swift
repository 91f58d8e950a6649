import Columns
import TestKit
import Testing

@Suite struct TableTextTests {
  @Test func `a table that is written reads back`() throws {
    let types = ColumnType.allCases.filter { $0 != .image }
    let table = RandomTable.table(seed: 35, rows: 30, types: types)
    let text = TableText.text(table)
    #expect(TableText.text(try TableText.table(text)) == text)
  }

  @Test func `tables that differ are told apart`() {
    withKnownIssue {
      expectTable(Table([("a", .int(Values([1])))]), equals: "a:int\n2")
    }
    expectTable(Table([("a", .number(Values([1.0001])))]), equals: "a:number\n1", tolerance: 0.001)
  }
}
