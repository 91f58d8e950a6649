import Columns

/// What `in` looks for, prepared once for all rows.
enum Membership: Sendable {
  /// Whole numbers, moments, durations and days, as disjoint ranges in order.
  case ranges(lows: [Int64], highs: [Int64])
  /// Sorted.
  case numbers([Double])
  /// Sorted by bytes.
  case texts([[UInt8]])
  case bools(hasTrue: Bool, hasFalse: Bool)

  /// The items are constants that can be compared with the type.
  init(_ items: [Expression], of type: ColumnType?) {
    let values = items.compactMap(\.constant)
    switch type {
    case .bool:
      self = .bools(
        hasTrue: values.contains(.bool(true)), hasFalse: values.contains(.bool(false)))
    case .number: self = .numbers(Membership.exact(values).sorted())
    case .text, .category, nil:
      self = .texts(
        values.compactMap { $0.text.map { Array($0.utf8) } }.sorted {
          $0.lexicographicallyPrecedes($1)
        })
    default: self = Membership.merged(items.compactMap { Membership.range($0, in: type) })
    }
  }

  /// Whole numbers that no 64-bit float equals are in no column of numbers.
  private static func exact(_ values: [Value]) -> [Double] {
    values.compactMap { value in
      switch value {
      case .number(let number): number
      case .int(let whole): Double(exactly: whole)
      default: nil
      }
    }
  }

  private static func range(_ item: Expression, in type: ColumnType?) -> ClosedRange<Int64>? {
    switch item.constant {
    case .int(let value), .duration(months: _, microseconds: let value): value...value
    case .number(let value): Int64(exactly: value).map { $0...$0 }
    case .time(let value):
      type == .date
        ? Int64(CivilDate.split(value).days)...Int64(CivilDate.split(value).days) : value...value
    case .date: Period(item)?.ends(in: type)
    default: nil
    }
  }

  private static func merged(_ ranges: [ClosedRange<Int64>]) -> Membership {
    var lows: [Int64] = []
    var highs: [Int64] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = highs.last, range.lowerBound <= last {
        highs[highs.count - 1] = max(last, range.upperBound)
      } else {
        lows.append(range.lowerBound)
        highs.append(range.upperBound)
      }
    }
    return .ranges(lows: lows, highs: highs)
  }

  func contains(_ operand: Operand, _ context: EvaluationContext) throws -> Values<Bool> {
    let count = context.count
    switch self {
    case .bools(let hasTrue, let hasFalse):
      return Kernel.zip(try operand.bools(), .scalar(true), count) { x, _ in
        x ? hasTrue : hasFalse
      }
    case .ranges(let lows, let highs):
      let side =
        operand.type == .date ? try operand.days().map { Int64($0) } : try operand.longs()
      return lows.withUnsafeBufferPointer { lows in
        highs.withUnsafeBufferPointer { highs in
          Kernel.zip(side, .scalar(0), count) { x, _ in
            let at = Membership.position(of: x, in: lows)
            return at > 0 && x <= highs[at - 1]
          }
        }
      }
    case .numbers(let numbers):
      let side = try operand.doubles()
      return numbers.withUnsafeBufferPointer { numbers in
        Kernel.zip(side, .scalar(0), count) { x, _ in
          let at = Membership.position(of: x, in: numbers)
          return at > 0 && numbers[at - 1] == x
        }
      }
    case .texts(let texts):
      return Kernel.fromText(
        [operand], valid: operand.validity(count), context, filler: false
      ) { readers, row in Membership.contains(texts, readers[0].bytes(row)) as Bool? }
    }
  }

  /// How many of the sorted elements are not greater.
  @inline(__always)
  private static func position<T: Comparable>(of x: T, in sorted: UnsafeBufferPointer<T>) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] <= x { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func contains(_ sorted: [[UInt8]], _ wanted: Bytes) -> Bool {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      let order = sorted[middle].withUnsafeBufferPointer { byteOrder($0, wanted) }
      if order == 0 { return true }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return false
  }
}
