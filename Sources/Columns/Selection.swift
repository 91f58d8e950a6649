/// Rows picked by a condition.
package enum Selection {
  /// The rows where the condition is true, and for how many it was null.
  package static func rows(
    where mask: Values<Bool>, workers: Workers = .serial
  ) throws -> (rows: [Int32], nulls: Int) {
    let count = mask.count
    guard count > 0 else { return ([], 0) }
    let tallies = try workers.morsels(of: count) { tally(mask, $0) }
    let (starts, total) = runningTotals(tallies.map(\.kept))
    let nulls = tallies.reduce(0) { $0 + $1.nulls }
    if total == count { return (Array(0..<Int32(truncatingIfNeeded: count)), 0) }
    let rows = try [Int32](unsafeUninitializedCapacity: total) { buffer, initialized in
      guard let base = buffer.baseAddress, total > 0 else { return }
      let out = Shared(base)
      try workers.forEach(count) { range in
        write(mask, range, to: out.base + starts[range.lowerBound / morselSize])
      }
      initialized = total
    }
    return (rows, nulls)
  }

  private static func tally(_ mask: Values<Bool>, _ range: Range<Int>) -> (kept: Int, nulls: Int) {
    withBytes(mask) { elements, valid in
      var kept = 0
      guard let valid else {
        for row in range { kept &+= Int(elements[row]) }
        return (kept, 0)
      }
      var known = 0
      for row in range {
        known &+= Int(valid[row])
        kept &+= Int(elements[row] & valid[row])
      }
      return (kept, range.count - known)
    }
  }

  /// Writes the true rows one after the other. A block is written whether true or not, each row over
  /// the last one that was not, so that no branch depends on the data.
  private static func write(
    _ mask: Values<Bool>, _ range: Range<Int>, to out: UnsafeMutablePointer<Int32>
  ) {
    let blockSize = 512
    var at = out
    withBytes(mask) { elements, valid in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: blockSize + 1) { block in
        guard let base = block.baseAddress else { return }
        for start in stride(from: range.lowerBound, to: range.upperBound, by: blockSize) {
          let end = min(start + blockSize, range.upperBound)
          var kept = 0
          if let valid {
            for row in start..<end {
              base[kept] = Int32(truncatingIfNeeded: row)
              kept &+= Int(elements[row] & valid[row])
            }
          } else {
            for row in start..<end {
              base[kept] = Int32(truncatingIfNeeded: row)
              kept &+= Int(elements[row])
            }
          }
          at.update(from: base, count: kept)
          at += kept
        }
      }
    }
  }

  /// Bools as bytes of 0 and 1, which add up without a branch.
  @inline(__always)
  private static func withBytes<Result>(
    _ mask: Values<Bool>, _ body: (UnsafePointer<UInt8>, UnsafePointer<UInt8>?) -> Result
  ) -> Result {
    mask.elements.withUnsafeBytes { elements in
      guard let elements = elements.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
        preconditionFailure("only masks with rows are read")
      }
      return withFlags(mask.valid) { valid in
        body(elements, valid.map { UnsafeRawPointer($0).assumingMemoryBound(to: UInt8.self) })
      }
    }
  }
}

extension Table {
  /// The rows where the condition is true; rows where it is null are dropped too.
  package func filtered(by mask: Values<Bool>, workers: Workers) throws -> Table {
    precondition(mask.count == rowCount, "a condition has a value for each row")
    return try taking(Selection.rows(where: mask, workers: workers).rows, workers: workers)
  }
}
