package import Columns

/// Cells as they stand in a table for reading.
package enum CellText {
  /// One value on one line, with nothing in it that could move the cursor.
  package static func plain(_ value: Value, digits: Int = 6) -> String {
    var bytes: [UInt8] = []
    switch value {
    case .null: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .int(let value): return String(value)
    case .number(let value): return displayed(value, digits: digits)
    case .text(let text): return text.isEmpty ? "\"\"" : SafeText.escaped(text)
    case .date(let days): return DateText.text(date: days)
    case .time(let time): append(time: time, places: places(of: time), to: &bytes)
    case .duration(let months, let microseconds):
      if months == 0 { return DurationText.text(microseconds) }
      return "\(months)mo" + (microseconds == 0 ? "" : DurationText.text(microseconds))
    case .vector(let elements): appendVector(elements[...], digits: digits, to: &bytes)
    case .list(let values):
      return "[" + values.map { plain($0, digits: digits) }.joined(separator: ", ") + "]"
    case .dictionary(let entries):
      return "["
        + entries.map { SafeText.escaped($0.label) + ": " + plain($0.value, digits: digits) }
        .joined(separator: ", ") + "]"
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The word for a type under a header.
  package static func label(_ type: ColumnType) -> String {
    switch type {
    case .bool: "<bool>"
    case .int: "<int>"
    case .number: "<num>"
    case .text: "<text>"
    case .category: "<cat>"
    case .date: "<date>"
    case .time: "<time>"
    case .duration: "<dur>"
    case .vector: "<vec>"
    case .image: "<img>"
    }
  }

  /// How much of a time of day needs telling.
  enum Places: Int, Comparable {
    case minutes
    case seconds
    case milliseconds
    case microseconds

    static func < (a: Places, b: Places) -> Bool { a.rawValue < b.rawValue }
  }

  static func places(of time: Int64) -> Places {
    time % 60_000_000 == 0
      ? .minutes
      : time % 1_000_000 == 0 ? .seconds : time % 1000 == 0 ? .milliseconds : .microseconds
  }

  /// Appends `2024-03-31 09:30`, as finely as told.
  static func append(time: Int64, places: Places, to bytes: inout [UInt8]) {
    let (days, rest) = CivilDate.split(time)
    DateText.append(date: days, to: &bytes)
    bytes.append(UInt8(ascii: " "))
    let seconds = UInt64(rest / 1_000_000)
    NumberText.append(digits: seconds / 3600, atLeast: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    NumberText.append(digits: seconds / 60 % 60, atLeast: 2, to: &bytes)
    if places == .minutes { return }
    bytes.append(UInt8(ascii: ":"))
    NumberText.append(digits: seconds % 60, atLeast: 2, to: &bytes)
    if places == .seconds { return }
    bytes.append(UInt8(ascii: "."))
    let fraction = UInt64(rest % 1_000_000)
    if places == .milliseconds {
      NumberText.append(digits: fraction / 1000, atLeast: 3, to: &bytes)
    } else {
      NumberText.append(digits: fraction, atLeast: 6, to: &bytes)
    }
  }

  /// Appends `[0.1, 0.2, 0.3, ... 384]`: the first numbers, and how many there are when that is not all.
  static func appendVector(_ elements: ArraySlice<Float>, digits: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "["))
    let shown = elements.count > 4 ? elements.prefix(3) : elements
    for (at, element) in shown.enumerated() {
      if at > 0 { bytes += Array(", ".utf8) }
      // A float's own shortest digits, not those of the double that it becomes.
      SignificantDigits.append(Double(element.description) ?? 0, digits: digits, to: &bytes)
    }
    if shown.count < elements.count { bytes += Array(", ... \(elements.count)".utf8) }
    bytes.append(UInt8(ascii: "]"))
  }
}
