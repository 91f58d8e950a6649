/// A sum of numbers that keeps what rounding takes off (Neumaier 1974, with the branch-free exact
/// addition of Knuth), so that it is right to the last digits.
struct CompensatedSum: Sendable {
  var sum = 0.0
  var error = 0.0

  @inline(__always)
  mutating func add(_ value: Double) {
    let total = sum + value
    let added = total - sum
    error += (sum - (total - added)) + (value - added)
    sum = total
  }

  @inline(__always)
  mutating func join(_ other: CompensatedSum) {
    add(other.sum)
    error += other.error
  }

  /// Infinities and NaN come out as an ordinary sum would give them.
  var value: Double {
    let corrected = sum + error
    return corrected.isFinite || sum.isNaN ? corrected : sum
  }
}

/// A sum of integers that no number of rows can overflow: lower and upper halves apart.
struct WideSum: Sendable {
  private var low: Int64 = 0
  private var high: Int64 = 0

  @inline(__always)
  mutating func add(_ value: Int64) {
    low &+= value & 0xFFFF_FFFF
    high &+= value >> 32
  }

  /// Adds a value some times, which may be fewer than 2^31 in all.
  mutating func add(_ value: Int64, times: Int64) {
    low &+= (value & 0xFFFF_FFFF) &* times
    high &+= (value >> 32) &* times
  }

  mutating func join(_ other: WideSum) {
    low &+= other.low
    high &+= other.high
  }

  /// Nil when 64 bits do not hold it.
  var exact: Int64? {
    let upper = high &+ low >> 32
    return Int32(exactly: upper) == nil ? nil : upper << 32 | low & 0xFFFF_FFFF
  }

  var value: Double {
    exact.map { Double($0) } ?? Double(high &+ low >> 32) * 0x1p32 + Double(low & 0xFFFF_FFFF)
  }
}

/// Sums by group, over pieces that are joined in their order.
struct GroupSums: Sendable {
  /// Nil puts all rows into one group.
  let groups: [Int32]?
  let groupCount: Int
  let pieces: Pieces
  let workers: Workers

  init(_ grouping: Grouping?, rows: Int, workers: Workers) {
    groups = grouping?.groups
    groupCount = grouping?.groupCount ?? 1
    pieces = Pieces(rows: rows, states: groupCount)
    self.workers = workers
  }

  /// A state for each group, made by `body` for each piece and joined in order.
  func states<State: BitwiseCopyable & Sendable>(
    _ start: State, join: (inout State, State) -> Void,
    _ body: @Sendable (Range<Int>, Shared<State>) -> Void
  ) throws -> [State] {
    let parts = try workers.map(pieces.count) { piece in
      try [State](unsafeUninitializedCapacity: groupCount) { buffer, initialized in
        guard let base = buffer.baseAddress else { return }
        base.initialize(repeating: start, count: groupCount)
        initialized = groupCount
        let range = pieces[piece]
        for lower in stride(from: range.lowerBound, to: range.upperBound, by: 1 << 20) {
          try workers.check()
          body(lower..<min(lower + 1 << 20, range.upperBound), Shared(base))
        }
      }
    }
    guard var states = parts.first else { return [State](repeating: start, count: groupCount) }
    states.withUnsafeMutableBufferPointer { states in
      for part in parts.dropFirst() {
        part.withUnsafeBufferPointer { part in
          for group in states.indices { join(&states[group], part[group]) }
        }
      }
    }
    return states
  }

  /// Calls `body` with the rows that are not null and their groups.
  @inline(__always)
  static func forEach<Element: BitwiseCopyable>(
    _ values: Values<Element>, _ groups: [Int32]?, _ range: Range<Int>,
    _ body: (Element, Int) -> Void
  ) {
    values.elements.withUnsafeBufferPointer { elements in
      withFlags(values.valid) { valid in
        guard let groups else {
          for row in range where valid?[row] ?? true { body(elements[row], 0) }
          return
        }
        groups.withUnsafeBufferPointer { groups in
          if let valid {
            for row in range where valid[row] { body(elements[row], Int(groups[row])) }
          } else {
            for row in range { body(elements[row], Int(groups[row])) }
          }
        }
      }
    }
  }

  /// How many rows are not null.
  func counts(_ valid: ArraySlice<Bool>?) throws -> [Int] {
    guard let valid else {
      guard let groups else { return [pieces.rows] }
      return try Grouping(
        groupCount: groupCount, groups: groups, firstRows: [Int32](repeating: 0, count: groupCount)
      ).sizes(workers: workers)
    }
    return try states(0, join: { $0 += $1 }) { range, counts in
      Self.forEach(Values(valid), groups, range) { isValid, group in
        counts[group] &+= isValid ? 1 : 0
      }
    }
  }

