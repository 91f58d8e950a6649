import Columns
import TestKit
import Testing

@Suite struct SelectionTests {
  @Test func `true rows are kept and nulls counted`() throws {
    for rows in [0, 1, 511, 512, 513, 2_000] {
      let table = RandomTable.table(seed: UInt64(rows), rows: rows, types: [.bool])
      guard case .bool(let mask) = table.columns[0] else { continue }
      for threads in threadCounts {
        let picked = try Selection.rows(where: mask, workers: Workers(threads: threads))
        #expect(picked.rows == (0..<rows).filter { mask[$0] == true }.map { Int32($0) })
        #expect(picked.nulls == mask.nullCount)
      }
    }
  }

  @Test func `many rows are kept in their order`() throws {
    let count = 200_000
    let mask = Values((0..<count).map { $0 % 3 == 0 })
    let picked = try Selection.rows(where: mask, workers: Workers(threads: 5))
    #expect(picked.rows == stride(from: 0, to: count, by: 3).map { Int32($0) })
  }

  @Test func `small tables keep the rows where the condition is true`() throws {
    for table in SmallWorlds.tables([.bool, .text]) {
      guard case .bool(let mask) = table.columns[0] else { continue }
      let filtered = try table.filtered(by: mask, workers: .serial)
      let rows = (0..<table.rowCount).filter { mask[$0] == true }
      #expect(filtered == table.taking(naively: rows))
    }
  }
}

extension Table {
  fileprivate func taking(naively rows: [Int]) -> Table {
    Table(
      named.map { name, column in
        let values = rows.map { column[$0] }
        return (name, (try? Column(values: values, type: column.type)) ?? .nulls(column.type, 0))
      }, rowCount: rows.count)
  }
}
