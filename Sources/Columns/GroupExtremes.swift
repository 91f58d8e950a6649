/// The least or greatest value of each group.
struct GroupExtremes {
  let sums: GroupSums
  let isMax: Bool

  /// `counts` are the values that are not null in each group.
  func column(_ column: Column, _ counts: [Int]) throws -> Column {
    let valid = AggregateRun.flags(counts, least: 1)
    switch column {
    case .bool(let values):
      let bits = try best(values) { OrderedBits.of($0) }
      return .bool(Values(bits.map { OrderedBits.int($0) == 1 }[...], valid: valid))
    case .int(let values): return .int(try ints(values, valid))
    case .time(let values): return .time(try ints(values, valid))
    case .duration(let values): return .duration(try ints(values, valid))
    case .date(let values):
      let bits = try best(values) { OrderedBits.of($0) }
      let days = bits.map { Int32(truncatingIfNeeded: OrderedBits.int($0)) }
      return .date(Values(days[...], valid: valid))
    case .number(let values):
      if sums.groups == nil, let extreme = try whole(values) {
        return .number(Values([extreme]))
      }
      let isMax = isMax
      // 0 are the bits of no number, so that NaN loses against all of them.
      let bits = try best(values) { isMax && $0.isNaN ? 0 : OrderedBits.of($0) }
      let numbers = bits.map { $0 == 0 ? .nan : OrderedBits.number($0) }
      return .number(Values(numbers[...], valid: valid))
    case .text(let values): return .text(try texts(values, valid))
    case .category(let values): return .category(try texts(values, valid))
    case .vector: preconditionFailure("the type was checked")
    }
  }

  /// The extreme of all numbers, in eight lanes; nil when it may be that there are only NaN.
  private func whole(_ values: Values<Double>) throws -> Double? {
    let sign: Double = isMax ? -1 : 1
    let parts = try sums.workers.morsels(of: values.count) { range in
      values.elements.withUnsafeBufferPointer { elements in
        withFlags(values.valid) { valid in
          var least = SIMD8<Double>(repeating: .infinity)
          var row = range.lowerBound
          while row + 8 <= range.upperBound {
            var value = SIMD8<Double>.zero
            for lane in 0..<8 { value[lane] = sign * elements[row + lane] }
            if let valid {
              for lane in 0..<8 { value[lane] = valid[row + lane] ? value[lane] : .infinity }
            }
            least.replace(with: value, where: value .< least)
            row += 8
          }
          while row < range.upperBound {
            let value = sign * elements[row]
            if valid?[row] ?? true, value < least[0] { least[0] = value }
            row += 1
          }
          return least.min()
        }
      }
    }
    let least = parts.min() ?? .infinity
    return least == .infinity ? nil : sign * least + 0
  }

  private func ints(_ values: Values<Int64>, _ valid: ArraySlice<Bool>?) throws -> Values<Int64> {
    Values(try best(values) { OrderedBits.of($0) }.map { OrderedBits.int($0) }[...], valid: valid)
  }

  @inline(__always)
  private func best<Element: BitwiseCopyable & Sendable>(
    _ values: Values<Element>, _ bits: @escaping @Sendable (Element) -> UInt64
  ) throws -> [UInt64] {
    let groups = sums.groups
    if isMax {
      return try sums.states(UInt64.min, join: { $0 = max($0, $1) }) { range, best in
        GroupSums.forEach(values, groups, range) { value, group in
          let candidate = bits(value)
          if candidate > best[group] { best[group] = candidate }
        }
      }
    }
    return try sums.states(UInt64.max, join: { $0 = min($0, $1) }) { range, best in
      GroupSums.forEach(values, groups, range) { value, group in
        let candidate = bits(value)
        if candidate < best[group] { best[group] = candidate }
      }
    }
  }

  private func texts(_ values: TextValues, _ valid: ArraySlice<Bool>?) throws -> TextValues {
    let groups = sums.groups
    let isMax = isMax
    let heap = values.heap
    let best = try sums.states(
      -1 as Int32,
      join: { best, other in
        heap.withView { view in
          if other >= 0, best < 0 || Self.isBetter(view, Int(other), Int(best), isMax) {
            best = other
          }
        }
      },
      { range, best in
        values.withRows { view, rows in
          withFlags(values.valid) { valid in
            for row in range where valid?[row] ?? true {
              let group = groups.map { Int($0[row]) } ?? 0
              let piece = rows[row]
              let known = Int(best[group])
              if known < 0 || known != piece && Self.isBetter(view, piece, known, isMax) {
                best[group] = Int32(truncatingIfNeeded: piece)
              }
            }
          }
        }
      })
    return TextValues(
      heap: heap.count == 0 ? .blank : heap,
      rows: .codes(best.map { UInt32(max(0, $0)) }[...]), valid: valid)
  }

  @inline(__always)
  private static func isBetter(_ view: HeapView, _ a: Int, _ b: Int, _ isMax: Bool) -> Bool {
    let compared = view.compare(a, b)
    return isMax ? compared > 0 : compared < 0
  }
}
