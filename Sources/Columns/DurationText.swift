/// Lengths of time as text, in the units that the language writes them in.
package enum DurationText {
  /// Microseconds of `1d2h3min4.5s` (spaces between are allowed, a sign in front) or of `26:03:04.5`;
  /// nil for anything else, and for months and years, which have no fixed length.
  package static func duration(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard let first = bytes.first else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    let rest = bytes[(isNegative || first == UInt8(ascii: "+") ? 1 : 0)...]
    guard let size = rest.contains(UInt8(ascii: ":")) ? clock(rest) : units(rest) else {
      return nil
    }
    return isNegative ? -size : size
  }

  package static func duration(_ text: String) -> Int64? {
    var text = text
    return text.withUTF8 { duration($0) }
  }

  /// Appends `1d2h3min4.5s`, the shortest of that form; `0s` for none.
  package static func append(_ duration: Int64, to bytes: inout [UInt8]) {
    if duration == 0 {
      bytes.append(contentsOf: "0s".utf8)
      return
    }
    if duration < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = duration.magnitude
    for (size, unit) in [
      (86_400_000_000 as UInt64, "d"), (3_600_000_000, "h"), (60_000_000, "min"),
    ]
    where rest >= size {
      NumberText.append(digits: rest / size, atLeast: 1, to: &bytes)
      bytes.append(contentsOf: unit.utf8)
      rest %= size
    }
    if rest > 0 {
      NumberText.append(digits: rest / 1_000_000, atLeast: 1, to: &bytes)
      DateText.appendFraction(rest % 1_000_000, to: &bytes)
      bytes.append(UInt8(ascii: "s"))
    }
  }

  package static func text(_ duration: Int64) -> String {
    var bytes: [UInt8] = []
    append(duration, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let sizes: [(unit: String, microseconds: Int64)] = [
    ("us", 1), ("ms", 1_000), ("s", 1_000_000), ("min", 60_000_000), ("h", 3_600_000_000),
    ("d", 86_400_000_000), ("w", 604_800_000_000),
  ]

  /// Hours, minutes and perhaps seconds, with as many hours as there are.
  private static func clock(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
    let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard 2...3 ~= parts.count, let hours = whole(parts[0]),
      let minutes = whole(parts[1]), minutes < 60, parts[1].count == 2
    else { return nil }
    var total = checked(hours, 3_600_000_000, adding: minutes * 60_000_000)
    if parts.count == 3 {
      guard let seconds = scaled(parts[2], 1_000_000), seconds < 60_000_000 else { return nil }
      total = total.flatMap { checked($0, 1, adding: seconds) }
    }
    return total
  }

  private static func units(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
    var rest = bytes
    var total: Int64 = 0
    var isEmpty = true
    while let first = rest.first {
      if first == UInt8(ascii: " "), !isEmpty {
        rest = rest.dropFirst()
        continue
      }
      let number = rest.prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
      rest = rest.dropFirst(number.count)
      let letters = rest.prefix { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }
      rest = rest.dropFirst(letters.count)
      let unit = String(decoding: letters, as: UTF8.self)
      guard let size = sizes.first(where: { $0.unit == unit })?.microseconds,
        let part = scaled(number, size), let sum = checked(total, 1, adding: part)
      else { return nil }
      total = sum
      isEmpty = false
    }
    return isEmpty ? nil : total
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  private static func whole(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
    guard !bytes.isEmpty, bytes.allSatisfy(isDigit) else { return nil }
    return NumberText.int(UnsafeBufferPointer(rebasing: bytes))
  }

  /// Digits with a decimal point perhaps, times a unit; nil when that is no whole microsecond.
  private static func scaled(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ unit: Int64) -> Int64? {
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard 1...2 ~= parts.count, let units = whole(parts[0]) else { return nil }
    var fraction: Int64 = 0
    if parts.count == 2 {
      guard 1...12 ~= parts[1].count, parts[1].allSatisfy(isDigit) else { return nil }
      var place = unit
      for byte in parts[1] {
        let digit = Int64(byte - UInt8(ascii: "0"))
        // A unit that ten does not divide ends where only zeros may follow.
        guard place % 10 == 0 || digit * place % 10 == 0 else { return nil }
        fraction += digit * place / 10
        place = place % 10 == 0 ? place / 10 : 0
      }
    }
    return checked(units, unit, adding: fraction)
  }

  private static func checked(_ value: Int64, _ factor: Int64, adding term: Int64) -> Int64? {
    let (product, isOut) = value.multipliedReportingOverflow(by: factor)
    let (sum, isOutSum) = product.addingReportingOverflow(term)
    return isOut || isOutSum ? nil : sum
  }
}
