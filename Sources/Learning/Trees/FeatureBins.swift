import Columns

/// How one feature's values become bins (one byte each).
struct FeatureBins: Sendable {
  enum Rule: Sendable {
    /// Bin `b` holds values up to `edges[b]`; null has the bin after the last.
    case edges([Double])
    /// Bin `b` holds level `b`; then null, then levels that have no bin of their own.
    case levels(LevelIndex)
  }

  var name: String
  /// The position among all features of training.
  var position: Int
  var rule: Rule
  /// Bins that occur in training, null and other levels counted as one each.
  var used: Int

  /// Bins of values.
  var valueBins: Int {
    switch rule {
    case .edges(let edges): edges.count
    case .levels(let index): index.count
    }
  }
  var nullBin: Int { valueBins }
  /// All bins, including those for null and other levels.
  var binCount: Int {
    switch rule {
    case .edges: valueBins + 1
    case .levels: valueBins + 2
    }
  }
  var isCategory: Bool { if case .levels = rule { true } else { false } }

  /// What `bins` bins of a column would be. Looks at no more than about `sample` rows of numbers.
  static func find(
    _ column: Column, name: String, position: Int, bins: Int, sample: Int, workers: Workers
  ) throws -> FeatureBins {
    let nulls = column.nullCount
    if case .text(let values) = column.asText {
      let (index, isComplete) = try FrequentLevels.find(
        values, most: min(bins, 254), workers: workers)
      return FeatureBins(
        name: name, position: position, rule: .levels(index),
        used: index.count + (nulls > 0 ? 1 : 0) + (isComplete ? 0 : 1))
    }
    guard let reader = NumberReader(column) else {
      throw DataError(
        "column-type",
        "boosting takes bool, int, number, text and category columns; \(name) is \(column.type.rawValue)",
        help: "leave \(name) out or derive numbers from it", column: name)
    }
    var (keys, hasGaps) = try sampled(reader, rows: column.count, most: sample, workers: workers)
    OrderedKeys.sort(&keys)
    let edges = BinEdges.find(sorted: keys, bins: bins)
    return FeatureBins(
      name: name, position: position, rule: .edges(edges),
      used: edges.count + (nulls > 0 || hasGaps ? 1 : 0))
  }

  /// Keys of the values of some rows, spread evenly over all, one at a random place of each stretch.
  private static func sampled(
    _ reader: NumberReader, rows: Int, most: Int, workers: Workers
  ) throws -> (keys: [UInt64], hasGaps: Bool) {
    let size = 8192
    var hasGaps = false
    var keys: [UInt64] = []
    keys.reserveCapacity(min(rows, most))
    let buffer = Storage<Double>(repeating: 0, count: size)
    var taken = 0
    let wanted = min(rows, most)
    for start in stride(from: 0, to: rows, by: size) {
      try workers.check()
      let end = min(rows, start + size)
      if reader.read(start..<end, to: buffer.base) { hasGaps = true }
      if wanted == rows {
        for row in 0..<end - start where !buffer.base[row].isNaN {
          keys.append(OrderedKeys.key(finite(buffer.base[row])))
        }
        continue
      }
      while taken < wanted {
        let low = taken * rows / wanted
        let high = (taken + 1) * rows / wanted
        let row = low + Int(mixed(UInt64(taken)) % UInt64(high - low))
        guard row < end else { break }
        // A stretch that began in the block before may name a row there: take the first row instead.
        let value = buffer.base[max(0, row - start)]
        if !value.isNaN { keys.append(OrderedKeys.key(finite(value))) }
        taken += 1
      }
    }
    return (keys, hasGaps)
  }
}

/// Infinite values count as the largest finite ones, so that differences of values and edges have a
/// sign.
@inline(__always)
private func finite(_ value: Double) -> Double {
  min(max(value, -.greatestFiniteMagnitude), .greatestFiniteMagnitude)
}

/// Turns a column's rows into bins.
struct BinReader: Sendable {
  private let numbers: NumberReader?
  private let edges: [Double]
  private let levels: LevelReader?
  private let nullBin: UInt8

  init?(_ column: Column, _ bins: FeatureBins) {
    nullBin = UInt8(bins.nullBin)
    switch bins.rule {
    case .edges(let edges):
      guard let reader = NumberReader(column) else { return nil }
      numbers = reader
      levels = nil
      // Filled up to a power of two so that the search has no branches.
      var size = 1
      while size < edges.count { size *= 2 }
      self.edges = edges + [Double](repeating: .infinity, count: size - edges.count)
    case .levels(let index):
      guard
        let reader = LevelReader(
          column, index: index, none: nullBin, other: nullBin + 1)
      else { return nil }
      numbers = nil
      levels = reader
      edges = []
    }
  }

  /// `scratch` has room for the rows of the range.
  func read(
    _ range: Range<Int>, scratch: UnsafeMutablePointer<Double>, to out: UnsafeMutablePointer<UInt8>
  ) {
    if let levels {
      levels.read(range, to: out)
      return
    }
    guard let numbers else { return }
    let hasGaps = numbers.read(range, to: scratch)
    edges.withUnsafeBufferPointer { edges in
      guard let base = edges.baseAddress else { return }
      let half = edges.count / 2
      for row in 0..<range.count {
        let value = finite(scratch[row])
        var at = 0
        var step = half
        while step > 0 {
          // The sign of the difference instead of a choice: compilers make a branch of that, and
          // it is guessed wrong half the time.
          let isAbove = Int(bitPattern: UInt((base[at &+ step &- 1] - value).bitPattern)) &>> 63
          at &+= step & isAbove
          step >>= 1
        }
        out[row] = UInt8(truncatingIfNeeded: at)
      }
    }
    if hasGaps {
      for row in 0..<range.count where scratch[row].isNaN { out[row] = nullBin }
    }
  }
}
