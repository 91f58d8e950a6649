import Columns
import TestKit
import Testing

@Suite struct RowHashTests {
  @Test func `the form in which text is stored does not matter`() throws {
    let texts: [String?] = ["a", nil, "", "longer than eight bytes", "a"]
    let values = texts.map { $0.map(Value.text) ?? .null }
    let plain = try Column(values: values, type: .text)
    let coded = try Column(values: values, type: .category)
    let hashes = try RowHash.hashes([plain], seed: 1, workers: .serial)
    #expect(hashes == (try RowHash.hashes([coded], seed: 1, workers: .serial)))
    #expect(hashes[0] == hashes[4])
    #expect(Set(hashes).count == 4)
  }

  @Test func `an int hashes like the number, other types differ`() throws {
    func hash(_ value: Value, _ type: ColumnType) throws -> UInt64 {
      try RowHash.hashes([Column(values: [value], type: type)], seed: 0, workers: .serial)[0]
    }
    #expect(try hash(.int(3), .int) == hash(.number(3), .number))
    #expect(try hash(.number(0), .number) == hash(.number(-0.0), .number))
    let different = [
      try hash(.int(1), .int), try hash(.bool(true), .bool), try hash(.date(1), .date),
      try hash(.time(1), .time), try hash(.duration(months: 0, microseconds: 1), .duration),
      try hash(.text("1"), .text), try hash(.null, .int), try hash(.number(1.5), .number),
      try hash(.vector([1]), .vector),
    ]
    #expect(Set(different).count == different.count)
  }

  @Test func `the order of columns, the seed and every cell matter`() throws {
    let table = RandomTable.table(seed: 31, rows: 200, types: [.int, .int, .text], distinct: 200)
    let hashes = try RowHash.hashes(table.columns, seed: 1, workers: .serial)
    #expect(hashes != (try RowHash.hashes(table.columns.reversed(), seed: 1, workers: .serial)))
    #expect(hashes != (try RowHash.hashes(table.columns, seed: 2, workers: .serial)))
    #expect(hashes == (try RowHash.hashes(table.columns, seed: 1, workers: Workers(threads: 5))))
    let groups = Reference.grouping(table.columns, 200)
    #expect(Set(hashes).count == groups.groupCount)
  }

  @Test func `hashes of counting numbers are spread evenly`() throws {
    let column = Column.int(Values(Array(0..<16_000)))
    let hashes = try RowHash.hashes([column], seed: 7, workers: .serial)
    for shift in [0, 30, 60] as [UInt64] {
      var counts = [Int](repeating: 0, count: 16)
      for hash in hashes { counts[Int(hash >> shift & 15)] += 1 }
      // Each has 1000 with a standard deviation of 31.
      #expect(counts.allSatisfy { 850...1_150 ~= $0 }, "\(counts)")
    }
  }
}