  func sums(_ values: Values<Double>) throws -> [Double] {
    try states(CompensatedSum(), join: { $0.join($1) }) { range, sums in
      if groups == nil {
        sums[0].join(LaneSum.sum(values, range))
      } else {
        Self.forEach(values, groups, range) { value, group in sums.base[group].add(value) }
      }
    }.map(\.value)
  }

  func sums<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Values<Element>
  ) throws -> [WideSum] {
    try states(WideSum(), join: { $0.join($1) }) { range, sums in
      Self.forEach(values, groups, range) { value, group in
        sums.base[group].add(Int64(truncatingIfNeeded: value))
      }
    }
  }

  /// Sum of squared differences from each group's centre, less what the centre is off the mean by.
  @inline(__always)
  func squares<Element: BitwiseCopyable & Sendable>(
    _ values: Values<Element>, counts: [Int],
    _ difference: @escaping @Sendable (Element, Int) -> Double
  ) throws -> [Double] {
    let states = try states(Moments(), join: { $0.join($1) }) { range, moments in
      if groups == nil {
        moments[0].join(LaneSum.moments(values, range) { difference($0, 0) })
        return
      }
      Self.forEach(values, groups, range) { value, group in
        moments.base[group].add(difference(value, group))
      }
    }
    return zip(states, counts).map { $0.squares(count: $1) }
  }
}

/// Sums of differences and of their squares.
struct Moments: Sendable {
  var first = CompensatedSum()
  var second = CompensatedSum()

  @inline(__always)
  mutating func add(_ difference: Double) {
    first.add(difference)
    second.add(difference * difference)
  }

  mutating func join(_ other: Moments) {
    first.join(other.first)
    second.join(other.second)
  }

  /// The squares of differences from the mean itself.
  func squares(count: Int) -> Double {
    let squares = second.value - first.value * first.value / Double(max(1, count))
    return squares < 0 ? 0 : squares
  }
}

/// Sums without groups: eight compensated sums side by side.
private struct LaneSum {
  private var sum = SIMD8<Double>.zero
  private var error = SIMD8<Double>.zero

  @inline(__always)
  private mutating func add(_ value: SIMD8<Double>) {
    let total = sum + value
    let added = total - sum
    error += (sum - (total - added)) + (value - added)
    sum = total
  }

  private var joined: CompensatedSum {
    var result = CompensatedSum()
    for lane in 0..<8 { result.join(CompensatedSum(sum: sum[lane], error: error[lane])) }
    return result
  }

  /// The value, or 0 in place of a null, without a branch.
  @inline(__always)
  private static func kept(_ value: Double, _ valid: UnsafePointer<Bool>?, _ row: Int) -> Double {
    guard let valid else { return value }
    return Double(bitPattern: value.bitPattern & (0 &- (valid[row] ? 1 : 0 as UInt64)))
  }

  static func sum(_ values: Values<Double>, _ range: Range<Int>) -> CompensatedSum {
    values.elements.withUnsafeBufferPointer { elements in
      withFlags(values.valid) { valid in
        var lanes = LaneSum()
        var row = range.lowerBound
        while row + 8 <= range.upperBound {
          var value = SIMD8<Double>.zero
          for lane in 0..<8 {
            value[lane] = kept(elements[row + lane], valid, row + lane)
          }
          lanes.add(value)
          row += 8
        }
        var result = lanes.joined
        while row < range.upperBound {
          if valid?[row] ?? true { result.add(elements[row]) }
          row += 1
        }
        return result
      }
    }
  }

  @inline(__always)
  static func moments<Element>(
    _ values: Values<Element>, _ range: Range<Int>, _ difference: (Element) -> Double
  ) -> Moments {
    values.elements.withUnsafeBufferPointer { elements in
      withFlags(values.valid) { valid in
        var first = LaneSum()
        var second = LaneSum()
        var row = range.lowerBound
        while row + 8 <= range.upperBound {
          var value = SIMD8<Double>.zero
          for lane in 0..<8 {
            value[lane] = kept(difference(elements[row + lane]), valid, row + lane)
          }
          first.add(value)
          second.add(value * value)
          row += 8
        }
        var result = Moments(first: first.joined, second: second.joined)
        while row < range.upperBound {
          if valid?[row] ?? true { result.add(difference(elements[row])) }
          row += 1
        }
        return result
      }
    }
  }
}
