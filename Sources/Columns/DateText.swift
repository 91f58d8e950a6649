/// Dates and times in the forms of ISO 8601.
package enum DateText {
  /// Days since 1970-01-01 of `2024-03-31` (years of more or fewer digits carry a sign or not);
  /// nil for anything else and for a day that is not in the calendar.
  package static func date(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    var reader = DigitReader(bytes)
    guard let days = reader.date(), reader.isAtEnd else { return nil }
    return days
  }

  /// Microseconds since 1970-01-01T00:00Z of `2024-03-31T09:30:00.25+02:00`: `T` or a space between,
  /// seconds, their fraction and the offset may be left out, a lone date is its midnight. Without
  /// offset it is UTC. Nil for anything else, and when digits beyond microseconds are not zero.
  package static func time(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    var reader = DigitReader(bytes)
    guard let days = reader.date() else { return nil }
    if reader.isAtEnd { return CivilDate.time(days: days) }
    guard reader.skip("T") || reader.skip("t") || reader.skip(" "), let clock = reader.clock()
    else { return nil }
    _ = reader.skip(" ")
    guard let offset = reader.offset(), reader.isAtEnd else { return nil }
    return CivilDate.time(days: days, microseconds: clock - offset)
  }

  package static func date(_ text: String) -> Int32? {
    var text = text
    return text.withUTF8 { date($0) }
  }

  package static func time(_ text: String) -> Int64? {
    var text = text
    return text.withUTF8 { time($0) }
  }

  /// Appends `2024-03-31`.
  package static func append(date: Int32, to bytes: inout [UInt8]) {
    let (year, month, day) = CivilDate.components(date)
    if year < 0 || year > 9_999 { bytes.append(UInt8(ascii: year < 0 ? "-" : "+")) }
    NumberText.append(digits: UInt64(year.magnitude), atLeast: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    appendTwo(month, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    appendTwo(day, to: &bytes)
  }

  /// Appends `2024-03-31T09:30:00Z`, with as many digits after the second as are not zero.
  package static func append(
    time: Int64, separator: UInt8 = UInt8(ascii: "T"), zone: Bool = true, to bytes: inout [UInt8]
  ) {
    let (days, rest) = CivilDate.split(time)
    append(date: days, to: &bytes)
    bytes.append(separator)
    appendClock(rest, to: &bytes)
    if zone { bytes.append(UInt8(ascii: "Z")) }
  }

  package static func text(date: Int32) -> String {
    var bytes: [UInt8] = []
    append(date: date, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  package static func text(time: Int64) -> String {
    var bytes: [UInt8] = []
    append(time: time, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends `09:30:00` or `09:30:00.25`.
  private static func appendClock(_ microseconds: Int64, to bytes: inout [UInt8]) {
    let seconds = Int(microseconds / 1_000_000)
    appendTwo(seconds / 3_600, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    appendTwo(seconds / 60 % 60, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    appendTwo(seconds % 60, to: &bytes)
    appendFraction(UInt64(microseconds % 1_000_000), to: &bytes)
  }

  /// Appends a point and millionths without zeros at the end; nothing for 0.
  static func appendFraction(_ millionths: UInt64, to bytes: inout [UInt8]) {
    guard millionths > 0 else { return }
    var rest = millionths
    var width = 6
    while rest % 10 == 0 {
      rest /= 10
      width -= 1
    }
    bytes.append(UInt8(ascii: "."))
    NumberText.append(digits: rest, atLeast: width, to: &bytes)
  }

  private static func appendTwo(_ value: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value / 10))
    bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value % 10))
  }
}

/// Reads fields of digits from the front.
private struct DigitReader {
  let bytes: UnsafeBufferPointer<UInt8>
  var at = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { at == bytes.count }

  mutating func skip(_ letter: Unicode.Scalar) -> Bool {
    guard at < bytes.count, bytes[at] == UInt8(ascii: letter) else { return false }
    at += 1
    return true
  }

  /// As many digits as there are, from `least` to `most`.
  mutating func digits(_ least: Int, _ most: Int) -> Int? {
    var value = 0
    let start = at
    while at < bytes.count, at - start < most {
      let digit = bytes[at] &- UInt8(ascii: "0")
      if digit > 9 { break }
      value = value * 10 + Int(digit)
      at += 1
    }
    return at - start >= least ? value : nil
  }

  mutating func date() -> Int32? {
    let isNegative = skip("-")
    let isSigned = isNegative || skip("+")
    guard let year = digits(4, isSigned ? 7 : 4), skip("-"), let month = digits(2, 2), skip("-"),
      let day = digits(2, 2)
    else { return nil }
    return CivilDate.days(year: isNegative ? -year : year, month: month, day: day)
  }

  /// Microseconds since midnight.
  mutating func clock() -> Int64? {
    guard let hour = digits(2, 2), hour < 24, skip(":"), let minute = digits(2, 2), minute < 60
    else { return nil }
    var total = Int64(hour * 3_600 + minute * 60) * 1_000_000
    guard skip(":") else { return total }
    guard let second = digits(2, 2), second < 60 else { return nil }
    total += Int64(second) * 1_000_000
    guard skip(".") || skip(",") else { return total }
    let start = at
    guard let fraction = digits(1, 6) else { return nil }
    var scaled = Int64(fraction)
    for _ in (at - start)..<6 { scaled *= 10 }
    while skip("0") {}
    return total + scaled
  }

  /// Microseconds east of UTC; 0 when no offset follows.
  mutating func offset() -> Int64? {
    if isAtEnd || skip("Z") || skip("z") { return 0 }
    let isWest = skip("-")
    guard isWest || skip("+"), let hours = digits(2, 2), hours < 24 else { return nil }
    var minutes = 0
    if skip(":") || !isAtEnd {
      guard let given = digits(2, 2), given < 60 else { return nil }
      minutes = given
    }
    let total = Int64(hours * 60 + minutes) * 60_000_000
    return isWest ? -total : total
  }
}
