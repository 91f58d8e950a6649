import Columns
import TestKit
import Testing

@Suite struct JoinTests {
  static let pairs: [[ColumnType]] = [
    [.int, .int], [.number, .number], [.text, .text], [.text, .category], [.category, .text],
    [.date, .date], [.time, .time], [.bool, .bool], [.duration, .duration], [.category, .category],
  ]

  private func expectJoin(
    _ left: [Column], _ right: [Column], _ leftCount: Int, _ rightCount: Int, threads: Int = 1
  ) throws {
    for kind in JoinKind.allCases {
      let result = try Join.rows(
        left: left, right: right, leftCount: leftCount, rightCount: rightCount, kind: kind,
        workers: Workers(threads: threads))
      let wanted = Reference.join(left, right, leftCount, rightCount, kind)
      #expect(result.leftRows == wanted.left, "\(kind)")
      #expect(result.rightRows == wanted.right, "\(kind)")
      guard kind != .cross else { continue }
      let partners = (0..<leftCount).map { Reference.partners(left, right, $0, rightCount) }
      #expect(result.matchedLeft == partners.count { !$0.isEmpty })
      #expect(result.unmatchedLeft == partners.count { $0.isEmpty })
      #expect(result.unmatchedRight == rightCount - Set(partners.joined()).count)
      #expect(result.maxMatchesPerLeft == partners.map(\.count).max() ?? 0)
    }
  }

  @Test(arguments: pairs)
  func `all pairs of small tables are joined as by comparing keys`(types: [ColumnType]) throws {
    for left in SmallWorlds.tables([types[0]], rows: 2) {
      for right in SmallWorlds.tables([types[1]], rows: 3) {
        try expectJoin(left.columns, right.columns, left.rowCount, right.rowCount)
      }
    }
  }

  @Test(arguments: pairs)
  func `random tables are joined on two keys as by comparing them`(types: [ColumnType]) throws {
    let left = RandomTable.table(seed: 16, rows: 60, types: [types[0], .int], distinct: 9)
    let right = RandomTable.table(seed: 17, rows: 40, types: [types[1], .int], distinct: 11)
    try expectJoin(left.columns, right.columns, 60, 40, threads: 2)
    try expectJoin(
      left.columns.map { $0.taking([4, 4, 9, 59, -1]) }, right.columns, 5, 40, threads: 5)
  }

  @Test func `an int equals the number of the same value`() throws {
    let ints = try Column(values: [.int(3), .int(0), .int(1 << 53 + 1), .null], type: .int)
    let numbers = try Column(
      values: [.number(3), .number(-0.0), .number(0x1p53), .number(3.5), .number(.nan), .null],
      type: .number)
    try expectJoin([ints], [numbers], 4, 6)
    try expectJoin([numbers], [ints], 6, 4)
  }

  @Test func `keys from end to end are joined`() throws {
    let wide = try Column(values: [.int(.max), .int(.min), .int(0), .null], type: .int)
    let text = Column.text(TextValues(["a", nil, "b", "a"]))
    try expectJoin([wide], [wide], 4, 4)
    try expectJoin([wide, wide, text], [wide, wide, text], 4, 4)
  }

  @Test func `large tables are joined alike on all threads`() throws {
    let left = Column.int(Values((0..<150_000).map { Int64($0 * 31 % 70_000) * 1_000_003 }))
    let right = Column.int(Values((0..<50_000).map { Int64($0) * 2_000_006 }))
    for kind in [JoinKind.inner, .left, .full] {
      let results = try threadCounts.map {
        try Join.rows(left: [left], right: [right], kind: kind, workers: Workers(threads: $0))
      }
      #expect(results.allSatisfy { $0 == results[0] })
      #expect(results[0].matchedLeft == (0..<150_000).count { $0 * 31 % 70_000 % 2 == 0 })
      #expect(!results[0].duplicatesRight)
    }
  }

  @Test func `types that cannot be equal are refused`() {
    #expect(throws: DataError.self) {
      try Join.rows(
        left: [.nulls(.text, 1)], right: [.nulls(.int, 1)], kind: .inner, workers: .serial)
    }
  }

  @Test func `a join of too many rows is refused`() {
    #expect(throws: DataError.self) {
      try Join.rows(
        left: [], right: [], leftCount: 1 << 20, rightCount: 1 << 20, kind: .cross,
        workers: .serial)
    }
  }

  @Test func `equal keys on the right are told`() throws {
    let key = try Column(values: [.int(1), .null, .null, .int(2)], type: .int)
    let twice = try Column(values: [.int(1), .int(1)], type: .int)
    #expect(
      try !Join.rows(left: [key], right: [key], kind: .left, workers: .serial).duplicatesRight)
    #expect(
      try Join.rows(left: [key], right: [twice], kind: .left, workers: .serial).duplicatesRight)
  }
}
