/// What a column holds, in numbers.
package struct ColumnStatistics: Sendable, Equatable {
  package var name: String
  package var type: ColumnType
  /// Rows that are not null.
  package var count: Int
  package var nulls: Int
  /// Different values that are not null.
  package var distinct: Int
  /// Of bools, ints and numbers.
  package var mean: Double?
  package var sd: Double?
  package var min: Value = .null
  /// Quartiles by linear interpolation: of bools, ints and numbers as numbers, of dates, times and
  /// durations as the same.
  package var q1: Value = .null
  package var median: Value = .null
  package var q3: Value = .null
  package var max: Value = .null
  /// How many finite values lie in each of eight equal parts from the least to the greatest; empty
  /// for text and vectors, and where there are none.
  package var histogram: [Int] = []
}

package enum Statistics {
  /// Statistics of each column.
  package static func describe(_ table: Table, workers: Workers) throws -> [ColumnStatistics] {
    let columns = table.named
    if columns.count >= 2 * workers.threads, table.rowCount <= 1 << 23 {
      let serial = Workers(threads: 1, cancellation: workers.cancellation)
      return try workers.map(columns.count) {
        try describe(columns[$0].column, columns[$0].name, serial)
      }
    }
    return try columns.map { try describe($0.column, $0.name, workers) }
  }

  private static func describe(
    _ column: Column, _ name: String, _ workers: Workers
  ) throws -> ColumnStatistics {
    let nulls = column.nullCount
    var result = ColumnStatistics(
      name: name, type: column.type, count: column.count - nulls, nulls: nulls, distinct: 0)
    try workers.check()
    guard result.count > 0 else { return result }
    switch column {
    case .text(let values), .category(let values): try describe(values, &result, workers)
    case .vector: result.distinct = try DistinctCount.count(column, workers: workers)
    default:
      if let tally = try ValueTally(column, workers: workers) {
        try tally.describe(column, &result)
      } else {
        try describe(column, &result, workers)
      }
    }
    return result
  }

  private static func describe(
    _ values: TextValues, _ result: inout ColumnStatistics, _ workers: Workers
  ) throws {
    var values = values
    if case .codes(let codes) = values.rows, values.heap.count <= codes.count {
      // What is to know of a dictionary's rows its pieces in use tell.
      let tally = try ValueTally(
        Values(codes, valid: values.valid), lowest: 0, domain: values.heap.count, workers: workers)
      let used = tally.counts.indices.filter { tally.counts[$0] > 0 }.map { UInt32($0) }
      values = TextValues(heap: values.heap, rows: .codes(used[...]))
    }
    result.distinct = try DistinctCount.count(.text(values), workers: workers)
    try workers.check()
    result.min = try Aggregates.min(.text(values), workers: workers)[0]
    result.max = try Aggregates.max(.text(values), workers: workers)[0]
  }

  private static func describe(
    _ column: Column, _ result: inout ColumnStatistics, _ workers: Workers
  ) throws {
    guard let bits = try column.orderedBits(workers: workers) else { return }
    try workers.check()
    result.distinct = try DistinctCount.count(bits, column.valid, workers)
    try workers.check()
    var run = AggregateRun(grouping: nil, rowCount: column.count, workers: workers)
    func one(_ aggregate: Aggregate) throws -> Value {
      try run.column(Aggregation(aggregate, of: column))[0]
    }
    result.min = try one(.min)
    result.max = try one(.max)
    if Aggregate.sd.type(of: column.type) != nil {
      result.mean = try one(.mean).double
      try workers.check()
      result.sd = try one(.sd).double
    }
    try workers.check()
    let quartiles = try GroupQuantiles.columns([0.25, 0.5, 0.75], column, bits, workers)
    (result.q1, result.median, result.q3) = (quartiles[0][0], quartiles[1][0], quartiles[2][0])
    try workers.check()
    result.histogram = try Histogram.counts(
      column, bins: 8, known: (result.min, result.max), workers: workers)
  }
}
