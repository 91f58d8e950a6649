import Columns

/// Numbers in a buffer with room behind it, for the readers: faster than `NumberText`, and as exact: text to the nearest double or to an exact integer, and
/// back to the shortest text that reads as the same value.
package enum NumberScan {
  package static func int(_ text: String) -> Int64? {
    withBytes(text) { start, count in
      let parsed = parseInt(start, count)
      return parsed.ok ? parsed.value : nil
    }
  }

  /// Decimal text as in `12`, `-0.5`, `.5`, `1e-7`; no blanks, no words, no infinities.
  package static func double(_ text: String) -> Double? {
    withBytes(text) { start, count in
      let parsed = parseDecimal(start, count, exactIntegers: false)
      return parsed.ok ? parsed.value : nil
    }
  }

  /// The shortest text that reads as the same double. It always holds a point, an exponent or a
  /// word, so that it is not taken for an integer.
  package static func text(_ value: Double) -> String { value.description }

  private static func withBytes<Result>(
    _ text: String, _ body: (UnsafePointer<UInt8>, Int) -> Result?
  ) -> Result? {
    let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: slack)
    return bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.flatMap { body($0, bytes.count - slack) }
    }
  }
}

// MARK: - Parsing

@inline(__always)
func load8(_ start: UnsafePointer<UInt8>) -> UInt64 {
  UnsafeRawPointer(start).loadUnaligned(as: UInt64.self).littleEndian
}

/// Eight ASCII digits, the first in the lowest byte.
@inline(__always)
func areDigits(_ word: UInt64) -> Bool {
  ((word &+ 0x4646_4646_4646_4646) | (word &- 0x3030_3030_3030_3030)) & 0x8080_8080_8080_8080 == 0
}

