import TestKit
import Testing

@testable import Columns

@Suite struct AggregatesTests {
  static let kinds: [Aggregate] = [
    .count, .countValid, .sum, .mean, .variance, .sd, .min, .max, .quantile(0.3), .median,
    .countDistinct, .first, .last, .mode,
  ]
  static let types: [ColumnType] = ColumnType.allCases.filter { $0 != .image }

  /// What an aggregate is of the cells of one group.
  private func naive(_ kind: Aggregate, _ cells: [Value], _ type: ColumnType) -> Value {
    let values = cells.filter { !$0.isNull }
    let numbers = values.compactMap(\.double)
    switch kind {
    case .count: return .int(Int64(cells.count))
    case .countValid: return .int(Int64(values.count))
    case .first: return cells.first ?? .null
    case .last: return cells.last ?? .null
    case .countDistinct:
      return .int(Int64(kindsOf(values).count))
    case .mode:
      let kinds = kindsOf(values)
      let most = kinds.map(\.count).max() ?? 0
      return kinds.filter { $0.count == most }.map(\.value)
        .min { Reference.isLess($0, $1, SortKey(0)) } ?? .null
    case .min, .max:
      let plain = values.filter { !Reference.isNaN($0) }
      if plain.isEmpty { return values.first ?? .null }
      return (kind == .min ? plain.min(by: Reference.order) : plain.max(by: Reference.order))
        ?? .null
    case .sum:
      let sum = numbers.reduce(0, +)
      return type == .number ? .number(sum) : .int(Int64(sum))
    case .mean:
      return numbers.isEmpty ? .null : .number(numbers.reduce(0, +) / Double(numbers.count))
    case .variance, .sd:
      guard numbers.count > 1 else { return .null }
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      let variance =
        numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count - 1)
      return .number(kind == .sd ? variance.squareRoot() : variance)
    case .median: return naive(.quantile(0.5), cells, type)
    case .quantile(let share):
      return numbers.isEmpty ? .null : .number(Reference.quantile(numbers, share))
    }
  }

  private func kindsOf(_ values: [Value]) -> [(value: Value, count: Int)] {
    var kinds: [(value: Value, count: Int)] = []
    for value in values {
      if let at = kinds.firstIndex(where: { Reference.isSame($0.value, value) }) {
        kinds[at].count += 1
      } else {
        kinds.append((value, 1))
      }
    }
    return kinds
  }

  private func isNear(_ a: Value, _ b: Value) -> Bool {
    if case .number(let x) = a, case .number(let y) = b {
      return x == y || x.isNaN && y.isNaN || abs(x - y) < 1e-9 * max(1, abs(y))
    }
    return Reference.isSame(a, b)
  }

  /// Naive numbers are of no use where infinities and NaN meet, nor for times.
  private func isComparable(_ kind: Aggregate, _ type: ColumnType) -> Bool {
    switch kind {
    case .sum, .mean, .variance, .sd, .quantile, .median: type == .int || type == .bool
    default: true
    }
  }

  @Test(arguments: types)
  func `small tables are aggregated as their groups are one by one`(type: ColumnType) throws {
    for table in SmallWorlds.tables([.bool, type]) {
      let grouping = try table.grouping(by: [table.columns[0]], workers: .serial)
      for kind in Self.kinds where kind.type(of: type) != nil && isComparable(kind, type) {
        let result = try Aggregates.column(kind, of: table.columns[1], grouping: grouping)
        let whole = try Aggregates.column(kind, of: table.columns[1])
        #expect(result.count == grouping.groupCount && whole.count == 1)
        #expect(result.type == kind.type(of: type))
        let all = (0..<table.rowCount).map { table.columns[1][$0] }
        #expect(isNear(whole[0], naive(kind, all, type)), "\(kind) of \(all)")
        for group in 0..<grouping.groupCount {
          let cells = all.indices.filter { grouping.groups[$0] == Int32(group) }.map { all[$0] }
          #expect(isNear(result[group], naive(kind, cells, type)), "\(kind) of \(cells)")
        }
      }
    }
  }

  @Test(arguments: types)
  func `random groups are aggregated as they are one by one, alike on all threads`(
    type: ColumnType
  ) throws {
    let table = RandomTable.table(seed: 20, rows: 400, types: [.text, type])
    let grouping = try table.grouping(by: [table.columns[0]], workers: .serial)
    let all = (0..<table.rowCount).map { table.columns[1][$0] }
    let kinds = Self.kinds.filter { $0.type(of: type) != nil }
    let list = kinds.map { Aggregation($0, of: table.columns[1], name: "x") }
    let results = try threadCounts.map { threads in
      try Aggregates.columns(
        list, rowCount: 400, grouping: grouping, workers: Workers(threads: threads))
    }
    for (position, kind) in kinds.enumerated() {
      for group in 0..<grouping.groupCount {
        let cell = results[0][position][group]
        #expect(results.allSatisfy { Reference.isSame($0[position][group], cell) })
        guard isComparable(kind, type) else { continue }
        let cells = all.indices.filter { grouping.groups[$0] == Int32(group) }.map { all[$0] }
        #expect(isNear(cell, naive(kind, cells, type)), "\(kind) of \(cells)")
      }
    }
  }

  @Test func `sums and means have the same bits on any number of threads`() throws {
    var random = RandomStream(seed: 21)
    let count = 3 * morselSize + 5
    let values = (0..<count).map { _ in (random.uniform() - 0.5) * 1e10 }
    let column = Column.number(Values(values))
    let keys = Column.int(Values((0..<count).map { Int64($0 % 7) }))
    let grouping = try Grouping.of([keys], count: count, workers: .serial)
    let list = [Aggregate.sum, .mean, .variance, .median].map { Aggregation($0, of: column) }
    for grouping in [grouping, nil] {
      let results = try threadCounts.map {
        try Aggregates.columns(
          list, rowCount: count, grouping: grouping, workers: Workers(threads: $0))
      }
      #expect(results.allSatisfy { $0 == results[0] })
    }
  }

  @Test func `a sum keeps what rounding would take off`() throws {
    let column = Column.number(Values([1, 1e100, 1, -1e100]))
    #expect(try Aggregates.sum(column)[0] == .number(2))
    let tenths = Column.number(Values([Double](repeating: 0.1, count: 1_000)))
    #expect(try Aggregates.sum(tenths)[0] == .number(100))
    let groups = Grouping(
      groupCount: 1, groups: [Int32](repeating: 0, count: 1_000), firstRows: [0])
    #expect(try Aggregates.sum(tenths, grouping: groups)[0] == .number(100))
  }

  @Test func `infinities and NaN come out of a sum as they go in`() throws {
    func sum(_ values: [Double]) throws -> Value { try Aggregates.sum(.number(Values(values)))[0] }
    #expect(try sum([1, .infinity, 2]) == .number(.infinity))
    #expect(Reference.isNaN(try sum([1, .nan])))
    #expect(Reference.isNaN(try sum([.infinity, -.infinity])))
  }

  @Test func `the spread of numbers far from zero is exact`() throws {
    // The hard sets of NIST's statistical reference data have this form, with known answers.
    let far = (0..<1_001).map { $0 == 0 ? 10_000_000.2 : $0 % 2 == 1 ? 10_000_000.1 : 10_000_000.3 }
    guard case .number(let sd) = try Aggregates.sd(.number(Values(far)))[0],
      case .number(let mean) = try Aggregates.mean(.number(Values(far)))[0]
    else { return #expect(Bool(false)) }
    #expect(abs(mean - 10_000_000.2) < 2e-9)
    #expect(abs(sd - 0.1) < 1e-9)
    let ints = (0..<1_001).map { Int64(1 << 60) + ($0 == 0 ? 2 : $0 % 2 == 1 ? 1 : 3) }
    #expect(try Aggregates.variance(.int(Values(ints)))[0] == .number(1))
  }

  @Test func `an int sum that 64 bits cannot hold names its column`() throws {
    let fine = Column.int(Values([.max, 1, -1]))
    #expect(try Aggregates.sum(fine)[0] == .int(.max))
    let error = #expect(throws: DataError.self) {
      try Aggregates.sum(.int(Values([.max, 1])), name: "amount")
    }
    #expect(error?.code == "integer-overflow")
    #expect(error?.column == "amount")
    #expect(try Aggregates.mean(.int(Values([.max, .max])))[0] == .number(0x1p63))
    #expect(try Aggregates.sum(.int(Values([.min])))[0] == .int(.min))
  }

  @Test func `quantiles are interpolated between neighbours`() throws {
    let column = Column.number(Values([4, 1, 3, 2]))
    #expect(try Aggregates.quantile(0.25, column)[0] == .number(1.75))
    #expect(try Aggregates.median(column)[0] == .number(2.5))
    #expect(try Aggregates.quantile(1, column)[0] == .number(4))
    let dates = Column.date(Values([10, 20, 13]))
    #expect(try Aggregates.median(dates)[0] == .date(13))
    #expect(try Aggregates.mean(dates)[0] == .date(14))
    let infinite = Column.number(Values([-.infinity, 1, .infinity]))
    #expect(try Aggregates.median(infinite)[0] == .number(1))
    #expect(try Aggregates.quantile(0, infinite)[0] == .number(-.infinity))
  }

  @Test func `quantiles of many values are those of the sorted ones`() throws {
    var random = RandomStream(seed: 22)
    let values = (0..<70_000).map { _ in random.uniform() * (random.next() % 3 == 0 ? 1e9 : 1) }
    let sorted = values.sorted()
    for threads in threadCounts {
      let workers = Workers(threads: threads)
      let ranks = [0, 1, 17_500, 35_000, 69_998, 69_999]
      let keys = values.map { OrderedBits.of($0) }
      let found = try RankSelection.values(at: ranks, of: keys, workers: workers)
      #expect(found.map { OrderedBits.number($0) } == ranks.map { sorted[$0] })
    }
    var keys = values.prefix(5_000).map { OrderedBits.of($0) }
    let wanted = keys.sorted()
    keys.withUnsafeMutableBufferPointer { QuickSelect.place([7, 8, 2_500, 4_999], in: $0) }
    #expect([7, 8, 2_500, 4_999].allSatisfy { keys[$0] == wanted[$0] })
  }

  @Test func `what has no such aggregate is refused`() {
    let error = #expect(throws: DataError.self) {
      try Aggregates.sum(.nulls(.text, 2), name: "city")
    }
    #expect(error?.message == "sum wants bool, int, number or duration, and city is text")
    #expect(throws: DataError.self) { try Aggregates.max(.nulls(.vector, 2)) }
  }

  @Test func `many groups are aggregated side by side`() throws {
    let count = morselSize + 1_000
    let keys = Column.int(Values((0..<count).map { Int64($0 / 2) }))
    let values = Column.int(Values((0..<count).map { Int64($0) }))
    let grouping = try Grouping.of([keys], count: count, workers: .serial)
    let list = [Aggregate.count, .sum, .max].map { Aggregation($0, of: values) }
    let result = try Aggregates.columns(
      list, rowCount: count, grouping: grouping, workers: Workers(threads: 2))
    #expect(result[0][5] == .int(2))
    #expect(result[1][5] == .int(21))
    #expect(result[2][5] == .int(11))
  }
}
