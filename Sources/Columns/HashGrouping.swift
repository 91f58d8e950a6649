/// Groups 64-bit keys by hashing.
enum HashGrouping {
  private struct Found: Sendable {
    var keys: [UInt64] = []
    var firstRows: [Int32] = []
    /// The number that the piece gave to null, or -1.
    var null: Int32 = -1
  }

  /// Groups equal keys; a null is a group of its own.
  static func groups(
    _ keys: [UInt64], valid: ArraySlice<Bool>?, workers: Workers
  ) throws -> Grouping {
    let count = keys.count
    guard count > 0 else { return Grouping(groupCount: 0, groups: [], firstRows: []) }
    // Many different keys in the first rows: tables of the whole would not stay in the cache.
    if count > 2 * morselSize {
      var table = KeyTable()
      for row in 0..<16_384 { _ = table.insert(keys[row]) }
      if table.count > 4_096 { return try PartitionedGrouping.groups(keys, valid, workers) }
    }
    let pieces = Pieces(rows: count, states: 0)
    var firstRows: [Int32] = []
    let groups = try [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
      guard let base = buffer.baseAddress else { return }
      let out = Shared(base)
      let found = try workers.map(pieces.count) {
        number(keys, valid, pieces[$0], to: out)
      }
      initialized = count
      firstRows = found[0].firstRows
      guard found.count > 1 else { return }
      firstRows = []
      let maps = join(found, &firstRows)
      try DirectGrouping.renumber(out, pieces, maps, workers)
    }
    return Grouping(groupCount: firstRows.count, groups: groups, firstRows: firstRows)
  }

  private static func join(_ found: [Found], _ firstRows: inout [Int32]) -> [[Int32]] {
    var table = KeyTable()
    var numbers: [Int32] = []
    var null: Int32 = -1
    var maps: [[Int32]] = []
    for part in found {
      var map: [Int32] = []
      for place in part.keys.indices {
        if Int32(place) == part.null {
          if null < 0 {
            null = Int32(truncatingIfNeeded: firstRows.count)
            firstRows.append(part.firstRows[place])
          }
          map.append(null)
          continue
        }
        let number = Int(table.insert(part.keys[place]))
        if number == numbers.count {
          numbers.append(Int32(truncatingIfNeeded: firstRows.count))
          firstRows.append(part.firstRows[place])
        }
        map.append(numbers[number])
      }
      maps.append(map)
    }
    return maps
  }

  /// Numbers the rows of one piece in the order in which its keys are first met.
  private static func number(
    _ keys: [UInt64], _ valid: ArraySlice<Bool>?, _ range: Range<Int>, to out: Shared<Int32>
  ) -> Found {
    var found = Found()
    var table = KeyTable()
    // Once null has a number, the numbers of later keys are one more than the table's.
    var shift: Int32 = 0
    var shiftFrom = Int32.max
    keys.withUnsafeBufferPointer { keys in
      withFlags(valid) { valid in
        for row in range {
          if let valid, !valid[row] {
            if found.null < 0 {
              found.null = Int32(truncatingIfNeeded: found.keys.count)
              shiftFrom = found.null
              shift = 1
              found.keys.append(0)
              found.firstRows.append(Int32(truncatingIfNeeded: row))
            }
            out[row] = found.null
            continue
          }
          let known = table.count
          let plain = table.insert(keys[row])
          let number = plain >= shiftFrom ? plain &+ shift : plain
          if Int(plain) == known {
            found.keys.append(keys[row])
            found.firstRows.append(Int32(truncatingIfNeeded: row))
          }
          out[row] = number
        }
      }
    }
    return found
  }

  /// Groups rows by hashes of values that `isEqual` compares: exact even when hashes collide.
  @inline(__always)
  static func groups(
    _ hashes: [UInt64], valid: ArraySlice<Bool>?, workers: Workers,
    isEqual: @escaping @Sendable (Int, Int) -> Bool
  ) throws -> Grouping {
    let grouping = try groups(hashes, valid: valid, workers: workers)
    let holds = try workers.morsels(of: hashes.count) { range in
      grouping.groups.withUnsafeBufferPointer { groups in
        grouping.firstRows.withUnsafeBufferPointer { firstRows in
          withFlags(valid) { valid in
            range.allSatisfy { row in
              let first = Int(firstRows[Int(groups[row])])
              return first == row || !(valid?[row] ?? true) || isEqual(first, row)
            }
          }
        }
      }
    }
    if holds.allSatisfy({ $0 }) { return grouping }
    return compared(grouping, valid, isEqual)
  }

  /// Splits the groups of equal hashes by comparing values: the rare case of a collision.
  private static func compared(
    _ grouping: Grouping, _ valid: ArraySlice<Bool>?, _ isEqual: (Int, Int) -> Bool
  ) -> Grouping {
    var kinds = [[Int32]](repeating: [], count: grouping.groupCount)
    var firstRows: [Int32] = []
    var groups: [Int32] = []
    groups.reserveCapacity(grouping.groups.count)
    for (row, group) in grouping.groups.enumerated() {
      let isNull = valid.map { !$0[$0.startIndex + row] } ?? false
      let known = kinds[Int(group)].first { isNull || isEqual(Int(firstRows[Int($0)]), row) }
      if let known {
        groups.append(known)
      } else {
        let number = Int32(truncatingIfNeeded: firstRows.count)
        kinds[Int(group)].append(number)
        firstRows.append(Int32(truncatingIfNeeded: row))
        groups.append(number)
      }
    }
    return Grouping(groupCount: firstRows.count, groups: groups, firstRows: firstRows)
  }
}
