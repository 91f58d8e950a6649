/// The values at some places of the order, without sorting all.
enum RankSelection {
  private static let small = 2_048

  /// The values that stand at the 0-based `ranks` when `keys` are sorted. Ranks are ascending.
  static func values(at ranks: [Int], of keys: [UInt64], workers: Workers) throws -> [UInt64] {
    try keys.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return [] }
      return try values(
        at: ranks, of: Shared(UnsafeMutablePointer(mutating: base)), count: keys.count,
        workers: workers)
    }
  }

  /// The same of keys in memory, which are only read.
  static func values(
    at ranks: [Int], of keys: Shared<UInt64>, count: Int, workers: Workers
  ) throws -> [UInt64] {
    precondition(ranks.allSatisfy { 0..<count ~= $0 }, "ranks lie within the values")
    if count <= small {
      let sorted = Array(UnsafeBufferPointer(start: keys.base, count: count)).sorted()
      return ranks.map { sorted[$0] }
    }
    let bounds = try workers.morsels(of: count) { range in
      var lower = UInt64.max
      var upper = UInt64.min
      for row in range {
        lower = keys[row] < lower ? keys[row] : lower
        upper = keys[row] > upper ? keys[row] : upper
      }
      return [lower, upper]
    }
    let lower = bounds.reduce(UInt64.max) { min($0, $1[0]) }
    let upper = bounds.reduce(UInt64.min) { max($0, $1[1]) }
    if lower == upper { return ranks.map { _ in lower } }
    let bits = 64 - (upper - lower).leadingZeroBitCount
    let shift = UInt64(max(0, bits - 14))
    let buckets = Int((upper - lower) >> shift) + 1
    let sizes = try sizes(keys, count, lower, shift, buckets, workers)
    let (starts, _) = runningTotals(sizes)
    return try chosen(ranks, keys, count, lower, shift, (starts, sizes), workers)
  }

  private static func sizes(
    _ keys: Shared<UInt64>, _ count: Int, _ lower: UInt64, _ shift: UInt64, _ buckets: Int,
    _ workers: Workers
  ) throws -> [Int] {
    let parts = try workers.morsels(of: count) { range in
      [Int32](count: buckets) { sizes in
        sizes.base.initialize(repeating: 0, count: buckets)
        for row in range {
          sizes[Int(truncatingIfNeeded: (keys[row] &- lower) >> shift)] &+= 1
        }
      }
    }
    var sizes = [Int](repeating: 0, count: buckets)
    for part in parts {
      for bucket in 0..<buckets { sizes[bucket] += Int(part[bucket]) }
    }
    return sizes
  }

  /// Looks for each rank in the bucket that holds it.
  private static func chosen(
    _ ranks: [Int], _ keys: Shared<UInt64>, _ count: Int, _ lower: UInt64, _ shift: UInt64,
    _ buckets: (starts: [Int], sizes: [Int]), _ workers: Workers
  ) throws -> [UInt64] {
    var wanted: [(bucket: Int, ranks: [Int])] = []
    var bucket = 0
    for rank in ranks {
      while rank >= buckets.starts[bucket] + buckets.sizes[bucket] { bucket += 1 }
      if wanted.last?.bucket == bucket {
        wanted[wanted.count - 1].ranks.append(rank - buckets.starts[bucket])
      } else {
        wanted.append((bucket, [rank - buckets.starts[bucket]]))
      }
    }
    if shift == 0 {
      return wanted.flatMap { entry in
        entry.ranks.map { _ in lower + UInt64(entry.bucket) }
      }
    }
    let gathered = try gather(keys, count, lower, shift, wanted.map(\.bucket), workers)
    return try zip(wanted, gathered).flatMap { entry, part in
      try values(at: entry.ranks, of: part, workers: workers)
    }
  }

  /// The keys of some buckets.
  private static func gather(
    _ keys: Shared<UInt64>, _ count: Int, _ lower: UInt64, _ shift: UInt64, _ buckets: [Int],
    _ workers: Workers
  ) throws -> [[UInt64]] {
    var isWanted = [UInt8](repeating: 0, count: (buckets.last ?? 0) + 2)
    for bucket in buckets { isWanted[bucket] = 1 }
    let flags = isWanted
    let beyond = flags.count - 1
    // Every key is written, each over the last one that was not wanted, so that nothing branches.
    let parts = try workers.morsels(of: count) { range in
      [UInt64](unsafeUninitializedCapacity: range.count) { found, kept in
        flags.withUnsafeBufferPointer { flags in
          for row in range {
            let bucket = Int(truncatingIfNeeded: (keys[row] &- lower) >> shift)
            found[kept] = keys[row]
            kept &+= Int(flags[bucket < beyond ? bucket : beyond])
          }
        }
      }
    }
    return buckets.map { bucket in
      parts.flatMap { part in
        part.filter { Int(truncatingIfNeeded: ($0 &- lower) >> shift) == bucket }
      }
    }
  }
}
