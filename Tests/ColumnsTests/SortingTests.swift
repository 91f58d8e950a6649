import TestKit
import Testing

@testable import Columns

@Suite struct SortingTests {
  static let types: [ColumnType] = ColumnType.allCases.filter { $0 != .image && $0 != .vector }

  static func directions(_ position: Int) -> [SortKey] {
    [(false, false), (true, false), (false, true), (true, true)].map {
      SortKey(position, descending: $0.0, nullsFirst: $0.1)
    }
  }

  @Test(arguments: types)
  func `every small table is sorted as by comparing rows`(type: ColumnType) throws {
    for table in SmallWorlds.tables([type, .int], rows: 3) {
      for key in Self.directions(0) {
        for keys in [[key], [key, SortKey(1)], [SortKey(1, descending: true), key]] {
          #expect(
            try table.sortedRows(by: keys, workers: .serial) == Reference.sortedRows(table, keys))
        }
      }
    }
  }

  @Test(arguments: types)
  func `random rows are sorted as by comparing rows`(type: ColumnType) throws {
    let table = RandomTable.table(seed: 12, rows: 530, types: [type, .bool, .text], distinct: 60)
    for (number, key) in Self.directions(0).enumerated() {
      let longer = number % 2 == 0 ? [SortKey(1), key] : [SortKey(2), SortKey(1), key]
      for keys in [[key], longer] {
        let wanted = Reference.sortedRows(table, keys)
        for threads in threadCounts {
          let workers = Workers(threads: threads)
          #expect(try table.sortedRows(by: keys, workers: workers) == wanted)
          #expect(try table.topRows(9, by: keys, workers: workers) == Array(wanted.prefix(9)))
          #expect(try table.topRows(500, by: keys, workers: workers) == Array(wanted.prefix(500)))
        }
      }
    }
  }

  @Test func `no rows are on top of none`() throws {
    let table = RandomTable.table(seed: 12, rows: 100, types: [.int])
    #expect(try table.topRows(0, by: [SortKey(0)], workers: .serial).isEmpty)
    #expect(try table.topRows(-1, by: [SortKey(0)], workers: .serial).isEmpty)
    #expect(try table.sortedRows(by: [], workers: .serial) == Array(0..<100))
  }

  @Test func `numbers that differ only in their last bits are put in order`() throws {
    var random = RandomStream(seed: 13)
    // All share their leading 32 bits, and one lies far away.
    var values = (0..<3_000).map { _ in 1 + Double(random.next() % 500) * 0x1p-52 }
    values.append(1e300)
    values += (0..<50).map { 2 + Double($0 * 7 % 50) * 0x1p-51 }
    let table = Table([("x", .number(Values(values)))])
    let wanted = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }.map { Int32($0) }
    #expect(try table.sortedRows(by: [SortKey(0)], workers: Workers(threads: 2)) == wanted)
  }

  @Test func `words larger than a piece of work are sorted alike on all threads`() throws {
    var random = RandomStream(seed: 14)
    let words = (0..<150_000).map { _ in random.next() >> (random.next() % 60) }
    let wanted = words.indices.sorted { (words[$0], $0) < (words[$1], $1) }.map { Int32($0) }
    for threads in threadCounts {
      let order = try RadixSort.order(words, highest: .max, workers: Workers(threads: threads))
      #expect(order == wanted)
    }
  }

  @Test func `ints from end to end with nulls are sorted`() throws {
    let column = try Column(
      values: [.int(.max), .null, .int(.min), .int(0), .null, .int(-1)], type: .int)
    let table = Table([("x", column)])
    for key in Self.directions(0) {
      #expect(
        try table.sortedRows(by: [key], workers: .serial) == Reference.sortedRows(table, [key]))
    }
  }

  @Test func `texts with long common beginnings and zero bytes are put in order`() throws {
    let beginnings = ["", "a common beginning of some length ", "\0", "a\0\0\0\0\0\0\0"]
    var random = RandomStream(seed: 15)
    let texts = (0..<600).map { _ in
      beginnings[Int(random.next() % 4)] + String(repeating: "\0", count: Int(random.next() % 10))
        + "\(random.next() % 40)"
    }
    let table = Table([("x", .text(TextValues(texts)))])
    #expect(
      try table.sortedRows(by: [SortKey(0)], workers: .serial)
        == Reference.sortedRows(table, [SortKey(0)]))
  }

  @Test func `few rows of a large heap are sorted`() throws {
    let column = Column.text(TextValues((0..<3_000).map { "\($0 * 7_919 % 3_000)" }))
    let table = Table([("x", column.taking([2_999, 3, 17, -1, 3, 40]))])
    #expect(
      try table.sortedRows(by: [SortKey(0)], workers: .serial)
        == Reference.sortedRows(table, [SortKey(0)]))
  }

  @Test func `vectors have no order`() {
    let table = RandomTable.table(seed: 1, rows: 3, types: [.vector])
    #expect(throws: DataError.self) { try table.sortedRows(by: [SortKey(0)], workers: .serial) }
  }
}
