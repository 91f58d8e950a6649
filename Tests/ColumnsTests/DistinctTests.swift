import Columns
import TestKit
import Testing

@Suite struct DistinctTests {
  @Test func `the first row of each kind is kept`() throws {
    for table in SmallWorlds.tables([.number, .category]) {
      let rows = try Distinct.rows(of: table.columns)
      #expect(rows == Reference.grouping(table.columns, table.rowCount).firstRows)
    }
  }

  @Test func `a table without columns has one kind of row`() throws {
    #expect(try Table([], rowCount: 3).distinct(workers: .serial).rowCount == 1)
    #expect(try Table([], rowCount: 0).distinct(workers: .serial).rowCount == 0)
  }
}
