import Columns
import TestKit
import Testing

@Suite struct CastTests {
  private func expectCast(
    _ values: [Value], _ from: ColumnType, _ to: ColumnType, _ wanted: [Value],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for threads in [1, 2] {
      let column = try Column(values: values, type: from)
      let (result, failures) = try column.cast(to: to, workers: Workers(threads: threads))
      #expect(result.type == to, sourceLocation: sourceLocation)
      #expect((0..<result.count).map { result[$0] } == wanted, sourceLocation: sourceLocation)
      let failed = values.indices.filter { !values[$0].isNull && wanted[$0].isNull }
      #expect(failures.count == failed.count, sourceLocation: sourceLocation)
      #expect(failures.rows == Array(failed.prefix(5)), sourceLocation: sourceLocation)
    }
  }

  private func texts(_ all: String?...) -> [Value] { all.map { $0.map(Value.text) ?? .null } }

  @Test func `text is read as what it spells`() throws {
    for type in [ColumnType.text, .category] {
      try expectCast(
        texts("12", " -3 ", "4.0", "4.5", nil, "x", "", "9007199254740993"), type, .int,
        [.int(12), .int(-3), .int(4), .null, .null, .null, .null, .int(9_007_199_254_740_993)])
      try expectCast(
        texts("1.5", "1e3", "nope", nil), type, .number,
        [.number(1.5), .number(1_000), .null, .null])
      try expectCast(
        texts("true", "NO", "1", "2"), type, .bool, [.bool(true), .bool(false), .bool(true), .null])
      try expectCast(texts("1970-01-03", "3.1.1970"), type, .date, [.date(2), .null])
      try expectCast(texts("1970-01-01T00:00:01Z", "x"), type, .time, [.time(1_000_000), .null])
      try expectCast(
        texts("2min", "2mo"), type, .duration,
        [.duration(months: 0, microseconds: 120_000_000), .null])
    }
  }

  @Test func `a dictionary is read once and its rows fail one by one`() throws {
    let column = try Column(values: texts("1", "x", "1", "x", nil, "x"), type: .category)
    let (result, failures) = try column.cast(to: .int, workers: .serial)
    #expect((0..<6).map { result[$0] } == [.int(1), .null, .int(1), .null, .null, .null])
    #expect(failures == CastFailures(count: 3, rows: [1, 3, 5]))
  }

  @Test func `numbers become others only where nothing is lost`() throws {
    try expectCast(
      [.number(3), .number(-0.0), .number(2.5), .number(.nan), .number(1e19), .null], .number, .int,
      [.int(3), .int(0), .null, .null, .null, .null])
    try expectCast(
      [.int(3), .int(1 << 53 + 1), .null], .int, .number, [.number(3), .null, .null])
    try expectCast([.int(1), .int(0), .int(2)], .int, .bool, [.bool(true), .bool(false), .null])
    try expectCast([.bool(true), .null], .bool, .int, [.int(1), .null])
    try expectCast([.bool(true), .bool(false)], .bool, .number, [.number(1), .number(0)])
  }

  @Test func `a date becomes its midnight and a time its day`() throws {
    try expectCast([.date(-1), .null], .date, .time, [.time(-86_400_000_000), .null])
    try expectCast([.time(-1), .time(0)], .time, .date, [.date(-1), .date(0)])
    try expectCast([.date(.max)], .date, .time, [.null])
  }

  @Test func `everything can be written and most of it read again`() throws {
    let types = ColumnType.allCases.filter { $0 != .image }
    let table = RandomTable.table(seed: 33, rows: 60, types: types)
    for column in table.columns {
      for target in [ColumnType.text, .category] {
        let (text, failures) = try column.cast(to: target, workers: Workers(threads: 2))
        #expect(failures.count == 0 && text.type == target)
        #expect(text.nullCount == column.nullCount)
        guard column.type != .vector else { continue }
        let (back, lost) = try text.cast(to: column.type, workers: .serial)
        #expect(lost.count == 0)
        #expect((0..<60).allSatisfy { Reference.isSame(back[$0], column[$0]) })
      }
    }
  }

  @Test func `a category has no two equal levels and null is none of them`() throws {
    let column = try Column(values: texts("b", nil, "a", "b", nil), type: .text)
    guard case .category(let values) = try column.cast(to: .category, workers: .serial).column
    else { return #expect(Bool(false)) }
    #expect(values.heap.isDistinct)
    #expect((0..<values.heap.count).map { values.heap[$0] } == ["b", "a"])
    #expect((0..<5).map { values[$0] } == ["b", nil, "a", "b", nil])
  }

  @Test func `types without such a meaning are refused`() {
    for (from, to) in [
      (ColumnType.int, ColumnType.date), (.vector, .number), (.date, .number), (.duration, .int),
      (.text, .vector),
    ] {
      let error = #expect(throws: DataError.self) {
        try Column.nulls(from, 1).cast(to: to, workers: .serial)
      }
      #expect(error?.message == "\(from) cannot be cast to \(to)")
    }
  }
}
