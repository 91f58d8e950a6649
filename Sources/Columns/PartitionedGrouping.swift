/// Groups many different keys: rows are first dealt into parts by hash, so that each part's table
/// stays in the cache, and the groups are numbered by their first rows in the end.
enum PartitionedGrouping {
  static func groups(
    _ keys: [UInt64], _ valid: ArraySlice<Bool>?, _ workers: Workers
  ) throws -> Grouping {
    let count = keys.count
    let parts = KeyPartitions.partCount(count)
    let dealt = try KeyPartitions(keys, valid, parts: parts, workers: workers)
    let firsts = UnsafeMutablePointer<Int32>.allocate(capacity: count)
    defer { firsts.deallocate() }
    let firstOf = Shared(firsts)
    _ = try workers.map(parts) { dealt.writeFirsts($0, to: firstOf) }
    if let valid { try writeNulls(valid, to: firstOf, workers) }
    return try numbered(firstOf, count, workers)
  }

  private static func writeNulls(
    _ valid: ArraySlice<Bool>, to firstOf: Shared<Int32>, _ workers: Workers
  ) throws {
    guard let at = valid.firstIndex(of: false) else { return }
    let null = Int32(truncatingIfNeeded: at - valid.startIndex)
    try workers.forEach(valid.count) { range in
      valid.withUnsafeBufferPointer { valid in
        for row in range where !valid[row] { firstOf[row] = null }
      }
    }
  }

  /// Numbers groups, given the first row of each row's group.
  private static func numbered(
    _ firstOf: Shared<Int32>, _ count: Int, _ workers: Workers
  ) throws -> Grouping {
    let counts = try workers.morsels(of: count) { range in
      var found = 0
      for row in range { found &+= Int(firstOf[row]) == row ? 1 : 0 }
      return found
    }
    let (starts, total) = runningTotals(counts)
    let numbers = UnsafeMutablePointer<Int32>.allocate(capacity: count)
    defer { numbers.deallocate() }
    let numberOf = Shared(numbers)
    let firstRows = try [Int32](unsafeUninitializedCapacity: total) { buffer, initialized in
      guard let base = buffer.baseAddress else { return }
      let out = Shared(base)
      try workers.forEach(count) { range in
        var next = starts[range.lowerBound / morselSize]
        for row in range where Int(firstOf[row]) == row {
          numberOf[row] = Int32(truncatingIfNeeded: next)
          out[next] = Int32(truncatingIfNeeded: row)
          next += 1
        }
      }
      initialized = total
    }
    let groups = try workers.filled(count, as: Int32.self) { range, out in
      for row in range { out[row] = numberOf[Int(firstOf[row])] }
    }
    return Grouping(groupCount: total, groups: groups, firstRows: firstRows)
  }
}

/// Hashes of keys and their rows dealt into parts, in the order of rows within each part. Different
/// keys have different hashes, so that these stand for them.
struct KeyPartitions: Sendable {
  private let hashes: [UInt64]
  let rows: [Int32]
  /// Where each part begins, and the end.
  let starts: [Int]

  /// As many parts as leave some thousand rows for each; a power of two.
  static func partCount(_ count: Int) -> Int {
    min(2_048, max(1, count / 8_192).roundedUpToPowerOfTwo)
  }

  init(
    _ keys: [UInt64], _ valid: ArraySlice<Bool>?, parts: Int, withRows: Bool = true,
    workers: Workers
  ) throws {
    let shift = UInt64(64 - parts.trailingZeroBitCount)
    // With one part the shift is 64, and a smart shift by that is 0.
    let histograms = try workers.morsels(of: keys.count) { range in
      var histogram = [Int](repeating: 0, count: parts)
      keys.withUnsafeBufferPointer { keys in
        withFlags(valid) { valid in
          for row in range where valid?[row] ?? true {
            histogram[Int(truncatingIfNeeded: mixed(keys[row]) >> shift)] &+= 1
          }
        }
      }
      return histogram
    }
    var positions = histograms
    var starts: [Int] = []
    var total = 0
    for part in 0..<parts {
      starts.append(total)
      for piece in histograms.indices {
        positions[piece][part] = total
        total += histograms[piece][part]
      }
    }
    starts.append(total)
    let rowBuffer = UnsafeMutablePointer<Int32>.allocate(capacity: withRows ? total : 0)
    defer { rowBuffer.deallocate() }
    let rowOut = Shared(rowBuffer)
    let dealt = positions
    hashes = try [UInt64](unsafeUninitializedCapacity: total) { buffer, initialized in
      guard let base = buffer.baseAddress, total > 0 else { return }
      let out = Shared(base)
      try workers.forEach(keys.count) { range in
        var next = dealt[range.lowerBound / morselSize]
        next.withUnsafeMutableBufferPointer { next in
          keys.withUnsafeBufferPointer { keys in
            withFlags(valid) { valid in
              for row in range where valid?[row] ?? true {
                let hash = mixed(keys[row])
                let part = Int(truncatingIfNeeded: hash >> shift)
                let at = next[part]
                next[part] = at &+ 1
                out[at] = hash
                if withRows { rowOut[at] = Int32(truncatingIfNeeded: row) }
              }
            }
          }
        }
      }
      initialized = total
    }
    rows = withRows ? Array(UnsafeBufferPointer(start: rowBuffer, count: total)) : []
    self.starts = starts
  }

  /// Writes for each row of a part the first row with its key.
  func writeFirsts(_ part: Int, to firstOf: Shared<Int32>) {
    let range = starts[part]..<starts[part + 1]
    Self.withSlots(range.count) { slots, mask in
      hashes.withUnsafeBufferPointer { hashes in
        rows.withUnsafeBufferPointer { rows in
          for at in range {
            let hash = hashes[at]
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] >= 0, hashes[Int(slots[slot])] != hash { slot = (slot + 1) & mask }
            if slots[slot] < 0 { slots[slot] = Int32(truncatingIfNeeded: at) }
            firstOf[Int(rows[at])] = rows[Int(slots[slot])]
          }
        }
      }
    }
  }

  /// How many different keys a part has.
  func distinct(_ part: Int) -> Int {
    let range = starts[part]..<starts[part + 1]
    var found = 0
    Self.withSlots(range.count) { slots, mask in
      hashes.withUnsafeBufferPointer { hashes in
        for at in range {
          let hash = hashes[at]
          var slot = Int(truncatingIfNeeded: hash) & mask
          while slots[slot] >= 0, hashes[Int(slots[slot])] != hash { slot = (slot + 1) & mask }
          if slots[slot] < 0 {
            slots[slot] = Int32(truncatingIfNeeded: at)
            found &+= 1
          }
        }
      }
    }
    return found
  }

  private static func withSlots(
    _ count: Int, _ body: (UnsafeMutablePointer<Int32>, Int) -> Void
  ) {
    let capacity = max(16, (2 * count).roundedUpToPowerOfTwo)
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: capacity) { buffer in
      guard let base = buffer.baseAddress else { return }
      base.initialize(repeating: -1, count: capacity)
      body(base, capacity - 1)
    }
  }
}
