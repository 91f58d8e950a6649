import Text

/// What literals are worth. Each function takes the literal as it was written.
enum Literals {
  /// Why a literal cannot be read; the parser adds the place.
  struct Problem: Error {
    var code: String
    var message: String
    var label: String
    var fix: String?
    /// Where in the literal, if it is not all of it.
    var part: Range<Int>?

    init(
      _ code: String, _ message: String, label: String = "", fix: String? = nil,
      part: Range<Int>? = nil
    ) {
      self.code = code
      self.message = message
      self.label = label
      self.fix = fix
      self.part = part
    }
  }

  /// The value of a number, percent, duration or date.
  static func value(_ kind: Token.Kind, _ written: String) throws(Problem) -> ExpressionSyntax.Kind
  {
    switch kind {
    case .int:
      let magnitude = try magnitude(written)
      guard let value = Int64(exactly: magnitude) else { throw outOfRange(written) }
      return .int(value)
    case .number: return .number(try number(written))
    case .percent: return .percent(try percent(written))
    case .duration:
      let (months, microseconds) = try duration(written)
      return .duration(months: months, microseconds: microseconds)
    default: return .date(try Dates.date(written))
    }
  }

  // MARK: - Numbers

  /// A whole number without sign. 2^63 is let through, because a minus may stand before it.
  static func magnitude(_ written: String) throws(Problem) -> UInt64 {
    let digits = try plainDigits(written)
    guard let value = UInt64(digits), value <= 1 << 63 else { throw outOfRange(written) }
    return value
  }

  static func number(_ written: String) throws(Problem) -> Double {
    try double(plainDigits(written), written)
  }

  static func percent(_ written: String) throws(Problem) -> Double {
    let digits = try plainDigits(String(written.dropLast()))
    // The decimal point moves, so that 20% is the number nearest to 0.2 and not a quotient.
    let mantissa = digits.prefix { $0 != "e" && $0 != "E" }
    let power = digits.dropFirst(mantissa.count + 1)
    guard let exponent = power.isEmpty ? 0 : Int(power), exponent > Int.min + 2 else {
      return try double(digits, written)
    }
    return try double("\(mantissa)e\(exponent - 2)", written)
  }

  private static func double(_ digits: String, _ written: String) throws(Problem) -> Double {
    guard let value = Double(digits) else {
      throw Problem("bad-number", "\(Report.shown(written)) is not a number")
    }
    let mantissa = digits.prefix { $0 != "e" && $0 != "E" }
    let isLost = value == 0 && mantissa.contains { $0 >= "1" && $0 <= "9" }
    guard value.isFinite, !isLost else {
      throw Problem(
        "number-out-of-range", "\(Report.shown(written)) does not fit in a 64-bit number",
        label: value == 0 ? "the smallest is about 5e-324" : "the largest is about 1.8e308")
    }
    return value
  }

  private static func outOfRange(_ written: String) -> Problem {
    Problem(
      "number-out-of-range", "\(Report.shown(written)) does not fit in a 64-bit whole number",
      label: "the largest is 9_223_372_036_854_775_807; `\(shortened(written)).0` is a number")
  }

  private static func shortened(_ text: String) -> String {
    text.utf8.count > 24 ? String(text.prefix(20)) + "…" : text
  }

