/// How many different values there are, exactly.
package enum DistinctCount {
  /// Nulls do not count; all NaN count as one value, both zeros as one.
  package static func count(_ column: Column, workers: Workers) throws -> Int {
    switch column {
    case .bool(let values):
      let bounds = try Values(
        values.elements.map { $0 ? 1 as UInt8 : 0 }[...], valid: values.valid
      ).bounds(workers: workers)
      return bounds.map { Int($0.upper - $0.lower) + 1 } ?? 0
    case .int(let values), .time(let values), .duration(let values):
      return try ofInts(values, workers) ?? ofBits(column, workers)
    case .date(let values): return try ofInts(values, workers) ?? ofBits(column, workers)
    case .number: return try ofBits(column, workers)
    case .text(let values), .category(let values):
      if case .codes(let codes) = values.rows, values.heap.isDistinct {
        let codes = Values(codes, valid: values.valid)
        return try marked(codes, lowest: 0, domain: values.heap.count, workers)
      }
      return try byGrouping(column, workers)
    case .vector: return try byGrouping(column, workers)
    }
  }

  private static func byGrouping(_ column: Column, _ workers: Workers) throws -> Int {
    let grouping = try Grouping.of([column], count: column.count, workers: workers)
    return grouping.groupCount - (column.valid?.contains(false) == true ? 1 : 0)
  }

  /// Nil when the values lie too far apart to mark each in a table.
  private static func ofInts<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Values<Element>, _ workers: Workers
  ) throws -> Int? {
    guard let bounds = try values.bounds(workers: workers) else { return 0 }
    let (span, isOut) = Int64(bounds.upper).subtractingReportingOverflow(Int64(bounds.lower))
    guard !isOut, span < max(65_536, 8 * values.count) else { return nil }
    return try marked(values, lowest: bounds.lower, domain: Int(span) + 1, workers)
  }

  private static func marked<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Values<Element>, lowest: Element, domain: Int, _ workers: Workers
  ) throws -> Int {
    let pieces = Pieces(rows: values.count, states: domain / 8)
    let parts = try workers.map(pieces.count) { piece in
      [UInt8](count: domain) { marks in
        marks.base.initialize(repeating: 0, count: domain)
        GroupSums.forEach(values, nil, pieces[piece]) { value, _ in
          marks[Int(truncatingIfNeeded: value &- lowest)] = 1
        }
      }
    }
    guard var marks = parts.first else { return 0 }
    for part in parts.dropFirst() {
      for place in 0..<domain { marks[place] |= part[place] }
    }
    return marks.reduce(0) { $0 + Int($1) }
  }

  private static func ofBits(_ column: Column, _ workers: Workers) throws -> Int {
    guard let bits = try column.orderedBits(workers: workers) else { return 0 }
    return try count(bits, column.valid, workers)
  }

  /// Different keys among those that are not null.
  static func count(
    _ bits: [UInt64], _ valid: ArraySlice<Bool>?, _ workers: Workers
  ) throws -> Int {
    var table = KeyTable()
    var row = 0
    // As long as there are few different ones a small table does; then the rest is dealt into parts.
    withFlags(valid) { valid in
      while row < bits.count, table.count < 4_096 {
        if valid?[row] ?? true { _ = table.insert(bits[row]) }
        row += 1
      }
    }
    if row == bits.count { return table.count }
    let parts = KeyPartitions.partCount(bits.count)
    let dealt = try KeyPartitions(bits, valid, parts: parts, withRows: false, workers: workers)
    return try workers.map(parts) { dealt.distinct($0) }.reduce(0, +)
  }
}
