/// The right rows by key, and the key of each left row.
struct JoinIndex: Sendable {
  /// The number of each left row's key, -1 when no right row has it.
  private let leftKeys: [Int32]
  /// The rows of key `k` are `rows[starts[k]..<starts[k + 1]]`, ascending.
  private let starts: [Int32]
  private let rows: [Int32]
  let hasDuplicates: Bool

  var keyCount: Int { starts.count - 1 }

  init(_ keys: JoinKeys, workers: Workers) throws {
    let (left, right, count) = try Self.numbered(keys, workers)
    var starts = [Int32](repeating: 0, count: count + 1)
    for key in right where key >= 0 { starts[Int(key) + 1] += 1 }
    hasDuplicates = starts.contains { $0 > 1 }
    for key in 0..<count { starts[key + 1] += starts[key] }
    var next = starts
    var rows = [Int32](repeating: 0, count: Int(starts[count]))
    for (row, key) in right.enumerated() where key >= 0 {
      rows[Int(next[Int(key)])] = Int32(truncatingIfNeeded: row)
      next[Int(key)] += 1
    }
    leftKeys = left
    self.starts = starts
    self.rows = rows
  }

  /// Small numbers in place of keys: the keys themselves where they are small, else numbers in the
  /// order in which the right rows have them.
  private static func numbered(
    _ keys: JoinKeys, _ workers: Workers
  ) throws -> (left: [Int32], right: [Int32], count: Int) {
    let limit = UInt64(min(Int(Int32.max), max(65_536, 4 * keys.right.count)))
    if keys.domain <= limit {
      let small = { @Sendable (keys: [UInt64]) in
        try workers.filled(keys.count, as: Int32.self) { range, out in
          // No partner is all ones, which is -1 here too.
          for row in range { out[row] = Int32(truncatingIfNeeded: keys[row]) }
        }
      }
      return (try small(keys.left), try small(keys.right), Int(keys.domain))
    }
    var table = KeyTable(keys: keys.right.count)
    var right: [Int32] = []
    right.reserveCapacity(keys.right.count)
    for (row, key) in keys.right.enumerated() {
      if row % morselSize == 0 { try workers.check() }
      right.append(key == JoinKeys.none ? -1 : table.insert(key))
    }
    let count = table.count
    let left = try withExtendedTable(table) { table in
      try workers.filled(keys.left.count, as: Int32.self) { range, out in
        for row in range {
          let key = keys.left[row]
          out[row] = key == JoinKeys.none ? -1 : table.find(key)
        }
      }
    }
    return (left, right, count)
  }

  private static func withExtendedTable<Result>(
    _ table: consuming KeyTable, _ body: (FrozenKeys) throws -> Result
  ) rethrows -> Result {
    try body(FrozenKeys(table: table))
  }

  @inline(__always)
  func partners(_ key: Int) -> ArraySlice<Int32> { rows[Int(starts[key])..<Int(starts[key + 1])] }

  /// Calls `body` with each left row of a range and its right rows.
  @inline(__always)
  func forEach(_ range: Range<Int>, _ body: (Int, UnsafeBufferPointer<Int32>) -> Void) {
    leftKeys.withUnsafeBufferPointer { keys in
      starts.withUnsafeBufferPointer { starts in
        rows.withUnsafeBufferPointer { rows in
          let nobody = UnsafeBufferPointer(start: rows.baseAddress, count: 0)
          for row in range {
            let key = Int(keys[row])
            if key < 0 {
              body(row, nobody)
              continue
            }
            let start = Int(starts[key])
            let count = Int(starts[key + 1]) - start
            body(row, UnsafeBufferPointer(start: rows.baseAddress.map { $0 + start }, count: count))
          }
        }
      }
    }
  }

  /// Calls `body` with the key of each left row of a range that has one.
  @inline(__always)
  func forEachKey(_ range: Range<Int>, _ body: (Int) -> Void) {
    leftKeys.withUnsafeBufferPointer { keys in
      for row in range where keys[row] >= 0 { body(Int(keys[row])) }
    }
  }
}

/// A table that is only looked into any more, so that threads may share it.
// Unchecked: a class because tables cannot be copied; nothing changes it after its making.
final class FrozenKeys: @unchecked Sendable {
  private let table: KeyTable

  init(table: consuming KeyTable) { self.table = table }

  @inline(__always)
  func find(_ key: UInt64) -> Int32 { table.find(key) }
}