  /// Takes the underscores out and refuses what could be read in two ways.
  private static func plainDigits(_ written: String) throws(Problem) -> String {
    let bytes = Array(written.utf8)
    if bytes.count > 1, bytes[0] == 48, bytes[1] == 95 || Words.isDigit(bytes[1]) {
      throw Problem(
        "leading-zero", "a number does not begin with 0",
        label: "write it without the zero, or in quotes if it is text")
    }
    guard bytes.contains(95) else { return written }
    var plain: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      guard byte == 95 else {
        plain.append(byte)
        continue
      }
      let isBetween =
        index > 0 && index + 1 < bytes.count && Words.isDigit(bytes[index - 1])
        && Words.isDigit(bytes[index + 1])
      guard isBetween else {
        throw Problem(
          "bad-number", "`_` stands between two digits of a number", label: "leave it out",
          fix: "", part: index..<(index + 1))
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }

  // MARK: - Durations

  private enum Unit {
    case months(Int64)
    case microseconds(Int64)
  }

  private static func unit(_ name: String) -> Unit? {
    switch name {
    case "ms": .microseconds(1000)
    case "s": .microseconds(1_000_000)
    case "min": .microseconds(60_000_000)
    case "h": .microseconds(3_600_000_000)
    case "d": .microseconds(86_400_000_000)
    case "w": .microseconds(604_800_000_000)
    case "mo": .months(1)
    case "q": .months(3)
    case "y": .months(12)
    default: nil
    }
  }

  /// How the units are spelled elsewhere.
  private static func unitMeant(by name: String) -> String? {
    switch name.lowercased() {
    case "ms", "msec", "millis", "millisecond", "milliseconds": "ms"
    case "s", "sec", "secs", "second", "seconds": "s"
    case "min", "mins", "minute", "minutes": "min"
    case "h", "hr", "hrs", "hour", "hours": "h"
    case "d", "day", "days": "d"
    case "w", "wk", "week", "weeks": "w"
    case "mo", "mon", "mos", "month", "months": "mo"
    case "q", "quarter", "quarters": "q"
    case "y", "yr", "yrs", "year", "years": "y"
    default: nil
    }
  }

  static func duration(_ written: String) throws(Problem) -> (months: Int64, microseconds: Int64) {
    let digits = String(written.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "_") })
    let name = String(written.dropFirst(digits.count))
    guard let unit = unit(name) else { throw unknownUnit(written, digits, name) }
    let plain = try plainDigits(digits)
    let (perUnit, isMonths) =
      switch unit {
      case .months(let count): (count, true)
      case .microseconds(let count): (count, false)
      }
    guard let count = exact(plain, times: perUnit) else {
      let isWhole = !plain.contains(".")
      throw Problem(
        isWhole ? "number-out-of-range" : "bad-duration",
        isWhole
          ? "\(Report.shown(written)) is longer than a duration can be"
          : "\(Report.shown(written)) is not a whole number of "
            + (isMonths ? "months" : "microseconds"))
    }
    return isMonths ? (count, 0) : (0, count)
  }

  private static func unknownUnit(_ written: String, _ digits: String, _ name: String) -> Problem {
    if name == "m" {
      return Problem(
        "ambiguous-duration", "`m` alone could be minutes or months",
        label: "write `\(digits)min` or `\(digits)mo`")
    }
    if let meant = unitMeant(by: name) {
      return Problem(
        "bad-duration", "\(Report.shown(name)) is not a unit of time here",
        label: "write `\(digits)\(meant)`", fix: digits + meant)
    }
    if name.contains(where: \.isNumber), name.first?.isLetter == true,
      let letters = Optional(String(name.prefix(while: \.isLetter))),
      unit(letters) != nil || letters == "m"
    {
      return Problem(
        "bad-duration", "a duration has one unit, and \(Report.shown(written)) has several",
        label: "add them, such as `1h + 30min`")
    }
    return Problem(
      "bad-number", "\(Report.shown(written)) is neither a number nor a name",
      label: "units are \(Wording.list(["ms", "s", "min", "h", "d", "w", "mo", "q", "y"]));"
        + " a name that begins with a digit stands in backticks",
      fix: Formatter.inBackticks(written))
  }

  /// A decimal number times a factor, if the product is whole and fits.
  private static func exact(_ digits: String, times factor: Int64) -> Int64? {
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    var fraction = parts.count > 1 ? parts[1] : ""
    while fraction.last == "0" { fraction.removeLast() }
    guard parts.count <= 2, let value = Int64(String(parts[0]) + fraction) else { return nil }
    let (product, overflow) = value.multipliedReportingOverflow(by: factor)
    guard !overflow else { return nil }
    var scale: Int64 = 1
    for _ in 0..<fraction.count {
      let (next, overflow) = scale.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      scale = next
    }
    return product % scale == 0 ? product / scale : nil
  }

  // MARK: - Texts

  /// The inside of quotes or backticks with its escapes read. Escapes that do not exist are handed
  /// to `problem` and stay as they are written.
  static func unescaped(
    _ bytes: ArraySlice<UInt8>, problem: (Problem) -> Void
  ) -> String {
    guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "\\"), index + 1 < bytes.endIndex else {
        result.append(byte)
        index += 1
        continue
      }
      let start = index
      if let (escaped, length) = escape(bytes[index...]) {
        result.append(contentsOf: escaped)
        index += length
      } else {
        let end = endOfBadEscape(bytes, start)
        let written = String(decoding: bytes[start..<end], as: UTF8.self)
        let isUnicode = bytes[start + 1] == UInt8(ascii: "u")
        problem(
          Problem(
            "bad-escape", "\(Report.shown(written)) is not an escape",
            label: isUnicode
              ? "a character by its number is written `\\u{e9}`"
              : "write `\\\(written)` for a backslash",
            fix: "\\" + written, part: (start - bytes.startIndex)..<(end - bytes.startIndex)))
        result.append(contentsOf: bytes[start..<end])
        index = end
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func escape(_ bytes: ArraySlice<UInt8>) -> (bytes: [UInt8], length: Int)? {
    let second = bytes[bytes.startIndex + 1]
    switch second {
    case UInt8(ascii: "n"): return ([10], 2)
    case UInt8(ascii: "t"): return ([9], 2)
    case UInt8(ascii: "r"): return ([13], 2)
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "`"):
      return ([second], 2)
    case UInt8(ascii: "u"):
      let rest = bytes.dropFirst(2)
      guard rest.first == UInt8(ascii: "{") else { return nil }
      let digits = rest.dropFirst().prefix { byte in
        Words.isDigit(byte) || (byte | 32) &- 97 < 6
      }
      guard (1...6).contains(digits.count), digits.endIndex < bytes.endIndex,
        bytes[digits.endIndex] == UInt8(ascii: "}"),
        let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
        let scalar = Unicode.Scalar(value)
      else { return nil }
      return (Array(String(Character(scalar)).utf8), digits.count + 4)
    default: return nil
    }
  }

  /// A wrong escape is the backslash and one character, or all of `\u{…}`.
  private static func endOfBadEscape(_ bytes: ArraySlice<UInt8>, _ start: Int) -> Int {
    var end = start + 2
    while end < bytes.endIndex, bytes[end] & 0xC0 == 0x80 { end += 1 }
    if bytes[start + 1] == UInt8(ascii: "u"), end < bytes.endIndex, bytes[end] == 0x7B,
      let close = bytes[end...].prefix(12).firstIndex(of: 0x7D)
    {
      end = close + 1
    }
    return end
  }
}
