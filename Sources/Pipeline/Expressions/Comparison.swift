import Columns

/// `==`, `<` and the like.
enum Comparison: String, Sendable, CaseIterable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  /// The comparison with its sides exchanged.
  var mirrored: Comparison {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  /// What it says of an order: negative for before, 0 for equal, positive for after.
  @inline(__always)
  func holds(_ order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    }
  }
}

extension Kernel {
  @inline(__always)
  static func compare<T: Comparable>(
    _ how: Comparison, _ a: Side<T>, _ b: Side<T>, _ count: Int
  ) -> Values<Bool> {
    switch how {
    case .equal: zip(a, b, count) { $0 == $1 }
    case .notEqual: zip(a, b, count) { $0 != $1 }
    case .less: zip(a, b, count) { $0 < $1 }
    case .lessOrEqual: zip(a, b, count) { $0 <= $1 }
    case .greater: zip(a, b, count) { $0 > $1 }
    case .greaterOrEqual: zip(a, b, count) { $0 >= $1 }
    }
  }

  static func compareLongs(_ how: Comparison, _ a: Side<Int64>, _ b: Side<Int64>, _ count: Int)
    -> Values<Bool>
  { compare(how, a, b, count) }

  static func compareDoubles(
    _ how: Comparison, _ a: Side<Double>, _ b: Side<Double>, _ count: Int
  ) -> Values<Bool> { compare(how, a, b, count) }

  static func compareDays(_ how: Comparison, _ a: Side<Int32>, _ b: Side<Int32>, _ count: Int)
    -> Values<Bool>
  { compare(how, a, b, count) }

  static func compareBools(_ how: Comparison, _ a: Side<Bool>, _ b: Side<Bool>, _ count: Int)
    -> Values<Bool>
  { compare(how, a.map { $0 ? UInt8(1) : 0 }, b.map { $0 ? UInt8(1) : 0 }, count) }

  /// Compares as the numbers they are: 2^53 + 1 is more than 2.0^53, though it rounds to it.
  static func compareMixed(_ how: Comparison, _ a: Side<Int64>, _ b: Side<Double>, _ count: Int)
    -> Values<Bool>
  {
    if case .scalar(let number) = b, let whole = Int64(exactly: number) {
      return compare(how, a, .scalar(whole), count)
    }
    if case .scalar(let number) = b, number.magnitude < 0x1p62 {
      // No int equals it, so those below it are those up to its whole part.
      let below = Int64(number.rounded(.down))
      switch how {
      case .less, .lessOrEqual: return compare(.lessOrEqual, a, .scalar(below), count)
      case .greater, .greaterOrEqual: return compare(.greater, a, .scalar(below), count)
      case .equal, .notEqual: break
      }
    }
    if case .scalar(let whole) = a, Int64(exactly: Double(whole)) == whole {
      return compare(how, .scalar(Double(whole)), b, count)
    }
    return zip(a, b, count) { whole, number in
      guard let order = order(whole, number) else { return how == .notEqual }
      return how.holds(order)
    }
  }

  /// Nil when the second is not a number.
  @inline(__always)
  static func order(_ whole: Int64, _ number: Double) -> Int? {
    if number != number { return nil }
    if number >= 0x1p63 { return -1 }
    if number < -0x1p63 { return 1 }
    let floor = number.rounded(.down)
    let below = Int64(floor)
    if whole != below { return whole < below ? -1 : 1 }
    return number > floor ? -1 : 0
  }

  static func compareTexts(
    _ how: Comparison, _ a: Operand, _ b: Operand, _ context: EvaluationContext
  ) -> Values<Bool> {
    let valid = allValid([a, b], context.count)
    let out = TextReader.with([a, b]) { readers in
      let (left, right) = (readers[0], readers[1])
      return [Bool](unsafeUninitializedCapacity: context.count) { out, filled in
        switch how {
        case .equal, .notEqual:
          let wanted = how == .equal
          for row in 0..<context.count {
            out.initializeElement(
              at: row, to: isEqual(left.bytes(row), right.bytes(row)) == wanted)
          }
        default:
          for row in 0..<context.count {
            out.initializeElement(
              at: row, to: how.holds(byteOrder(left.bytes(row), right.bytes(row))))
          }
        }
        filled = context.count
      }
    }
    return Values(out[...], valid: valid)
  }
}
