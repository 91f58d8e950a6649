import TestKit
import Testing

@testable import Columns

@Suite struct DistinctCountTests {
  @Test(arguments: ColumnType.allCases.filter { $0 != .image })
  func `small columns have as many different values as comparing tells`(type: ColumnType) throws {
    for table in SmallWorlds.tables([type]) + [
      RandomTable.table(seed: 30, rows: 200, types: [type])
    ] {
      let column = table.columns[0]
      let groups = Reference.grouping([column], table.rowCount).firstRows
      let wanted = groups.count { !column[Int($0)].isNull }
      #expect(try DistinctCount.count(column, workers: .serial) == wanted)
    }
  }

  @Test func `many different values are counted exactly`() throws {
    let count = 2 * morselSize
    let flags = (0..<count).map { $0 % 10 != 0 }
    let numbers = (0..<count).map { Double($0 % 50_000) + 0.5 }
    let wanted = Set((0..<count).filter { $0 % 10 != 0 }.map { $0 % 50_000 }).count
    for threads in threadCounts {
      let column = Column.number(Values(numbers, valid: flags))
      #expect(try DistinctCount.count(column, workers: Workers(threads: threads)) == wanted)
    }
  }
}
