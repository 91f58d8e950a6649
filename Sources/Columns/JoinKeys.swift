/// The keys of both sides of a join as numbers below `domain`: equal numbers are equal keys.
struct JoinKeys: Sendable {
  /// The key of a row that has no partner: null, or a value that the other side does not have.
  static let none = UInt64.max

  var left: [UInt64]
  var right: [UInt64]
  var domain: UInt64

  /// - Precondition: as many columns on both sides.
  init(
    _ left: [Column], _ right: [Column], leftCount: Int, rightCount: Int, workers: Workers
  ) throws {
    precondition(left.count == right.count, "keys come in pairs")
    precondition(
      left.allSatisfy { $0.count == leftCount } && right.allSatisfy { $0.count == rightCount },
      "keys have a value for each row")
    self.left = [UInt64](repeating: 0, count: leftCount)
    self.right = [UInt64](repeating: 0, count: rightCount)
    domain = 1
    for (position, pair) in zip(left, right).enumerated() {
      let next = try Self.pair(pair.0, pair.1, workers)
      if position == 0 {
        self = next
      } else {
        try combine(next, workers)
      }
    }
  }

  private init(left: [UInt64], right: [UInt64], domain: UInt64) {
    self.left = left
    self.right = right
    self.domain = domain
  }

  /// Makes this key and another one key: digits of a number.
  private mutating func combine(_ next: JoinKeys, _ workers: Workers) throws {
    var next = next
    if domain.multipliedReportingOverflow(by: next.domain).overflow { try makeDense(workers) }
    if domain.multipliedReportingOverflow(by: next.domain).overflow { try next.makeDense(workers) }
    let factor = next.domain
    func joined(_ high: [UInt64], _ low: [UInt64]) throws -> [UInt64] {
      try workers.filled(high.count) { range, out in
        for row in range {
          let isNone = high[row] == Self.none || low[row] == Self.none
          out[row] = isNone ? Self.none : high[row] &* factor &+ low[row]
        }
      }
    }
    left = try joined(left, next.left)
    right = try joined(right, next.right)
    domain *= factor
  }

  /// Numbers the different keys of the right side.
  private mutating func makeDense(_ workers: Workers) throws {
    var table = KeyTable(keys: right.count)
    for row in right.indices where right[row] != Self.none {
      right[row] = UInt64(truncatingIfNeeded: table.insert(right[row]))
    }
    domain = UInt64(max(1, table.count))
    let frozen = FrozenKeys(table: table)
    let keys = left
    left = try workers.filled(keys.count) { range, out in
      for row in range {
        let number = keys[row] == Self.none ? -1 : frozen.find(keys[row])
        out[row] = number < 0 ? Self.none : UInt64(truncatingIfNeeded: number)
      }
    }
  }

  private static func pair(_ left: Column, _ right: Column, _ workers: Workers) throws -> JoinKeys {
    switch (left, right) {
    case (.int, .int), (.bool, .bool), (.date, .date), (.time, .time), (.duration, .duration),
      (.number, .number):
      return try ofBits(
        left.orderedBits(workers: workers) ?? [], left.valid,
        right.orderedBits(workers: workers) ?? [], right.valid, workers)
    case (.int, .number(let values)):
      let whole = try wholeNumbers(values, workers)
      return try ofBits(
        left.orderedBits(workers: workers) ?? [], left.valid, whole.bits, whole.valid, workers)
    case (.number(let values), .int):
      let whole = try wholeNumbers(values, workers)
      return try ofBits(
        whole.bits, whole.valid, right.orderedBits(workers: workers) ?? [], right.valid, workers)
    case (.text(let a), .text(let b)), (.text(let a), .category(let b)),
      (.category(let a), .text(let b)), (.category(let a), .category(let b)):
      return try ofTexts(a, b, workers)
    default:
      throw DataError(
        "type-mismatch", "a key of type \(left.type) cannot equal one of type \(right.type)",
        help: "cast one side to the type of the other")
    }
  }

  /// The ordered bits of ints that numbers are equal to; others are treated as null.
  private static func wholeNumbers(
    _ values: Values<Double>, _ workers: Workers
  ) throws -> (bits: [UInt64], valid: ArraySlice<Bool>?) {
    let isWhole = try workers.filled(values.count, as: Bool.self) { range, out in
      values.elements.withUnsafeBufferPointer { elements in
        withFlags(values.valid) { valid in
          for row in range {
            out[row] = valid?[row] ?? true && Int64(exactly: elements[row]) != nil
          }
        }
      }
    }
    let bits = try workers.filled(values.count, as: UInt64.self) { range, out in
      values.elements.withUnsafeBufferPointer { elements in
        for row in range {
          out[row] = isWhole[row] ? OrderedBits.of(Int64(exactly: elements[row]) ?? 0) : 0
        }
      }
    }
    return (bits, isWhole[...])
  }

