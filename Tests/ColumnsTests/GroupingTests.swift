import TestKit
import Testing

@testable import Columns

@Suite struct GroupingTests {
  static let types: [ColumnType] = ColumnType.allCases.filter { $0 != .image }

  @Test(arguments: types)
  func `every small table is grouped as by comparing each row with each`(type: ColumnType) throws {
    for table in SmallWorlds.tables([type, .bool], rows: 3) {
      let grouping = try table.grouping(by: table.columns, workers: .serial)
      #expect(grouping == Reference.grouping(table.columns, table.rowCount))
      let first = try table.grouping(by: [table.columns[0]], workers: .serial)
      #expect(first == Reference.grouping([table.columns[0]], table.rowCount))
    }
  }

  @Test(arguments: types)
  func `random rows are grouped as by comparing each row with each`(type: ColumnType) throws {
    let table = RandomTable.table(seed: 10, rows: 300, types: [type, .int, .text])
    for threads in threadCounts {
      let workers = Workers(threads: threads)
      #expect(
        try table.grouping(by: [table.columns[0]], workers: workers)
          == Reference.grouping([table.columns[0]], 300))
      #expect(
        try table.grouping(by: table.columns, workers: workers)
          == Reference.grouping(table.columns, 300))
    }
    let picked = try table.taking([5, 5, 2, -1, 280, 3, 2], workers: .serial)
    #expect(
      try picked.grouping(by: picked.columns, workers: .serial)
        == Reference.grouping(picked.columns, 7))
  }

  @Test func `pieces agree on the numbers of groups`() throws {
    let count = 3 * morselSize + 17
    let keys = (0..<count).map { Int64($0 * 7_919 % 1_000) * 1_000_003 }
    let flags = (0..<count).map { $0 % 11 != 3 }
    for column in [
      Column.int(Values(keys, valid: flags)), .int(Values(keys.map { $0 / 1_000_003 })),
    ] {
      let groupings = try threadCounts.map {
        try Grouping.of([column], count: count, workers: Workers(threads: $0))
      }
      #expect(groupings.allSatisfy { $0 == groupings[0] })
      try expectSound(groupings[0], column)
    }
  }

  @Test func `many different keys are dealt into parts`() throws {
    let count = 3 * morselSize
    let keys = (0..<count).map { Double($0 * 7_919 % 150_001) }
    let flags = (0..<count).map { $0 % 13 != 3 }
    let column = Column.number(Values(keys, valid: flags))
    let groupings = try threadCounts.map {
      try Grouping.of([column], count: count, workers: Workers(threads: $0))
    }
    #expect(groupings.allSatisfy { $0 == groupings[0] })
    try expectSound(groupings[0], column)
  }

  /// Each row equals the first of its group, and first rows come in order and are different.
  private func expectSound(_ grouping: Grouping, _ column: Column) throws {
    var isSound = true
    for row in stride(from: 0, to: column.count, by: 101) {
      let first = Int(grouping.firstRows[Int(grouping.groups[row])])
      isSound = isSound && Reference.isSame(column[first], column[row])
    }
    #expect(isSound)
    #expect(zip(grouping.firstRows, grouping.firstRows.dropFirst()).allSatisfy { $0 < $1 })
    #expect(
      grouping.firstRows.indices.allSatisfy {
        grouping.groups[Int(grouping.firstRows[$0])] == Int32($0)
      })
    let cells = Set(grouping.firstRows.map { column[Int($0)] })
    #expect(cells.count == grouping.groupCount)
  }

  @Test func `values of equal hashes stay apart`() throws {
    let texts = ["a", "b", nil, "a", "c", "b", nil]
    let values = TextValues(texts)
    let hashes = [UInt64](repeating: 7, count: texts.count)
    let grouping = try HashGrouping.groups(hashes, valid: values.valid, workers: .serial) {
      texts[$0] == texts[$1]
    }
    #expect(grouping == Reference.grouping([.text(values)], texts.count))
  }

  @Test func `segments list the rows of each group in order`() throws {
    let table = RandomTable.table(seed: 11, rows: 100, types: [.text])
    let grouping = try table.grouping(by: table.columns, workers: .serial)
    let (rows, starts) = try grouping.segments()
    for group in 0..<grouping.groupCount {
      let wanted = (0..<100).filter { grouping.groups[$0] == Int32(group) }.map { Int32($0) }
      #expect(Array(rows[starts[group]..<starts[group + 1]]) == wanted)
    }
    #expect(try grouping.sizes() == zip(starts, starts.dropFirst()).map { $1 - $0 })
  }

  @Test func `without columns all rows are one group`() throws {
    let table = RandomTable.table(seed: 11, rows: 3, types: [.text])
    #expect(try table.grouping(by: [], workers: .serial).groups == [0, 0, 0])
    #expect(try table.slice(0..<0).grouping(by: [], workers: .serial).groupCount == 0)
  }

  @Test func `a cancelled grouping throws`() {
    let workers = Workers(threads: 2)
    workers.cancellation.cancel()
    let column = Column.int(Values(Array(0..<100_000)))
    #expect(throws: Cancelled.self) {
      try Grouping.of([column], count: 100_000, workers: workers)
    }
  }
}
