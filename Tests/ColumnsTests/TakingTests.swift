import Columns
import TestKit
import Testing

@Suite struct TakingTests {
  static let types: [ColumnType] = ColumnType.allCases.filter { $0 != .image }

  @Test func `taken rows have the cells of their rows, and -1 gives null`() throws {
    let table = RandomTable.table(seed: 5, rows: 50, types: Self.types)
    var random = RandomStream(seed: 6)
    let rows = (0..<80).map { _ in Int32(random.next() % 51) - 1 }
    for workers in threadCounts.map({ Workers(threads: $0) }) {
      let taken = try table.taking(rows, workers: workers)
      for (from, to) in zip(table.columns, taken.columns) {
        for (place, row) in rows.enumerated() {
          #expect(Reference.isSame(to[place], row < 0 ? .null : from[Int(row)]))
        }
        #expect(to.valid?.contains(false) ?? true, "flags are there only for nulls")
      }
    }
  }

  @Test func `a column taken without workers is the same`() throws {
    let table = RandomTable.table(seed: 7, rows: 20, types: Self.types)
    let rows: [Int32] = [3, -1, 3, 19, 0]
    for column in table.columns {
      let taken = column.taking(rows)
      for (place, row) in rows.enumerated() {
        #expect(Reference.isSame(taken[place], row < 0 ? .null : column[Int(row)]))
      }
    }
  }

  @Test func `a run of rows shares storage`() throws {
    let column = Column.int(Values(Array(0..<100)))
    guard case .int(let taken) = column.taking([7, 8, 9]) else { return #expect(Bool(false)) }
    #expect(taken.elements.startIndex == 7)
  }

  @Test func `nulls can be taken from a table without rows`() throws {
    let empty = Table.empty(Schema(Self.types.enumerated().map { Field("c\($0)", $1) }))
    let taken = try empty.taking([-1, -1], workers: .serial)
    #expect(taken.rowCount == 2)
    #expect(taken.columns.allSatisfy { $0.nullCount == 2 && $0[0] == .null })
    #expect(try empty.taking([], workers: .serial).rowCount == 0)
  }

  @Test func `lineage names the rows of the source`() throws {
    var table = RandomTable.table(seed: 8, rows: 10, types: [.int])
    table.lineage = Lineage(source: 1, rows: .range(100..<110))
    let taken = try table.taking([4, 2], workers: .serial)
    #expect(taken.lineage == Lineage(source: 1, rows: .picked([104, 102])))
    let again = try taken.taking([1], workers: .serial)
    #expect(again.lineage?.slice(0..<1) == Lineage(source: 1, rows: .picked([102])))
    #expect(try table.taking([0, -1], workers: .serial).lineage == nil)
  }
}