  /// Keys from the least of the right side on; what lies outside of it has no partner.
  private static func ofBits(
    _ left: [UInt64], _ leftValid: ArraySlice<Bool>?, _ right: [UInt64],
    _ rightValid: ArraySlice<Bool>?, _ workers: Workers
  ) throws -> JoinKeys {
    guard
      let bounds = try Values(right[...], valid: rightValid).bounds(workers: workers)
    else {
      return JoinKeys(
        left: [UInt64](repeating: none, count: left.count),
        right: [UInt64](repeating: none, count: right.count), domain: 1)
    }
    let span = bounds.upper - bounds.lower
    func keys(_ bits: [UInt64], _ valid: ArraySlice<Bool>?) throws -> [UInt64] {
      try workers.filled(bits.count) { range, out in
        bits.withUnsafeBufferPointer { bits in
          withFlags(valid) { valid in
            for row in range {
              let key = bits[row] &- bounds.lower
              out[row] = key <= span && valid?[row] ?? true ? key : none
            }
          }
        }
      }
    }
    guard span < .max - 1 else { return try ofWideBits(left, leftValid, right, rightValid) }
    return JoinKeys(
      left: try keys(left, leftValid), right: try keys(right, rightValid), domain: span + 1)
  }

  /// Keys that fill all 64 bits, so that none is left for rows without a partner.
  private static func ofWideBits(
    _ left: [UInt64], _ leftValid: ArraySlice<Bool>?, _ right: [UInt64],
    _ rightValid: ArraySlice<Bool>?
  ) throws -> JoinKeys {
    var table = KeyTable(keys: right.count)
    let rightKeys = withFlags(rightValid) { valid in
      right.indices.map {
        valid?[$0] ?? true ? UInt64(truncatingIfNeeded: table.insert(right[$0])) : none
      }
    }
    let leftKeys = withFlags(leftValid) { valid in
      left.indices.map {
        let number = valid?[$0] ?? true ? table.find(left[$0]) : -1
        return number < 0 ? none : UInt64(truncatingIfNeeded: number)
      }
    }
    return JoinKeys(left: leftKeys, right: rightKeys, domain: UInt64(max(1, table.count)))
  }

  /// Keys are the groups of the right side.
  private static func ofTexts(
    _ left: TextValues, _ right: TextValues, _ workers: Workers
  ) throws -> JoinKeys {
    let grouping = try Grouping.of([.text(right)], count: right.count, workers: workers)
    let groups = grouping.groups
    let rightKeys = try workers.filled(right.count, as: UInt64.self) { range, out in
      withFlags(right.valid) { valid in
        for row in range { out[row] = valid?[row] ?? true ? UInt64(groups[row]) : none }
      }
    }
    let lookup = TextLookup(right, grouping.firstRows)
    return JoinKeys(
      left: try lookup.keys(left, workers), right: rightKeys,
      domain: UInt64(max(1, grouping.groupCount)))
  }
}

/// Finds the number of a text among different ones.
private struct TextLookup: Sendable {
  private let texts: TextValues
  private let rows: [Int32]
  private let hashes: [UInt64]
  /// The number plus one by the low bits of the hash and then the next free place.
  private let slots: [UInt32]

  /// The numbers are those of the rows; null rows are left out.
  init(_ texts: TextValues, _ rows: [Int32]) {
    self.texts = texts
    self.rows = rows
    var slots = [UInt32](repeating: 0, count: max(16, (2 * rows.count).roundedUpToPowerOfTwo))
    let mask = slots.count - 1
    hashes = texts.withRows { view, pieces in rows.map { view.hash(pieces[Int($0)]) } }
    for (number, hash) in hashes.enumerated() where texts.isValid(Int(rows[number])) {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] > 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(number + 1)
    }
    self.slots = slots
  }

  func keys(_ left: TextValues, _ workers: Workers) throws -> [UInt64] {
    // A dictionary's pieces are looked up once each.
    if case .codes(let codes) = left.rows, left.heap.count <= codes.count {
      let pieces = try keys(
        TextValues(heap: left.heap, rows: .pieces(start: 0, count: left.heap.count)), workers)
      return try workers.filled(codes.count) { range, out in
        codes.withUnsafeBufferPointer { codes in
          withFlags(left.valid) { valid in
            for row in range {
              out[row] = valid?[row] ?? true ? pieces[Int(codes[row])] : JoinKeys.none
            }
          }
        }
      }
    }
    return try workers.filled(left.count) { range, out in
      texts.withRows { view, pieces in
        left.withRows { leftView, leftPieces in
          withFlags(left.valid) { valid in
            for row in range {
              out[row] =
                valid?[row] ?? true
                ? find(leftView, leftPieces[row], view, pieces) : JoinKeys.none
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private func find(
    _ leftView: HeapView, _ piece: Int, _ view: HeapView, _ pieces: TextRows
  ) -> UInt64 {
    let start = leftView.start(piece)
    let length = leftView.count(piece)
    let hash = TextHash.hash(start, length)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] > 0 {
      let number = Int(slots[slot]) - 1
      if hashes[number] == hash {
        let own = pieces[Int(rows[number])]
        if view.count(own) == length, areEqual(view.start(own), start, length) {
          return UInt64(number)
        }
      }
      slot = (slot + 1) & mask
    }
    return JoinKeys.none
  }
}
