import Text

/// Reads `@2024`, `@2024-03`, `@2024-03-31`, `@2024-03-31T09:30:15.25+02:00`.
enum Dates {
  typealias Problem = Literals.Problem

  static func date(_ written: String) throws(Problem) -> DateSyntax {
    var rest = Substring(written)
    if rest.first == "@" { rest.removeFirst() }
    guard rest.first?.isASCIIDigit == true else {
      throw Problem(
        "bad-date", "a date is written in digits", label: "such as `@2024-03-31`")
    }
    let dayPart = rest.prefix { $0 != "T" && $0 != "t" }
    let timePart = rest.dropFirst(dayPart.count)
    var date = try day(dayPart, written)
    if timePart.isEmpty { return date }
    guard date.day != nil else {
      throw Problem(
        "bad-date", "a time needs the whole date", label: "such as `@2024-03-31T09:30Z`")
    }
    date.timeOfDay = try time(timePart.dropFirst(), written)
    return date
  }

  private static func day(_ text: Substring, _ written: String) throws(Problem) -> DateSyntax {
    let fields = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "/" }
    guard fields.allSatisfy({ field in !field.isEmpty && field.allSatisfy(\.isASCIIDigit) }) else {
      throw Problem(
        "bad-date", "\(Report.shown(written)) is not a date", label: "such as `@2024-03-31`")
    }
    let isUsual =
      fields.count <= 3 && fields[0].count == 4 && fields.dropFirst().allSatisfy { $0.count == 2 }
      && !text.contains("/")
    guard isUsual else {
      let fix = usual(fields)
      throw Problem(
        "bad-date", "a date is year, month and day: four, two and two digits with `-` between",
        label: fix.map { "write `\($0)`" } ?? "such as `@2024-03-31`", fix: fix)
    }
    let numbers = fields.map { Int($0) ?? 0 }
    guard numbers[0] >= 1 else { throw Problem("bad-date", "years begin with 0001") }
    var date = DateSyntax(year: numbers[0])
    if numbers.count > 1 {
      guard (1...12).contains(numbers[1]) else {
        throw Problem("bad-date", "there is no month \(fields[1])", label: "months are 01 to 12")
      }
      date.month = numbers[1]
    }
    if numbers.count > 2 {
      let length = days(inMonth: numbers[1], of: numbers[0])
      guard (1...length).contains(numbers[2]) else {
        throw Problem(
          "bad-date", "there is no \(fields[0])-\(fields[1])-\(fields[2])",
          label: "\(names[numbers[1] - 1]) \(numbers[0]) has \(length) days")
      }
      date.day = numbers[2]
    }
    return date
  }

  /// The usual spelling of `2024-3-1`, `2024/03/01` and `20240301`.
  private static func usual(_ fields: [Substring]) -> String? {
    var fields = fields.map(String.init)
    if fields.count == 1, fields[0].count == 8 {
      let digits = Array(fields[0])
      fields = [String(digits[0..<4]), String(digits[4..<6]), String(digits[6..<8])]
    }
    guard fields.count == 2 || fields.count == 3, fields[0].count == 4,
      fields.dropFirst().allSatisfy({ $0.count <= 2 })
    else { return nil }
    let padded = fields.map { $0.count < 2 ? "0" + $0 : $0 }.joined(separator: "-")
    return (try? day(Substring(padded), padded)) == nil ? nil : "@" + padded
  }

  /// Microseconds since midnight UTC of the written day.
  private static func time(_ text: Substring, _ written: String) throws(Problem) -> Int64 {
    let zoneStart = text.firstIndex { "Zz+-".contains($0) } ?? text.endIndex
    let clock = text[..<zoneStart].split(separator: ".", omittingEmptySubsequences: false)
    let fields = clock[0].split(separator: ":", omittingEmptySubsequences: false)
    let isUsual =
      (2...3).contains(fields.count) && clock.count <= 2 && (clock.count == 1 || fields.count == 3)
      && fields.allSatisfy { $0.count == 2 && $0.allSatisfy(\.isASCIIDigit) }
    guard isUsual else {
      throw Problem(
        "bad-date", "a time of day is hours and minutes, and seconds if wanted",
        label: "such as `T09:30Z` or `T09:30:15.25+02:00`")
    }
    let numbers = fields.map { Int64($0) ?? 0 }
    guard numbers[0] < 24, numbers[1] < 60, numbers.count < 3 || numbers[2] < 60 else {
      throw Problem(
        "bad-date", "there is no time \(clock[0])",
        label: "hours are 00 to 23, minutes and seconds 00 to 59")
    }
    var result = (numbers[0] * 60 + numbers[1]) * 60 + (numbers.count > 2 ? numbers[2] : 0)
    result *= 1_000_000
    if clock.count == 2 { result += try microseconds(clock[1]) }
    return result - (try offset(text[zoneStart...]))
  }

  private static func microseconds(_ digits: Substring) throws(Problem) -> Int64 {
    guard !digits.isEmpty, digits.count <= 6, digits.allSatisfy(\.isASCIIDigit),
      let value = Int64(digits + String(repeating: "0", count: 6 - digits.count))
    else {
      throw Problem(
        "bad-date", "times are exact to the microsecond",
        label: "at most six digits follow the point")
    }
    return value
  }

  private static func offset(_ zone: Substring) throws(Problem) -> Int64 {
    if zone.isEmpty || zone == "Z" || zone == "z" { return 0 }
    let digits = zone.dropFirst().filter { $0 != ":" }
    let isUsual =
      (zone.first == "+" || zone.first == "-") && digits.allSatisfy(\.isASCIIDigit)
      && ((digits.count == 2 && zone.count == 3)
        || (digits.count == 4
          && (zone.count == 5 || (zone.count == 6 && zone.dropFirst(3).first == ":"))))
    guard isUsual, let hours = Int64(digits.prefix(2)), hours < 24,
      let minutes = digits.count == 4 ? Int64(digits.suffix(2)) : 0, minutes < 60
    else {
      throw Problem(
        "bad-date", "\(Report.shown(String(zone))) is not an offset from UTC",
        label: "such as `Z` or `+02:00`")
    }
    let seconds = (hours * 60 + minutes) * 60
    return (zone.first == "-" ? -seconds : seconds) * 1_000_000
  }

  static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2:
      (year.isMultiple(of: 4) && !year.isMultiple(of: 100)) || year.isMultiple(of: 400) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static let names = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
}

extension Character {
  fileprivate var isASCIIDigit: Bool { self >= "0" && self <= "9" }
}
