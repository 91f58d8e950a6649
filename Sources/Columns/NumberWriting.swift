import Glibc

extension NumberText {
  /// Appends the fewest digits that read back as the same number: `49.9`, `1e-07`, `nan`, `-inf`. A
  /// whole number gets `.0` unless `point` is false.
  package static func append(_ value: Double, point: Bool = true, to bytes: inout [UInt8]) {
    guard value.isFinite else {
      let word: StaticString = value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
      word.withUTF8Buffer { bytes.append(contentsOf: $0) }
      return
    }
    let size = abs(value)
    // A decimal of at most 15 digits that reads back as the number is the only one that short.
    if size < 1e9, value != 0 {
      var places = 0
      while places <= 6 {
        let scaled = rint(size * exactPowers[places])
        if scaled / exactPowers[places] == size, scaled < 1e15 {
          append(Int64(scaled), places: places, isNegative: value < 0, point: point, to: &bytes)
          return
        }
        places += places == 0 ? 2 : 1
        if places == 3, scaled == 0 { break }
      }
    }
    var text = value.description
    text.withUTF8 { digits in
      if !point, digits.count > 2, digits[digits.count - 1] == UInt8(ascii: "0"),
        digits[digits.count - 2] == UInt8(ascii: ".")
      {
        bytes.append(contentsOf: digits.dropLast(2))
      } else {
        bytes.append(contentsOf: digits)
      }
    }
  }

  package static func append(_ value: Int64, to bytes: inout [UInt8]) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    append(digits: value.magnitude, atLeast: 1, to: &bytes)
  }

  package static func text(_ value: Double, point: Bool = true) -> String {
    var bytes: [UInt8] = []
    append(value, point: point, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends decimal digits, with zeros in front up to a width.
  package static func append(digits value: UInt64, atLeast width: Int, to bytes: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { buffer in
      var value = value
      var at = 20
      repeat {
        at -= 1
        let next = value / 10
        buffer[at] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value &- next &* 10)
        value = next
      } while value > 0
      while 20 - at < width {
        at -= 1
        buffer[at] = UInt8(ascii: "0")
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[at..<20]))
    }
  }

  /// Appends `value / 10^places` without zeros at the end.
  private static func append(
    _ value: Int64, places: Int, isNegative: Bool, point: Bool, to bytes: inout [UInt8]
  ) {
    if isNegative { bytes.append(UInt8(ascii: "-")) }
    var scale: UInt64 = 1
    for _ in 0..<places { scale *= 10 }
    let magnitude = value.magnitude
    append(digits: magnitude / scale, atLeast: 1, to: &bytes)
    var rest = magnitude % scale
    if rest == 0 {
      if point { bytes.append(contentsOf: [UInt8(ascii: "."), UInt8(ascii: "0")]) }
      return
    }
    var width = places
    while rest % 10 == 0 {
      rest /= 10
      width -= 1
    }
    bytes.append(UInt8(ascii: "."))
    append(digits: rest, atLeast: width, to: &bytes)
  }
}