/// Three multiplications add up eight digits: pairs, then fours, then all.
@inline(__always)
func eightDigits(_ word: UInt64) -> UInt64 {
  var z = word &- 0x3030_3030_3030_3030
  z = z &* 10 &+ (z &>> 8)
  let low = (z & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
  let high = ((z &>> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
  return (low &+ high) &>> 32
}

/// Below 2^63, where processors convert from signed numbers only.
@inline(__always)
private func signed(_ value: UInt64) -> Int64 { Int64(bitPattern: value) }

/// The first 1...8 bytes moved to the end of the word, with zero digits before them.
@inline(__always)
func padded(_ word: UInt64, _ count: Int) -> UInt64 {
  let bits = UInt64(truncatingIfNeeded: count) &* 8
  // Two shifts, so that a count of 8 shifts everything out.
  return (word &<< (64 &- bits)) | ((0x3030_3030_3030_3030 &>> (bits &- 8)) &>> 8)
}

extension NumberScan {
  /// An integer in canonical form: no plus sign, no leading zeros, no `-0`, within 64 bits.
  /// Bytes after `count` may be read.
  @inline(__always)
  static func parseInt(_ text: UnsafePointer<UInt8>, _ length: Int) -> (value: Int64, ok: Bool) {
    var start = text
    var count = length
    let negative = count > 0 && start.pointee == 0x2D
    if negative {
      start += 1
      count &-= 1
    }
    if count <= 0 || count > 19 { return (0, false) }
    if start.pointee == 0x30 && (count > 1 || negative) { return (0, false) }
    if count <= 8 {
      let word = padded(load8(start), count)
      if !areDigits(word) { return (0, false) }
      let value = Int64(bitPattern: eightDigits(word))
      return (negative ? 0 &- value : value, true)
    }
    return parseLongInt(start, count, negative)
  }

  private static func parseLongInt(
    _ start: UnsafePointer<UInt8>, _ count: Int, _ negative: Bool
  ) -> (value: Int64, ok: Bool) {
    var value: UInt64 = 0
    for at in 0..<count {
      let digit = start[at] &- 0x30
      if digit > 9 { return (0, false) }
      // Nineteen digits fit 64 bits without a sign.
      value = value &* 10 &+ UInt64(digit)
    }
    if negative {
      if value > 1 << 63 { return (0, false) }
      return (Int64(truncatingIfNeeded: 0 &- value), true)
    }
    if value > UInt64(Int64.max) { return (0, false) }
    return (Int64(value), true)
  }

  /// A decimal number, correctly rounded. Refused: leading zeros (`007`), a plus sign, a value too
  /// large for a double or so small that it would become zero, and, with `exactIntegers`, an
  /// integer that a double would change. Bytes after `length` may be read.
  @inline(__always)
  static func parseDecimal(
    _ text: UnsafePointer<UInt8>, _ length: Int, exactIntegers: Bool
  ) -> (value: Double, ok: Bool) {
    var start = text
    var count = length
    let negative = count > 0 && start.pointee == 0x2D
    if negative {
      start += 1
      count -= 1
    }
    if count <= 0 { return (0, false) }
    if count <= 8 {
      let raw = load8(start)
      let bits = UInt64(truncatingIfNeeded: count) &* 8
      let dots = raw ^ 0x2E2E_2E2E_2E2E_2E2E
      var found = (dots &- 0x0101_0101_0101_0101) & ~dots & 0x8080_8080_8080_8080
      found &= UInt64.max &>> (64 &- bits)
      if found != 0 && count > 1 {
        let before = UInt64(truncatingIfNeeded: found.trailingZeroBitCount) & ~7
        let keep = (UInt64(1) &<< before) &- 1
        let joined = (raw & keep) | ((raw &>> 8) & ~keep)
        let word = padded(joined, count - 1)
        if areDigits(word) {
          let whole = Int(truncatingIfNeeded: before &>> 3)
          if whole > 1 && start.pointee == 0x30 { return (0, false) }
          let value = Double(signed(eightDigits(word))) / smallPowers[count &- 1 &- whole]
          return (negative ? -value : value, true)
        }
      } else if found == 0 {
        let word = padded(raw, count)
        if areDigits(word) {
          if start.pointee == 0x30 && count > 1 { return (0, false) }
          let value = Double(signed(eightDigits(word)))
          return (negative ? -value : value, true)
        }
      }
    }
    if count > 8 {
      let plain = parseFraction(start, count)
      if plain.ok { return (negative ? -plain.value : plain.value, true) }
    }
    return parseLongDecimal(start, count, negative, exactIntegers)
  }

  /// More than eight bytes, with a point among them and at most nineteen digits: what scientific
  /// programs write. Anything else is left to the general way.
  @inline(__always)
  private static func parseFraction(
    _ start: UnsafePointer<UInt8>, _ count: Int
  ) -> (value: Double, ok: Bool) {
    let raw = load8(start)
    let dots = raw ^ 0x2E2E_2E2E_2E2E_2E2E
    let found = (dots &- 0x0101_0101_0101_0101) & ~dots & 0x8080_8080_8080_8080
    let whole = found.trailingZeroBitCount &>> 3
    if found == 0 || whole == 0 || count > 20 { return (0, false) }
    if whole > 1 && start.pointee == 0x30 { return (0, false) }
    var areAllDigits = true
    var mantissa = UInt64(start.pointee &- 0x30)
    if whole == 1 {
      areAllDigits = mantissa <= 9
    } else {
      let first = padded(raw, whole)
      areAllDigits = areDigits(first)
      mantissa = eightDigits(first)
    }
    var at = start + (whole &+ 1)
    let digits = count &- whole &- 1
    var left = digits
    while left >= 8 {
      let word = load8(at)
      areAllDigits = areDigits(word) && areAllDigits
      mantissa = mantissa &* 100_000_000 &+ eightDigits(word)
      at += 8
      left &-= 8
    }
    if left > 0 {
      let word = padded(load8(at), left)
      areAllDigits = areDigits(word) && areAllDigits
      mantissa = mantissa &* wholePowers[left] &+ eightDigits(word)
    }
    if !areAllDigits { return (0, false) }
    if mantissa <= 1 << 53 { return (Double(signed(mantissa)) / smallPowers[digits], true) }
    if let value = Reciprocal.all[digits].quotient(mantissa) { return (value, true) }
    return (0, false)
  }

  private static func parseLongDecimal(
    _ start: UnsafePointer<UInt8>, _ count: Int, _ negative: Bool, _ exactIntegers: Bool
  ) -> (value: Double, ok: Bool) {
    guard let parts = DecimalParts(start, count) else { return (0, false) }
    if parts.isInteger {
      if exactIntegers && (parts.digits > 19 || parts.mantissa > UInt64(Int64.max)) {
        return (0, false)
      }
      if exactIntegers && parts.mantissa > 1 << 53
        && parts.mantissa.leadingZeroBitCount + parts.mantissa.trailingZeroBitCount < 11
      {
        return (0, false)
      }
    }
    guard let value = parts.value ?? slowDouble(start, count) else { return (0, false) }
    return (negative ? -value : value, true)
  }

  /// The standard library's conversion, for the few texts that the fast ways leave open. Syntax was
  /// checked before.
  static func slowDouble(_ start: UnsafePointer<UInt8>, _ count: Int) -> Double? {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    // Zero is written with digits that are zero; those never come here.
    return Double(text).flatMap { $0.isFinite && $0 != 0 ? $0 : nil }
  }
}

/// 10 to the powers that a double holds exactly.
let smallPowers: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]

private let wholePowers: [UInt64] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000]

/// A decimal number taken apart: mantissa and power of ten.
private struct DecimalParts {
  var mantissa: UInt64 = 0
  var digits = 0
  var exponent = 0
  /// No point and no exponent.
  var isInteger = true

  init?(_ start: UnsafePointer<UInt8>, _ count: Int) {
    var at = 0
    takeDigits(start, count, &at)
    let whole = at
    if whole > 1 && start.pointee == 0x30 { return nil }
    if at < count && start[at] == 0x2E {
      isInteger = false
      at += 1
      let first = at
      takeDigits(start, count, &at)
      exponent = first - at
      if whole == 0 && at == first { return nil }
    } else if whole == 0 {
      return nil
    }
    if at < count && (start[at] | 0x20) == 0x65 {
      isInteger = false
      at += 1
      var sign = 1
      if at < count && (start[at] == 0x2D || start[at] == 0x2B) {
        sign = start[at] == 0x2D ? -1 : 1
        at += 1
      }
      let first = at
      var power = 0
      while at < count, start[at] &- 0x30 <= 9 {
        power = min(power * 10 + Int(start[at] &- 0x30), 99_999)
        at += 1
      }
      if at == first { return nil }
      exponent += sign * power
    }
    if at != count { return nil }
  }

  private mutating func takeDigits(_ start: UnsafePointer<UInt8>, _ count: Int, _ at: inout Int) {
    while at + 8 <= count {
      let word = load8(start + at)
      guard areDigits(word) else { break }
      mantissa = mantissa &* 100_000_000 &+ eightDigits(word)
      if mantissa != 0 || digits != 0 { digits += 8 }
      at += 8
    }
    while at < count {
      let digit = start[at] &- 0x30
      if digit > 9 { break }
      mantissa = mantissa &* 10 &+ UInt64(digit)
      if mantissa != 0 || digits != 0 { digits += 1 }
      at += 1
    }
  }

  /// The nearest double, or nil where it takes more than 64 bits to tell.
  var value: Double? {
    // Up to 19 digits the mantissa has not overflowed. (`digits` may count up to seven zeros of
    // the first eight, which only sends a number the slow way.)
    guard digits <= 19 else { return nil }
    if mantissa == 0 { return 0 }
    if exponent == 0 { return Double(mantissa) }
    // Clinger: both are exact, so one operation rounds once.
    if mantissa <= 1 << 53 && exponent >= -22 && exponent <= 22 {
      return exponent < 0
        ? Double(mantissa) / smallPowers[-exponent] : Double(mantissa) * smallPowers[exponent]
    }
    if exponent < 0 && exponent >= -Reciprocal.limit {
      return Reciprocal.all[-exponent].quotient(mantissa)
    }
    return nil
  }
}

/// 2^(127 + bits) / 5^k, cut off to 128 bits: dividing by a power of ten without a division.
private struct Reciprocal: Sendable {
  /// 5^27 is the last that fits 63 bits.
  static let limit = 27
  static let all: [Reciprocal] = (0...limit).map(Reciprocal.init)

  private let high: UInt64
  private let low: UInt64
  /// The result is the product's top bit times 2 to this power, for a mantissa with its top bit set.
  private let power: Int

  private init(_ k: Int) {
    let five = (0..<k).reduce(UInt64(1)) { power, _ in power * 5 }
    let bits = 64 - five.leadingZeroBitCount
    guard k > 0 else {
      (high, low, power) = (1 << 63, 0, 0)
      return
    }
    // 2^(127 + bits) over a number of `bits` bits that is no power of two: 128 bits, top bit set.
    let first = five.dividingFullWidth((1 << UInt64(bits - 1), 0))
    let second = five.dividingFullWidth((first.remainder, 0))
    (high, low) = (first.quotient, second.quotient)
    power = -(127 + bits) - k
  }

  /// mantissa / 10^k to the nearest double. The product is short of the truth by less than 2^64 in
  /// 192 bits; where that could change the rounding, nil.
  @inline(__always)
  func quotient(_ mantissa: UInt64) -> Double? {
    let shift = mantissa.leadingZeroBitCount
    let normal = mantissa << UInt64(shift)
    let upper = normal.multipliedFullWidth(by: high)
    let lower = normal.multipliedFullWidth(by: low)
    let (middle, carry) = upper.low.addingReportingOverflow(lower.high)
    var top = upper.high &+ (carry ? 1 : 0)
    var rest = middle
    var scale = power - shift + 128
    if top >> 63 == 0 {
      top = top << 1 | rest >> 63
      rest <<= 1
      scale -= 1
    }
    // 53 bits stay; 11 bits of `top` and all of `rest` are rounded away.
    let tail = top & 0x7FF
    if (tail == 0x7FF || tail == 0x3FF) && rest >= UInt64.max - 3 { return nil }
    if tail == 0x400 && rest <= 3 { return nil }
    let kept = (top >> 11) + (tail >= 0x400 ? 1 : 0)
    return Double(signed(kept)) * Double(bitPattern: UInt64(1023 + scale + 11) << 52)
  }
}
