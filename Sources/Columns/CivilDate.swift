/// Days since 1970-01-01 as years, months and days of the Gregorian calendar, reckoned backwards
/// before its introduction.
package enum CivilDate {
  /// Nil when there is no such day, or when it is more than 32 bits of days away.
  package static func days(year: Int, month: Int, day: Int) -> Int32? {
    guard 1...12 ~= month, day >= 1, -6_000_000...6_000_000 ~= year,
      day <= length(ofMonth: month, year: year)
    else { return nil }
    // Years begin in March here, so that the leap day is the last of its year.
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted >= 0 ? shifted / 400 : (shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let monthFromMarch = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int32(exactly: era * 146_097 + dayOfEra - 719_468)
  }

  package static func components(_ days: Int32) -> (year: Int, month: Int, day: Int) {
    let shifted = Int(days) + 719_468
    let era = shifted >= 0 ? shifted / 146_097 : (shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  /// 1 for Monday to 7 for Sunday.
  package static func weekday(_ days: Int32) -> Int {
    let fromMonday = (Int(days) + 3) % 7
    return (fromMonday < 0 ? fromMonday + 7 : fromMonday) + 1
  }

  /// 1 for the first of January.
  package static func dayOfYear(_ days: Int32) -> Int {
    let (year, month, day) = components(days)
    let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1]
    return before + day + (month > 2 && isLeap(year) ? 1 : 0)
  }

  /// The week of ISO 8601, and the year that it belongs to.
  package static func week(_ days: Int32) -> (year: Int, week: Int) {
    // A week belongs to the year of its Thursday.
    let thursday = Int32(clamping: Int(days) + 4 - weekday(days))
    return (components(thursday).year, (dayOfYear(thursday) - 1) / 7 + 1)
  }

  /// The same day some months later; the last day of the month where it has no such day. Nil beyond
  /// 32 bits of days.
  package static func adding(months: Int, to days: Int32) -> Int32? {
    let (year, month, day) = components(days)
    let (total, isOut) = (year * 12 + month - 1).addingReportingOverflow(months)
    guard !isOut else { return nil }
    let newYear = total >= 0 ? total / 12 : (total - 11) / 12
    let newMonth = total - newYear * 12 + 1
    guard -6_000_000...6_000_000 ~= newYear else { return nil }
    return Self.days(
      year: newYear, month: newMonth,
      day: Swift.min(day, length(ofMonth: newMonth, year: newYear)))
  }

  package static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  package static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  package static let microsecondsPerDay: Int64 = 86_400_000_000

  /// The day that a time lies in, and the microseconds since its midnight.
  package static func split(_ time: Int64) -> (days: Int32, microseconds: Int64) {
    var days = time / microsecondsPerDay
    var rest = time - days * microsecondsPerDay
    if rest < 0 {
      rest += microsecondsPerDay
      days -= 1
    }
    return (Int32(clamping: days), rest)
  }

  /// The same time of day some months later; nil when 64 bits of microseconds do not reach there.
  package static func adding(months: Int, toTime time: Int64) -> Int64? {
    let (days, rest) = split(time)
    guard let moved = adding(months: months, to: days) else { return nil }
    return Self.time(days: moved, microseconds: rest)
  }

  /// Midnight of a day plus microseconds; nil when it does not fit.
  package static func time(days: Int32, microseconds: Int64 = 0) -> Int64? {
    let (midnight, isOut) = Int64(days).multipliedReportingOverflow(by: microsecondsPerDay)
    let (sum, isOutSum) = midnight.addingReportingOverflow(microseconds)
    return isOut || isOutSum ? nil : sum
  }
}
