import Glibc

/// Quantiles of each group by linear interpolation between the two nearest values (type 7 of Hyndman
/// and Fan 1996).
enum GroupQuantiles {
  /// A column for each share; shares are ascending. Dates, times and durations are interpolated to
  /// the nearest whole unit.
  static func columns(
    _ shares: [Double], _ column: Column, _ grouping: Grouping?, _ workers: Workers
  ) throws -> [Column] {
    guard let bits = try column.orderedBits(workers: workers) else {
      preconditionFailure("the type was checked")
    }
    return try columns(shares, column, bits, grouping, workers)
  }

  /// The same over all rows, given the column's ordered bits.
  static func columns(
    _ shares: [Double], _ column: Column, _ bits: [UInt64], _ workers: Workers
  ) throws -> [Column] {
    try columns(shares, column, bits, nil, workers)
  }

  private static func columns(
    _ shares: [Double], _ column: Column, _ bits: [UInt64], _ grouping: Grouping?,
    _ workers: Workers
  ) throws -> [Column] {
    let sums = GroupSums(grouping, rows: column.count, workers: workers)
    let counts = try sums.counts(column.valid)
    let interpolate = Interpolation(column.type)
    let values = try segments(bits, column.valid, grouping, counts, workers) { keys, count in
      try quantiles(shares, keys, count, interpolate, workers)
    }
    let valid = AggregateRun.flags(counts, least: 1)
    return shares.indices.map { share in
      let bits = values.map { $0.isEmpty ? 0 : $0[share] }
      switch column.type {
      case .time: return .time(Values(bits.map { OrderedBits.int($0) }[...], valid: valid))
      case .duration: return .duration(Values(bits.map { OrderedBits.int($0) }[...], valid: valid))
      case .date:
        return .date(
          Values(bits.map { Int32(truncatingIfNeeded: OrderedBits.int($0)) }[...], valid: valid))
      default: return .number(Values(bits.map { OrderedBits.number($0) }[...], valid: valid))
      }
    }
  }

  /// How to go between two values given as ordered bits.
  struct Interpolation: Sendable {
    let isNumber: Bool
    let isWhole: Bool

    init(_ type: ColumnType) {
      isNumber = type == .number
      isWhole = type.isTemporal || type == .duration
    }

    /// Ordered bits of the result: of an integer for whole types, of a number for others.
    func between(_ lower: UInt64, _ upper: UInt64, _ part: Double) -> UInt64 {
      if isWhole {
        if lower == upper || part == 0 { return lower }
        let from = OrderedBits.int(lower)
        let span = Double(upper - lower)
        return OrderedBits.of(from &+ Int64((part * span).rounded(.toNearestOrEven)))
      }
      let a = isNumber ? OrderedBits.number(lower) : Double(OrderedBits.int(lower))
      if lower == upper || part == 0 { return OrderedBits.of(a) }
      let b = isNumber ? OrderedBits.number(upper) : Double(OrderedBits.int(upper))
      let step = b - a
      return OrderedBits.of(step.isFinite ? a + part * step : a * (1 - part) + b * part)
    }
  }

  /// Up to so many keys are put into another order, more are only read.
  private static let small = 32_768

  /// Quantiles of keys.
  static func quantiles(
    _ shares: [Double], _ keys: Shared<UInt64>, _ count: Int, _ interpolate: Interpolation,
    _ workers: Workers
  ) throws -> [UInt64] {
    guard count > 0 else { return [] }
    var ranks: [Int] = []
    for share in shares {
      let place = share * Double(count - 1)
      let lower = Int(place)
      for rank in [lower, min(lower + 1, count - 1)] where rank > ranks.last ?? -1 {
        ranks.append(rank)
      }
    }
    let values: [UInt64]
    if count <= small {
      QuickSelect.place(ranks, in: UnsafeMutableBufferPointer(start: keys.base, count: count))
      values = ranks.map { keys[$0] }
    } else {
      values = try RankSelection.values(at: ranks, of: keys, count: count, workers: workers)
    }
    let valueAt = Dictionary(zip(ranks, values)) { first, _ in first }
    return shares.map { share in
      let place = share * Double(count - 1)
      let lower = Int(place)
      let a = valueAt[lower] ?? values[0]
      let b = valueAt[min(lower + 1, count - 1)] ?? a
      return interpolate.between(a, b, place - Double(lower))
    }
  }

