/// Groups keys of a small domain with tables that are addressed by the key.
enum DirectGrouping {
  /// What a piece of the rows found: its distinct places in the order of their first rows.
  private struct Found: Sendable {
    var slots: [Int32] = []
    var firstRows: [Int32] = []
  }

  /// Groups rows whose codes lie in `lowest..<lowest + domain`; a null is a group of its own.
  static func groups<Code: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ codes: ArraySlice<Code>, valid: ArraySlice<Bool>?, lowest: Code, domain: Int,
    workers: Workers
  ) throws -> Grouping {
    let count = codes.count
    let pieces = Pieces(rows: count, states: domain)
    var firstRows: [Int32] = []
    let groups = try [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
      guard let base = buffer.baseAddress, count > 0 else { return }
      let out = Shared(base)
      let found = try workers.map(pieces.count) { piece in
        try number(
          codes, valid: valid, lowest: lowest, domain: domain, pieces[piece], to: out, workers)
      }
      initialized = count
      firstRows = found[0].firstRows
      guard found.count > 1 else { return }
      var table = [Int32](repeating: -1, count: domain + 1)
      firstRows = []
      let maps = found.map { part in
        zip(part.slots, part.firstRows).map { slot, row in
          if table[Int(slot)] < 0 {
            table[Int(slot)] = Int32(truncatingIfNeeded: firstRows.count)
            firstRows.append(row)
          }
          return table[Int(slot)]
        }
      }
      try renumber(out, pieces, maps, workers)
    }
    return Grouping(groupCount: firstRows.count, groups: groups, firstRows: firstRows)
  }

  /// Replaces the numbers that each piece gave by those of the whole.
  static func renumber(
    _ groups: Shared<Int32>, _ pieces: Pieces, _ maps: [[Int32]], _ workers: Workers
  ) throws {
    _ = try workers.map(pieces.count) { piece in
      let map = maps[piece]
      if map.enumerated().allSatisfy({ $0 == Int($1) }) { return }
      map.withUnsafeBufferPointer { map in
        for row in pieces[piece] { groups[row] = map[Int(groups[row])] }
      }
    }
  }

  /// Numbers the rows of one piece in the order in which its keys are first met.
  private static func number<Code: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ codes: ArraySlice<Code>, valid: ArraySlice<Bool>?, lowest: Code, domain: Int,
    _ range: Range<Int>, to out: Shared<Int32>, _ workers: Workers
  ) throws -> Found {
    var found = Found()
    let table = UnsafeMutablePointer<Int32>.allocate(capacity: domain + 1)
    table.initialize(repeating: -1, count: domain + 1)
    defer { table.deallocate() }
    for start in stride(from: range.lowerBound, to: range.upperBound, by: 1 << 20) {
      try workers.check()
      codes.withUnsafeBufferPointer { codes in
        withFlags(valid) { valid in
          for row in start..<min(range.upperBound, start + 1 << 20) {
            let slot =
              valid?[row] ?? true ? Int(truncatingIfNeeded: codes[row] &- lowest) : domain
            var group = table[slot]
            if group < 0 {
              group = Int32(truncatingIfNeeded: found.slots.count)
              table[slot] = group
              found.slots.append(Int32(truncatingIfNeeded: slot))
              found.firstRows.append(Int32(truncatingIfNeeded: row))
            }
            out[row] = group
          }
        }
      }
    }
    return found
  }
}
