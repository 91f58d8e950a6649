import Columns

/// The decimal digits of a number, to be cut to as many as a screen wants.
///
/// They are the shortest that read back as the same number, so what is rounded is what the user
/// would see in full, and 0.15 becomes 0.2.
struct SignificantDigits {
  private(set) var isNegative = false
  /// The digits as a whole number that does not end in zero; 0 for zero. At most 17 of them.
  private(set) var digits: UInt64 = 0
  private(set) var count = 0
  /// The number is 0.d₁d₂d₃… times ten to this power.
  private(set) var power = 0

  /// - Precondition: the value is finite.
  init(_ value: Double) {
    var isAfterPoint = false
    var isExponent = false
    var exponentIsNegative = false
    var exponent = 0
    var whole = 0
    var leadingZeros = 0
    for byte in value.description.utf8 {
      switch byte {
      case UInt8(ascii: "-"):
        if isExponent { exponentIsNegative = true } else { isNegative = true }
      case UInt8(ascii: "."): isAfterPoint = true
      case UInt8(ascii: "e"): isExponent = true
      case 0x30...0x39:
        let digit = byte - 0x30
        if isExponent {
          exponent = exponent * 10 + Int(digit)
        } else if digit == 0, digits == 0 {
          if isAfterPoint { leadingZeros += 1 }
        } else {
          digits = digits * 10 + UInt64(digit)
          count += 1
          if !isAfterPoint { whole += 1 }
        }
      default: break
      }
    }
    power = whole - leadingZeros + (exponentIsNegative ? -exponent : exponent)
    trim()
  }

  private mutating func trim() {
    guard digits != 0 else {
      (count, power, isNegative) = (0, 0, false)
      return
    }
    while digits % 10 == 0 {
      digits /= 10
      count -= 1
    }
  }

  /// Keeps so many digits, rounding half away from zero.
  mutating func round(to most: Int) {
    guard count > most else { return }
    var size: UInt64 = 1
    for _ in most..<count { size *= 10 }
    let roundsUp = digits % size >= size / 2
    digits /= size
    var limit: UInt64 = 1
    for _ in 0..<most { limit *= 10 }
    count = most
    if roundsUp {
      digits += 1
      if digits == limit {
        digits = 1
        count = 1
        power += 1
      }
    }
    trim()
  }
}

extension SignificantDigits {
  /// Writes a number for reading: so many significant digits without trailing zeros, never fewer
  /// than its whole part has; with an exponent when it is very large or very small. Answers how
  /// many characters stand before the decimal point.
  @discardableResult
  static func append(_ value: Double, digits most: Int, to bytes: inout [UInt8]) -> Int {
    guard value.isFinite else {
      let name = value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
      bytes.append(contentsOf: name.utf8)
      return name.utf8.count
    }
    var number = SignificantDigits(value)
    let start = bytes.count
    number.round(to: number.power > 15 ? max(1, most) : max(1, most, number.power))
    let isWide = number.power > 15 || number.power < -3
    if number.isNegative { bytes.append(UInt8(ascii: "-")) }
    return number.appendDigits(whole: isWide ? 1 : number.power, isWide: isWide, to: &bytes) - start
  }

  /// Answers where the whole part ends, which has so many digits.
  private func appendDigits(whole: Int, isWide: Bool, to bytes: inout [UInt8]) -> Int {
    guard digits != 0 else {
      bytes.append(UInt8(ascii: "0"))
      return bytes.count
    }
    func zeros(_ count: Int) {
      for _ in 0..<max(0, count) { bytes.append(UInt8(ascii: "0")) }
    }
    var size: UInt64 = 1
    for _ in 0..<max(0, count - max(0, whole)) { size *= 10 }
    if whole <= 0 {
      zeros(1)
    } else {
      NumberText.append(digits: digits / size, atLeast: 1, to: &bytes)
    }
    zeros(whole - count)
    let end = bytes.count
    if count > whole {
      bytes.append(UInt8(ascii: "."))
      zeros(-whole)
      NumberText.append(
        digits: whole <= 0 ? digits : digits % size, atLeast: count - max(0, whole), to: &bytes)
    }
    if isWide {
      bytes.append(UInt8(ascii: "e"))
      NumberText.append(Int64(power - 1), to: &bytes)
    }
    return end
  }
}

/// A number for reading, with six significant digits unless told otherwise.
package func displayed(_ value: Double, digits: Int = 6) -> String {
  var bytes: [UInt8] = []
  SignificantDigits.append(value, digits: digits, to: &bytes)
  return String(decoding: bytes, as: UTF8.self)
}