  /// Calls `body` with the keys of each group that are not null.
  private static func segments(
    _ bits: [UInt64], _ valid: ArraySlice<Bool>?, _ grouping: Grouping?, _ counts: [Int],
    _ workers: Workers, _ body: @Sendable (Shared<UInt64>, Int) throws -> [UInt64]
  ) throws -> [[UInt64]] {
    let (starts, total) = runningTotals(counts)
    if grouping == nil, valid == nil {
      return [
        try bits.withUnsafeBufferPointer { bits in
          guard let base = bits.baseAddress, total > small else {
            var copy = Array(bits)
            return try copy.withUnsafeMutableBufferPointer { copy in
              try copy.baseAddress.map { try body(Shared($0), total) } ?? []
            }
          }
          // So many keys are only read.
          return try body(Shared(UnsafeMutablePointer(mutating: base)), total)
        }
      ]
    }
    // One place more: whatever is compacted is written before it is known to be kept.
    let keys = UnsafeMutablePointer<UInt64>.allocate(capacity: total + 1)
    defer { keys.deallocate() }
    let out = Shared(keys)
    if let grouping {
      try deal(bits, valid, grouping, starts, to: out, workers)
    } else {
      compact(bits, valid, to: out)
      return [try body(out, total)]
    }
    // Some thousand rows at a time, whatever the number of groups.
    let batch = max(1, counts.count / max(1, total / 16_384))
    return try workers.morsels(of: counts.count, size: batch) { groups in
      try groups.map { try body(Shared(out.base + starts[$0]), counts[$0]) }
    }.flatMap { $0 }
  }

  /// Moves the keys that are not null together.
  private static func compact(
    _ bits: [UInt64], _ valid: ArraySlice<Bool>?, to out: Shared<UInt64>
  ) {
    guard let valid else {
      for row in bits.indices { out[row] = bits[row] }
      return
    }
    valid.withUnsafeBytes { flags in
      bits.withUnsafeBufferPointer { bits in
        var next = 0
        for row in bits.indices {
          out[next] = bits[row]
          next &+= Int(flags[row])
        }
      }
    }
  }

  private static func deal(
    _ bits: [UInt64], _ valid: ArraySlice<Bool>?, _ grouping: Grouping, _ starts: [Int],
    to out: Shared<UInt64>, _ workers: Workers
  ) throws {
    var next = starts
    try next.withUnsafeMutableBufferPointer { next in
      for lower in stride(from: 0, to: bits.count, by: 1 << 20) {
        try workers.check()
        withFlags(valid) { valid in
          bits.withUnsafeBufferPointer { bits in
            grouping.groups.withUnsafeBufferPointer { groups in
              for row in lower..<min(lower + 1 << 20, bits.count) where valid?[row] ?? true {
                let group = Int(groups[row])
                out[next[group]] = bits[row]
                next[group] &+= 1
              }
            }
          }
        }
      }
    }
  }
}

/// Puts the values of some places of the order there (Hoare's selection).
enum QuickSelect {
  /// Afterwards each rank holds what it would if all were sorted. Ranks are ascending.
  static func place(_ ranks: [Int], in keys: UnsafeMutableBufferPointer<UInt64>) {
    var lower = 0
    for rank in ranks {
      place(rank, in: keys, lower, keys.count - 1)
      lower = rank + 1
    }
  }

  private static func place(
    _ rank: Int, in keys: UnsafeMutableBufferPointer<UInt64>, _ first: Int, _ last: Int
  ) {
    var first = first
    var last = last
    // Unlucky pivots end in a sort, so that no order of the data takes quadratic time.
    var patience = 2 * (Int.bitWidth - keys.count.leadingZeroBitCount)
    while last - first > 12 {
      patience -= 1
      if patience == 0 { break }
      let pivot = median(keys[first], keys[(first + last) / 2], keys[last])
      var i = first
      var j = last
      while i <= j {
        while keys[i] < pivot { i += 1 }
        while keys[j] > pivot { j -= 1 }
        if i <= j {
          keys.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if rank <= j {
        last = j
      } else if rank >= i {
        first = i
      } else {
        return
      }
    }
    guard last > first else { return }
    var rest = UnsafeMutableBufferPointer(rebasing: keys[first...last])
    rest.sort()
  }

  private static func median(_ a: UInt64, _ b: UInt64, _ c: UInt64) -> UInt64 {
    max(min(a, b), min(max(a, b), c))
  }
}
