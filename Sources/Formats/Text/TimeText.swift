import Columns

/// Dates and times as text, both ways.
package enum TimeText {
  /// How `03/04/2024` is to be read; without it such cells stay text.
  enum DateOrder: Sendable {
    case dayFirst
    case monthFirst
  }

  static let perDay: Int64 = 86_400_000_000

  /// `2024-03-31`.
  package static func text(date days: Int32) -> String {
    let (year, month, day) = civil(Int(days))
    return "\(fourDigits(year))-\(twoDigits(month))-\(twoDigits(day))"
  }

  /// `2024-03-31T10:15:00Z`, with as many decimals of a second as there are.
  package static func text(time microseconds: Int64) -> String {
    let day = microseconds.floorDivided(by: perDay)
    let rest = microseconds - day * perDay
    let seconds = rest / 1_000_000
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { twoDigits(Int($0)) }
    var text = text(date: Int32(clamping: day)) + "T" + clock.joined(separator: ":")
    var fraction = Int(rest % 1_000_000)
    if fraction != 0 {
      var digits = 6
      while fraction % 10 == 0 {
        fraction /= 10
        digits -= 1
      }
      let written = String(fraction)
      text += "." + String(repeating: "0", count: digits - written.count) + written
    }
    return text + "Z"
  }

  private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

  private static func fourDigits(_ year: Int) -> String {
    let digits = String(abs(year))
    let filled = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return year < 0 ? "-" + filled : filled
  }

  /// Year, month and day of a day since 1970-01-01 in the Gregorian calendar.
  package static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    // Counted from 0000-03-01, so that the leap day ends the year.
    let shifted = days + 719_468
    let era = shifted.floorDivided(by: 146_097)
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * ofYear + 2) / 153
    let month = part < 10 ? part + 3 : part - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, ofYear - (153 * part + 2) / 5 + 1)
  }
}

extension BinaryInteger {
  fileprivate func floorDivided(by divisor: Self) -> Self {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}

// MARK: - Parsing

/// Days of the year before each month (at its number), sixteen places for common and for leap years.
private let daysBefore: [Int32] = [
  0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365, 0, 0,
  0, 0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366, 0, 0,
]

extension TimeText {
  /// Days since 1970-01-01, or `Int32.min` where there is no such day.
  @inline(__always)
  static func days(_ year: Int, _ month: Int, _ day: Int) -> Int32 {
    guard year >= 1, month >= 1, month <= 12, day >= 1 else { return .min }
    let leap = year & 3 == 0 && (year % 100 != 0 || year % 400 == 0)
    let row = (leap ? 16 : 0) + month
    let before = daysBefore[row]
    if day > Int(daysBefore[row + 1] - before) { return .min }
    let last = year - 1
    let years = last * 365 + last / 4 - last / 100 + last / 400
    return Int32(truncatingIfNeeded: years + Int(before) + day - 1 - 719_162)
  }

  @inline(__always)
  private static func pair(_ start: UnsafePointer<UInt8>) -> Int {
    let tens = start[0] &- 0x30
    let ones = start[1] &- 0x30
    return tens <= 9 && ones <= 9 ? Int(tens) * 10 + Int(ones) : -1
  }

  /// The date that the text begins with, and how many bytes it takes.
  @inline(__always)
  static func datePrefix(
    _ start: UnsafePointer<UInt8>, _ count: Int, _ order: DateOrder?
  ) -> (days: Int32, length: Int) {
    if count >= 10 && start[4] == 0x2D && start[7] == 0x2D {
      let century = pair(start)
      let year = pair(start + 2)
      if century < 0 || year < 0 { return (.min, 0) }
      return (days(century * 100 + year, pair(start + 5), pair(start + 8)), 10)
    }
    guard let order else { return (.min, 0) }
    return writtenDate(start, count, order)
  }

  /// `3/4/2024`, `03.04.2024`, `03-04-2024`.
  private static func writtenDate(
    _ start: UnsafePointer<UInt8>, _ count: Int, _ order: DateOrder
  ) -> (days: Int32, length: Int) {
    var at = 0
    func number(_ most: Int) -> Int {
      let first = at
      var value = 0
      while at < count, at - first < most, start[at] &- 0x30 <= 9 {
        value = value * 10 + Int(start[at] &- 0x30)
        at += 1
      }
      return at == first ? -1 : value
    }
    let first = number(2)
    guard at < count else { return (.min, 0) }
    let mark = start[at]
    guard first >= 0, mark == 0x2F || mark == 0x2E || mark == 0x2D else { return (.min, 0) }
    at += 1
    let second = number(2)
    guard second >= 0, at < count, start[at] == mark else { return (.min, 0) }
    at += 1
    let yearAt = at
    let year = number(4)
    guard at - yearAt == 4 else { return (.min, 0) }
    return order == .dayFirst
      ? (days(year, second, first), at) : (days(year, first, second), at)
  }

