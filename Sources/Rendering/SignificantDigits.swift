/// The decimal digits of a number, to be cut to as many as a screen wants.
///
/// They are the shortest that read back as the same number, so what is rounded is what the user
/// would see in full, and 0.15 becomes 0.2.
struct SignificantDigits {
  var isNegative = false
  /// Without leading or trailing zeros; none for zero. Each is 0 to 9.
  var digits: [UInt8] = []
  /// The number is 0.d₁d₂d₃… times ten to this power.
  var power = 0

  /// - Precondition: the value is finite.
  init(_ value: Double) {
    digits.reserveCapacity(20)
    var pointAt: Int?
    var exponent = 0
    var isExponent = false
    var exponentIsNegative = false
    var leadingZeros = 0
    for byte in value.description.utf8 {
      switch byte {
      case UInt8(ascii: "-"):
        if isExponent { exponentIsNegative = true } else { isNegative = true }
      case UInt8(ascii: "."): pointAt = digits.count
      case UInt8(ascii: "e"): isExponent = true
      case 0x30...0x39:
        let digit = byte - 0x30
        if isExponent {
          exponent = exponent * 10 + Int(digit)
        } else if digit == 0, digits.isEmpty {
          if pointAt != nil { leadingZeros += 1 }
        } else {
          digits.append(digit)
        }
      default: break
      }
    }
    power = (pointAt ?? digits.count) - leadingZeros + (exponentIsNegative ? -exponent : exponent)
    trim()
  }

  private mutating func trim() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty {
      power = 0
      isNegative = false
    }
  }

  /// Keeps so many digits, rounding half away from zero.
  mutating func round(to count: Int) {
    guard digits.count > count else { return }
    let roundsUp = digits[count] >= 5
    digits.removeLast(digits.count - count)
    if roundsUp {
      var at = count - 1
      while at >= 0, digits[at] == 9 { at -= 1 }
      if at >= 0 {
        digits[at] += 1
        digits.removeLast(digits.count - at - 1)
      } else {
        digits = [1]
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
  static func append(_ value: Double, digits count: Int, to bytes: inout [UInt8]) -> Int {
    guard value.isFinite else {
      let name = value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
      bytes += Array(name.utf8)
      return name.utf8.count
    }
    var number = SignificantDigits(value)
    let start = bytes.count
    number.round(to: number.power > 15 ? max(1, count) : max(1, count, number.power))
    let isWide = number.power > 15 || number.power < -3
    if number.isNegative { bytes.append(UInt8(ascii: "-")) }
    guard !number.digits.isEmpty else {
      bytes.append(UInt8(ascii: "0"))
      return bytes.count - start
    }
    return start.distance(to: number.appendDigits(isWide: isWide, to: &bytes))
  }

  /// Answers where the whole part ends.
  private func appendDigits(isWide: Bool, to bytes: inout [UInt8]) -> Int {
    let whole = isWide ? 1 : power
    for at in 0..<max(0, whole) { bytes.append(0x30 + (at < digits.count ? digits[at] : 0)) }
    if whole <= 0 { bytes.append(0x30) }
    let end = bytes.count
    if digits.count > max(0, whole) {
      bytes.append(UInt8(ascii: "."))
      for _ in 0..<max(0, -whole) { bytes.append(0x30) }
      for at in max(0, whole)..<digits.count { bytes.append(0x30 + digits[at]) }
    }
    if isWide { bytes += Array("e\(power - 1)".utf8) }
    return end
  }
}

/// A number for reading, with six significant digits unless told otherwise.
package func displayed(_ value: Double, digits: Int = 6) -> String {
  var bytes: [UInt8] = []
  SignificantDigits.append(value, digits: digits, to: &bytes)
  return String(decoding: bytes, as: UTF8.self)
}
