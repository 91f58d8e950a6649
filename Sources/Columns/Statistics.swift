import Glibc

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
    guard let bits = try column.orderedBits(workers: workers) else {
      result.distinct = try DistinctCount.count(column, workers: workers)
      if column.type.isTextual {
        result.min = try Aggregates.min(column, workers: workers)[0]
        result.max = try Aggregates.max(column, workers: workers)[0]
      }
      return result
    }
    try workers.check()
    result.distinct = try distinct(column, bits, workers)
    try workers.check()
    var run = AggregateRun(grouping: nil, rowCount: column.count, workers: workers)
    func one(_ aggregate: Aggregate) throws -> Value {
      try run.column(Aggregation(aggregate, of: column, name: name))[0]
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
    result.histogram = try Histogram.counts(column, bins: 8, workers: workers)
    return result
  }

  /// Counts by the bits at hand where no faster way is known.
  private static func distinct(
    _ column: Column, _ bits: [UInt64], _ workers: Workers
  ) throws -> Int {
    if case .number = column { return try DistinctCount.count(bits, column.valid, workers) }
    return try DistinctCount.count(column, workers: workers)
  }
}

/// Counts of values in equal parts of their range.
package enum Histogram {
  /// How many finite values lie in each of `bins` equal parts from the least to the greatest finite
  /// one, which belongs to the last part; a single value is in the first. Empty without such values.
  package static func counts(
    _ column: Column, bins: Int, workers: Workers
  ) throws -> [Int] {
    switch column {
    case .bool(let values): try counts(values, bins, workers) { $0 ? 1 : 0 }
    case .int(let values), .time(let values), .duration(let values):
      try counts(values, bins, workers) { Double($0) }
    case .date(let values): try counts(values, bins, workers) { Double($0) }
    case .number(let values): try counts(values, bins, workers) { $0 }
    case .text, .category, .vector: []
    }
  }

  private struct Bounds: Sendable {
    var lower = Double.infinity
    var upper = -Double.infinity
  }

  @inline(__always)
  private static func counts<Element: BitwiseCopyable & Sendable>(
    _ values: Values<Element>, _ bins: Int, _ workers: Workers,
    _ convert: @escaping @Sendable (Element) -> Double
  ) throws -> [Int] {
    let parts = try workers.morsels(of: values.count) { range in
      var bounds = Bounds()
      GroupSums.forEach(values, nil, range) { value, _ in
        let value = convert(value)
        // Comparisons with NaN are false.
        if value < bounds.lower, value > -.infinity { bounds.lower = value }
        if value > bounds.upper, value < .infinity { bounds.upper = value }
      }
      return bounds
    }
    let lower = parts.reduce(Double.infinity) { Swift.min($0, $1.lower) }
    let upper = parts.reduce(-Double.infinity) { Swift.max($0, $1.upper) }
    guard lower.isFinite, upper.isFinite else { return [] }
    // Halves, since the difference of two finite numbers need not be finite.
    let width = upper / 2 - lower / 2
    let scale = width > 0 ? Double(bins) / 2 / width : 0
    let counts = try workers.morsels(of: values.count) { range in
      var counts = [Int](repeating: 0, count: bins)
      counts.withUnsafeMutableBufferPointer { counts in
        GroupSums.forEach(values, nil, range) { value, _ in
          let value = convert(value)
          guard value.isFinite else { return }
          let place = (value / 2 - lower / 2) * 2 * scale
          counts[place < Double(bins) ? Int(place) : bins - 1] &+= 1
        }
      }
      return counts
    }
    return counts.reduce(into: [Int](repeating: 0, count: bins)) { sums, part in
      for bin in sums.indices { sums[bin] += part[bin] }
    }
  }
}