  /// A whole cell that is a date.
  @inline(__always)
  static func parseDate(
    _ start: UnsafePointer<UInt8>, _ count: Int, _ order: DateOrder?
  ) -> (value: Int32, ok: Bool) {
    let (days, length) = datePrefix(start, count, order)
    return (days, days != .min && length == count)
  }

  /// `2024-03-31 10:15:00`, or `Int64.min` for anything else.
  @inline(__always)
  private static func parsePlainTime(_ start: UnsafePointer<UInt8>) -> Int64 {
    // Digits become 0...9, the marks between them 0; what was neither shows in a high bit.
    let date = load8(start) &- 0x2D30_302D_3030_3030
    let clock = load8(start + 11) &- 0x3030_3A30_303A_3030
    let tens = start[8] &- 0x30
    let ones = start[9] &- 0x30
    let between = start[10]
    let wrong =
      (date | (date &+ 0x7676_7676_7676_7676) | clock | (clock &+ 0x7676_7676_7676_7676))
      & 0x8080_8080_8080_8080
      | (date & 0xFF00_00FF_0000_0000) | (clock & 0x0000_FF00_00FF_0000)
    if wrong != 0 || tens > 9 || ones > 9 || (between != 0x20 && between | 0x20 != 0x74) {
      return .min
    }
    // Each byte: ten times itself and the next.
    let dates = date &* 10 &+ (date &>> 8)
    let clocks = clock &* 10 &+ (clock &>> 8)
    let year = Int(dates & 0xFF) * 100 + Int(dates &>> 16 & 0xFF)
    let days = days(year, Int(dates &>> 40 & 0xFF), Int(tens) * 10 + Int(ones))
    let hour = Int64(clocks & 0xFF)
    let minute = Int64(clocks &>> 24 & 0xFF)
    let second = Int64(clocks &>> 48 & 0xFF)
    if days == .min || hour > 23 || minute > 59 || second > 59 { return .min }
    return Int64(days) * perDay + (hour * 3600 + minute * 60 + second) * 1_000_000
  }

  /// A whole cell that is a date and a time of day. `isCut` says that digits past the microsecond
  /// were dropped.
  @inline(__always)
  static func parseTime(
    _ start: UnsafePointer<UInt8>, _ count: Int, _ order: DateOrder?
  ) -> (value: Int64, ok: Bool, isCut: Bool) {
    if count == 19 {
      let plain = parsePlainTime(start)
      if plain != .min { return (plain, true, false) }
    }
    let (days, length) = datePrefix(start, count, order)
    if days == .min || count < length + 6 { return (0, false, false) }
    let clock = start + length
    if clock[0] | 0x20 != 0x74 && clock[0] != 0x20 { return (0, false, false) }
    let hour = pair(clock + 1)
    let minute = pair(clock + 4)
    if hour < 0 || hour > 23 || minute < 0 || minute > 59 || clock[3] != 0x3A {
      return (0, false, false)
    }
    let whole = Int64(days) * perDay + Int64(hour * 3600 + minute * 60) * 1_000_000
    let left = count - length
    if left == 9 && clock[6] == 0x3A {
      let second = pair(clock + 7)
      if second < 0 || second > 59 { return (0, false, false) }
      return (whole + Int64(second) * 1_000_000, true, false)
    }
    return timeTail(clock, left, whole)
  }

  /// What may follow hours and minutes: seconds, a fraction, an offset.
  private static func timeTail(
    _ clock: UnsafePointer<UInt8>, _ count: Int, _ whole: Int64
  ) -> (value: Int64, ok: Bool, isCut: Bool) {
    var at = 6
    var value = whole
    var isCut = false
    if at + 3 <= count, clock[at] == 0x3A {
      let second = pair(clock + at + 1)
      if second < 0 || second > 59 { return (0, false, false) }
      value += Int64(second) * 1_000_000
      at += 3
      if at < count, clock[at] == 0x2E {
        at += 1
        var unit: Int64 = 100_000
        let first = at
        while at < count, clock[at] &- 0x30 <= 9 {
          let digit = Int64(clock[at] &- 0x30)
          value += digit * unit
          if unit == 0 && digit != 0 { isCut = true }
          unit /= 10
          at += 1
        }
        if at == first { return (0, false, false) }
      }
    }
    if at == count { return (value, true, isCut) }
    if at + 1 == count, clock[at] | 0x20 == 0x7A { return (value, true, isCut) }
    guard at + 3 <= count, clock[at] == 0x2B || clock[at] == 0x2D else { return (0, false, false) }
    let sign: Int64 = clock[at] == 0x2D ? -1 : 1
    let hours = pair(clock + at + 1)
    at += 3
    var minutes = 0
    if at < count {
      if clock[at] == 0x3A { at += 1 }
      guard at + 2 == count else { return (0, false, false) }
      minutes = pair(clock + at)
    }
    if hours < 0 || hours > 23 || minutes < 0 || minutes > 59 { return (0, false, false) }
    return (value - sign * Int64(hours * 60 + minutes) * 60_000_000, true, isCut)
  }
}
