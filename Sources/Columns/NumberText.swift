/// Numbers as text: what is read is the nearest number, what is written reads back as the same one.
package enum NumberText {
  /// The integer that the whole of `bytes` spells (`-12`, `+7`, `007`); nil for anything else and for
  /// one that 64 bits cannot hold.
  package static func int(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    var at = 0
    let end = bytes.count
    guard end > 0 else { return nil }
    let isNegative = bytes[0] == minus
    if isNegative || bytes[0] == plus { at = 1 }
    guard at < end else { return nil }
    var value: UInt64 = 0
    if end - at <= 19 {
      while at < end {
        let digit = bytes[at] &- zero
        if digit > 9 { return nil }
        value = value &* 10 &+ UInt64(digit)
        at += 1
      }
    } else {
      while at < end {
        let digit = bytes[at] &- zero
        if digit > 9 { return nil }
        let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
        let (sum, tooLargeSum) = product.addingReportingOverflow(UInt64(digit))
        if tooLarge || tooLargeSum { return nil }
        value = sum
        at += 1
      }
    }
    if isNegative {
      return value <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- value) : nil
    }
    return Int64(exactly: value)
  }

  /// The number nearest to what the whole of `bytes` spells: `12`, `-.5`, `2.5e-3`, and with
  /// `special` also `nan`, `inf` and `infinity` in any case. Nil for anything else and for one too
  /// large for a 64-bit float.
  package static func number(_ bytes: UnsafeBufferPointer<UInt8>, special: Bool = true) -> Double? {
    guard let decimal = Decimal(bytes) else { return special ? specialNumber(bytes) : nil }
    if let value = decimal.nearest { return decimal.isNegative ? -value : value }
    // The standard library rounds correctly and knows no locale; it is only slower.
    guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else {
      return nil
    }
    return value
  }

  package static func int(_ text: String) -> Int64? {
    var text = text
    return text.withUTF8 { int($0) }
  }

  package static func number(_ text: String, special: Bool = true) -> Double? {
    var text = text
    return text.withUTF8 { number($0, special: special) }
  }

  private static func specialNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let first = bytes.first, bytes.count <= 9 else { return nil }
    let isNegative = first == minus
    let word = bytes.dropFirst(isNegative || first == plus ? 1 : 0).map { $0 | 0x20 }
    if word == Array("nan".utf8) { return .nan }
    guard word == Array("inf".utf8) || word == Array("infinity".utf8) else { return nil }
    return isNegative ? -.infinity : .infinity
  }
}

private let zero = UInt8(ascii: "0")
private let minus = UInt8(ascii: "-")
private let plus = UInt8(ascii: "+")

/// The digits of a number as they were written: `digits * 10^power`.
private struct Decimal {
  var isNegative = false
  /// The first 19 significant digits.
  var digits: UInt64 = 0
  var power = 0
  /// True when there were more digits than 19 and one of the others was not zero.
  var isCut = false

  /// Nil when the bytes do not spell a number.
  @inline(__always)
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    let end = bytes.count
    guard end > 0 else { return nil }
    var at = 0
    isNegative = bytes[0] == minus
    if isNegative || bytes[0] == plus { at = 1 }
    let start = at
    while at < end {
      let digit = bytes[at] &- zero
      if digit > 9 { break }
      digits = digits &* 10 &+ UInt64(digit)
      at += 1
    }
    var count = at - start
    if at < end, bytes[at] == UInt8(ascii: ".") {
      at += 1
      let point = at
      while at < end {
        let digit = bytes[at] &- zero
        if digit > 9 { break }
        digits = digits &* 10 &+ UInt64(digit)
        at += 1
      }
      power = point - at
      count += at - point
    }
    guard count > 0 else { return nil }
    if count > 19 { cut(bytes, from: start) }
    if at < end, !readExponent(bytes, at: at) { return nil }
  }

  /// Reads the digits again when there may be more significant ones than 64 bits hold.
  private mutating func cut(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
    digits = 0
    power = 0
    var kept = 0
    var isFraction = false
    for byte in bytes[start...] {
      let digit = byte &- zero
      if byte == UInt8(ascii: ".") {
        isFraction = true
      } else if digit > 9 {
        break
      } else if kept < 19 {
        digits = digits * 10 + UInt64(digit)
        if digits > 0 { kept += 1 }
        if isFraction { power -= 1 }
      } else {
        if digit > 0 { isCut = true }
        if !isFraction { power += 1 }
      }
    }
  }

  private mutating func readExponent(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    var at = start
    guard bytes[at] | 0x20 == UInt8(ascii: "e") else { return false }
    at += 1
    guard at < bytes.count else { return false }
    let isBelow = bytes[at] == minus
    if isBelow || bytes[at] == plus { at += 1 }
    guard at < bytes.count else { return false }
    var exponent = 0
    while at < bytes.count {
      let digit = bytes[at] &- zero
      if digit > 9 { return false }
      if exponent < 100_000 { exponent = exponent * 10 + Int(digit) }
      at += 1
    }
    power += isBelow ? -exponent : exponent
    return true
  }

  /// The nearest number without its sign; nil when telling it needs more than 128 bits.
  @inline(__always)
  var nearest: Double? {
    if digits >> 53 == 0, !isCut {
      if digits == 0 { return 0 }
      // Both factors are exact, so that one rounding is the only one.
      if power == 0 { return Double(digits) }
      if power < 0, power >= -22 { return Double(digits) / exactPowers[-power] }
      if power > 0, power <= 22 { return Double(digits) * exactPowers[power] }
    }
    guard let value = Self.scaled(digits, power) else { return nil }
    if isCut {
      guard let above = Self.scaled(digits + 1, power), above == value else { return nil }
    }
    return value
  }

  /// `digits * 10^power` rounded to nearest, from bounds on the product of the digits with 128 bits
  /// of the power of five; nil when the bounds round differently or the number is not normal.
  private static func scaled(_ digits: UInt64, _ power: Int) -> Double? {
    guard digits > 0, PowersOfFive.lowest...PowersOfFive.highest ~= power else { return nil }
    let powers = PowersOfFive.all
    let entry = power - PowersOfFive.lowest
    let zeros = digits.leadingZeroBitCount
    let factor = digits << UInt64(zeros)
    let upper = factor.multipliedFullWidth(by: powers.high[entry])
    let lower = factor.multipliedFullWidth(by: powers.low[entry])
    let (middle, carry) = upper.low.addingReportingOverflow(lower.high)
    let high = upper.high &+ (carry ? 1 : 0)
    let isShort = high >> 63 == 0
    let dropped: UInt64 = isShort ? 9 : 10
    let mask = (UInt64(1) << dropped) &- 1
    let isExact = PowersOfFive.isExact(power)
    if !isExact, high & mask == mask, middle == .max,
      lower.low.addingReportingOverflow(factor).overflow
    {
      return nil
    }
    let kept = high >> dropped
    let rest = high & mask | middle | lower.low
    var mantissa = kept >> 1
    if kept & 1 == 1 {
      if rest == 0 {
        guard isExact else { return nil }
        mantissa += mantissa & 1
      } else {
        mantissa += 1
      }
    }
    var exponent = powers.exponent[entry] + power - zeros + (isShort ? 190 : 191)
    if mantissa >> 53 == 1 {
      mantissa >>= 1
      exponent += 1
    }
    guard -1022...1023 ~= exponent else { return nil }
    return Double(
      bitPattern: UInt64(exponent + 1023) << 52 | mantissa & 0x000F_FFFF_FFFF_FFFF)
  }
}

/// The powers of ten that a 64-bit float holds exactly.
let exactPowers: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
  1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
]
