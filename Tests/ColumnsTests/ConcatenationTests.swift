import Columns
import TestKit
import Testing

@Suite struct ConcatenationTests {
  @Test func `appended rows follow one another`() throws {
    let types = ColumnType.allCases.filter { $0 != .image }
    let parts = (0..<4).map { RandomTable.table(seed: $0, rows: Int($0) * 7, types: types) }
    let all = Table.concatenated(parts)
    #expect(all.rowCount == 42)
    for (position, column) in all.columns.enumerated() {
      let cells = parts.flatMap { part in (0..<part.rowCount).map { part.columns[position][$0] } }
      for (row, cell) in cells.enumerated() { #expect(Reference.isSame(column[row], cell)) }
    }
  }

  @Test func `categories of two tables get one dictionary`() throws {
    let first = try Column(values: [.text("b"), .text("a")], type: .category)
    let second = try Column(values: [.text("a"), .null, .text("c")], type: .category)
    guard case .category(let joined) = Column.concatenated([first, second]) else {
      return #expect(Bool(false))
    }
    #expect(joined.heap.isDistinct)
    #expect(joined.heap.count == 3)
    #expect((0..<5).map { joined[$0] } == ["b", "a", "a", nil, "c"])
  }

  @Test func `slices of one column come together again`() {
    let table = RandomTable.table(seed: 9, rows: 30, types: [.text, .category, .int])
    for column in table.columns {
      let parts = [column.slice(0..<11), column.slice(11..<12), column.slice(12..<30)]
      #expect(Column.concatenated(parts) == column)
      #expect(Column.concatenated([parts[1], parts[0].taking([3, -1])]).count == 3)
    }
  }

  @Test func `lineage is kept when all rows come from one source`() {
    var table = RandomTable.table(seed: 9, rows: 4, types: [.int])
    table.lineage = Lineage(source: 5, rows: .range(0..<4))
    let both = Table.concatenated([table.slice(2..<4), table.slice(0..<2)])
    #expect(both.lineage == Lineage(source: 5, rows: .picked([2, 3, 0, 1])))
    var other = table
    other.lineage?.source = 6
    #expect(Table.concatenated([table, other]).lineage == nil)
  }
}
