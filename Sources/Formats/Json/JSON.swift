package import Columns

/// A JSON value outside a table: a model file, a setting, an answer. Objects keep their order.
package enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int64)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  package struct Member: Sendable, Hashable {
    package var name: String
    package var value: JSON

    package init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// The member of that name; of several the last.
  package subscript(name: String) -> JSON? {
    if case .object(let members) = self { members.last { $0.name == name }?.value } else { nil }
  }

  package var string: String? { if case .string(let value) = self { value } else { nil } }
  package var int: Int64? { if case .int(let value) = self { value } else { nil } }
  package var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// An integer counts as the number it is.
  package var double: Double? {
    switch self {
    case .int(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}

// MARK: - Parsing

extension JSON {
  /// Parses strict JSON in UTF-8. The error says line and column. A whole number that 64 bits cannot
  /// hold is the nearest double; one that no double comes near is refused.
  package static func parse(_ bytes: [UInt8]) throws -> JSON {
    let text = ByteStore(bytes)
    return try text.withBytes(0..<bytes.count) { start in
      let check = Unicode.check(start, bytes.count, available: bytes.count, isFirst: true)
      if check.firstBroken >= 0 {
        throw problem(
          start, bytes.count, .init(offset: check.firstBroken, wanted: "UTF-8"), source: nil)
      }
      var parser = JSONParser(start, bytes.count)
      do {
        try parser.value()
        try parser.end()
        var node = 0
        return try JSON(parser, &node)
      } catch let failure as JSONParser.Failure {
        throw problem(start, bytes.count, failure, source: nil)
      }
    }
  }

  package static func parse(_ text: String) throws -> JSON { try parse(Array(text.utf8)) }

  /// Nesting is limited by the parser, so this may recurse.
  init(_ parser: JSONParser, _ at: inout Int) throws {
    let node = parser.tape[at]
    at += 1
    switch node.kind {
    case .null: self = .null
    case .bool: self = .bool(parser.bytes[node.start] == 0x74)
    case .number:
      let start = parser.bytes + node.start
      let count = node.end - node.start
      let int = NumberScan.parseInt(start, count)
      if int.ok {
        self = .int(int.value)
        return
      }
      guard let value = JSON.double(start, count) else {
        throw JSONParser.Failure(offset: node.start, wanted: "a number that a double can hold")
      }
      self = .number(value)
    case .string, .escaped: self = .string(JSON.text(parser, node))
    case .array:
      var elements: [JSON] = []
      while at < node.next { elements.append(try JSON(parser, &at)) }
      self = .array(elements)
    case .object:
      var members: [Member] = []
      while at < node.next {
        let name = JSON.text(parser, parser.tape[at])
        at += 1
        members.append(Member(name, try JSON(parser, &at)))
      }
      self = .object(members)
    }
  }

  /// The nearest double; nil when the number is too large. The smallest become zero.
  private static func double(_ start: UnsafePointer<UInt8>, _ count: Int) -> Double? {
    let parsed = NumberScan.parseDecimal(start, count, exactIntegers: false)
    if parsed.ok { return parsed.value }
    let text = UnsafeBufferPointer(start: start, count: count)
    // Refused by the parser above: too large, or too small for anything but zero.
    guard let mark = text.firstIndex(where: { $0 | 0x20 == 0x65 }), text[mark + 1] == 0x2D else {
      return nil
    }
    return text.first == 0x2D ? -0.0 : 0
  }

  static func text(_ parser: JSONParser, _ node: JSONParser.Node) -> String {
    let start = parser.bytes + node.start
    let count = node.end - node.start
    if node.kind == .string {
      return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }
    let text = GrowingBytes(capacity: count)
    JSONParser.unescape(start, count, into: text)
    return String(
      decoding: UnsafeBufferPointer(start: text.bytes, count: text.count), as: UTF8.self)
  }

  /// What a failure means to the user.
  static func problem(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ failure: JSONParser.Failure, source: String?
  ) -> DataError {
    var line = 1
    var lineStart = 0
    for at in 0..<failure.offset where bytes[at] == Byte.newline {
      line += 1
      lineStart = at + 1
    }
    // Columns count characters: every byte that does not continue one.
    let column =
      (lineStart..<failure.offset).lazy.filter { bytes[$0] & 0xC0 != 0x80 }.count + 1
    let came = failure.offset < count ? "" : ", where the text ends"
    let place = source.map { " of \($0)" } ?? ""
    return DataError(
      "json-syntax", "line \(line), column \(column)\(place): \(failure.wanted) was wanted\(came)",
      row: line)
  }
}

// MARK: - Writing

extension JSON {
  /// The value in one line, without blanks.
  package static func encoded(_ value: JSON) -> [UInt8] {
    var bytes: [UInt8] = []
    value.write(to: &bytes)
    return bytes
  }

  package var text: String { String(decoding: JSON.encoded(self), as: UTF8.self) }

  /// Numbers that JSON has no word for become null.
  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += Array("null".utf8)
    case .bool(let value): bytes += Array((value ? "true" : "false").utf8)
    case .int(let value): bytes += Array(value.description.utf8)
    case .number(let value):
      bytes += Array((value.isFinite ? NumberScan.text(value) : "null").utf8)
    case .string(let value): JSON.quote(value.utf8, to: &bytes)
    case .array(let elements):
      bytes.append(0x5B)
      for (number, element) in elements.enumerated() {
        if number > 0 { bytes.append(0x2C) }
        element.write(to: &bytes)
      }
      bytes.append(0x5D)
    case .object(let members):
      bytes.append(0x7B)
      for (number, member) in members.enumerated() {
        if number > 0 { bytes.append(0x2C) }
        JSON.quote(member.name.utf8, to: &bytes)
        bytes.append(0x3A)
        member.value.write(to: &bytes)
      }
      bytes.append(0x7D)
    }
  }

  static func quote(_ text: some Collection<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(0x22)
    for byte in text {
      switch byte {
      case 0x22, 0x5C: bytes += [0x5C, byte]
      case 0x0A: bytes += [0x5C, 0x6E]
      case 0x0D: bytes += [0x5C, 0x72]
      case 0x09: bytes += [0x5C, 0x74]
      case 0..<0x20, 0x7F:
        let digits = Array("0123456789abcdef".utf8)
        bytes += [0x5C, 0x75, 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }
}

extension JSON {
  /// A cell or a setting: dates and times in ISO 8601, durations as in `PT1.5S`.
  package init(_ value: Value) {
    switch value {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .number(let value): self = .number(value)
    case .text(let value): self = .string(value)
    case .date(let days): self = .string(TimeText.text(date: days))
    case .time(let microseconds): self = .string(TimeText.text(time: microseconds))
    case .duration(let months, let microseconds):
      self = .string(TimeText.text(months: months, microseconds: microseconds))
    case .vector(let elements):
      // Through text: the shortest that reads as the same float.
      self = .array(elements.map { .number(NumberScan.double($0.description) ?? Double($0)) })
    case .list(let values): self = .array(values.map { JSON($0) })
    case .dictionary(let entries):
      self = .object(entries.map { Member($0.label, JSON($0.value)) })
    }
  }
}

extension TimeText {
  /// `P2MT1.5S`, in ISO 8601.
  static func text(months: Int64, microseconds: Int64) -> String {
    let isNegative = microseconds < 0
    let all = microseconds.magnitude
    var seconds = String(all / 1_000_000)
    if all % 1_000_000 != 0 {
      var digits = String(all % 1_000_000)
      digits = String(repeating: "0", count: 6 - digits.count) + digits
      while digits.last == "0" { digits.removeLast() }
      seconds += "." + digits
    }
    let exact = "T\(isNegative ? "-" : "")\(seconds)S"
    return months == 0 ? "P" + exact : "P\(months)M" + (microseconds == 0 ? "" : exact)
  }
}
