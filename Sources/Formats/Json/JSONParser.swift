import Columns

/// A strict parser of JSON (RFC 8259) over bytes. What it has read is a tape of nodes; nothing is
/// copied, nothing recurses, and nesting is limited.
struct JSONParser {
  enum Kind: UInt8, Sendable {
    case null, bool, number
    /// With and without escapes; the span is inside the quotes.
    case string, escaped
    case array, object
  }

  struct Node: Sendable {
    var kind: Kind
    /// Bytes of the value.
    var start: Int
    var end: Int
    /// Index of the node after this one and all within it.
    var next: Int
  }

  /// Where and why the text is not JSON.
  struct Failure: Error, Hashable {
    var offset: Int
    var wanted: String
  }

  static let deepest = 1024

  let bytes: UnsafePointer<UInt8>
  let count: Int
  /// Members of an object are a string and a value, one after the other.
  private(set) var tape: [Node] = []
  private(set) var at = 0
  private var open: [Int] = []
  private var levels = JSONParser.deepest

  /// The bytes are well-formed UTF-8 and readable for `slack` more.
  init(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    self.bytes = bytes
    self.count = count
  }

  mutating func move(to offset: Int) { at = offset }

  mutating func skipBlanks() {
    while at < count {
      let byte = bytes[at]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      at += 1
    }
  }

  /// The byte at hand; zero at the end.
  var byte: UInt8 { at < count ? bytes[at] : 0 }

  /// Reads one value, alone on the tape. It lies `depth` levels deep.
  mutating func value(depth: Int = 0) throws {
    tape.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
    levels = JSONParser.deepest - depth
    repeat {
      skipBlanks()
      if try begin() { try closeFinished() }
    } while !open.isEmpty
  }

  /// Sees that nothing but blanks is left.
  mutating func end() throws {
    skipBlanks()
    if at < count { throw fail("the end") }
  }

  /// Moves past the end of an array whose elements were read one by one.
  mutating func close() throws {
    guard byte == 0x5D else { throw fail("`,` or `]`") }
    at += 1
  }

  /// Reads a value, or up to its first inner value: then the answer is false.
  private mutating func begin() throws -> Bool {
    switch byte {
    case 0x7B:
      try push(.object)
      skipBlanks()
      guard byte == 0x7D else {
        try key()
        return false
      }
      pop()
    case 0x5B:
      try push(.array)
      skipBlanks()
      guard byte == 0x5D else { return false }
      pop()
    case 0x22: try string()
    case 0x2D, 0x30...0x39: try number()
    case 0x74: try word("true", .bool)
    case 0x66: try word("false", .bool)
    case 0x6E: try word("null", .null)
    default: throw fail("a value")
    }
    return true
  }

  /// After a value: commas, and the ends of what it was the last of.
  private mutating func closeFinished() throws {
    while let last = open.last {
      skipBlanks()
      let isObject = tape[last].kind == .object
      if byte == 0x2C {
        at += 1
        skipBlanks()
        if isObject { try key() }
        return
      }
      guard byte == (isObject ? 0x7D : 0x5D) else {
        throw fail(isObject ? "`,` or `}`" : "`,` or `]`")
      }
      pop()
    }
  }

  private mutating func push(_ kind: Kind) throws {
    if open.count == levels {
      throw fail("at most \(JSONParser.deepest) levels of nesting")
    }
    open.append(tape.count)
    tape.append(Node(kind: kind, start: at, end: 0, next: 0))
    at += 1
  }

  private mutating func pop() {
    at += 1
    if let last = open.popLast() {
      tape[last].end = at
      tape[last].next = tape.count
    }
  }

  private mutating func key() throws {
    guard byte == 0x22 else { throw fail("a name in quotes") }
    try string()
    skipBlanks()
    guard byte == 0x3A else { throw fail("`:`") }
    at += 1
    skipBlanks()
  }

  private mutating func append(_ kind: Kind, _ start: Int, _ end: Int) {
    tape.append(Node(kind: kind, start: start, end: end, next: tape.count + 1))
  }

  private mutating func word(_ word: StaticString, _ kind: Kind) throws {
    let length = word.utf8CodeUnitCount
    guard at + length <= count,
      (0..<length).allSatisfy({ bytes[at + $0] == word.utf8Start[$0] })
    else { throw fail("`\(word)`") }
    append(kind, at, at + length)
    at += length
  }

  private mutating func number() throws {
    let start = at
    if byte == 0x2D { at += 1 }
    if byte == 0x30 {
      at += 1
    } else {
      try digits()
    }
    if byte == 0x2E {
      at += 1
      try digits()
    }
    if byte | 0x20 == 0x65 {
      at += 1
      if byte == 0x2B || byte == 0x2D { at += 1 }
      try digits()
    }
    append(.number, start, at)
  }

  private mutating func digits() throws {
    guard byte &- 0x30 <= 9 else { throw fail("a digit") }
    while byte &- 0x30 <= 9 { at += 1 }
  }

  private mutating func string() throws {
    at += 1
    let start = at
    var hasEscapes = false
    while true {
      // Eight bytes at a time as long as none is a quote, a backslash or a control.
      while at + 8 <= count {
        let word = load8(bytes + at)
        let quotes = word ^ 0x2222_2222_2222_2222
        let slashes = word ^ 0x5C5C_5C5C_5C5C_5C5C
        let special =
          ((quotes &- 0x0101_0101_0101_0101) & ~quotes)
          | ((slashes &- 0x0101_0101_0101_0101) & ~slashes)
          | ((word &- 0x2020_2020_2020_2020) & ~word)
        if special & 0x8080_8080_8080_8080 != 0 { break }
        at += 8
      }
      guard at < count else { throw fail("`\"`") }
      let byte = bytes[at]
      if byte == 0x22 { break }
      if byte < 0x20 { throw fail("`\"` or an escape for this control character") }
      if byte == 0x5C {
        hasEscapes = true
        try escape()
      } else {
        at += 1
      }
    }
    append(hasEscapes ? .escaped : .string, start, at)
    at += 1
  }

  private mutating func escape() throws {
    at += 1
    switch byte {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: at += 1
    case 0x75:
      let unit = try hex()
      if unit & 0xFC00 == 0xDC00 { throw fail("the first half of a surrogate pair before this") }
      if unit & 0xFC00 == 0xD800 {
        guard byte == 0x5C, at + 1 < count, bytes[at + 1] == 0x75 else {
          throw fail("the second half of a surrogate pair")
        }
        at += 1
        let before = at
        if try hex() & 0xFC00 != 0xDC00 {
          at = before
          throw fail("the second half of a surrogate pair")
        }
      }
    default: throw fail("an escape")
    }
  }

  /// The four digits after `u`.
  private mutating func hex() throws -> UInt32 {
    at += 1
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = JSONParser.hexDigit(byte) else { throw fail("four hexadecimal digits") }
      unit = unit << 4 | digit
      at += 1
    }
    return unit
  }

  static func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x41 + 10)
    case 0x61...0x66: UInt32(byte - 0x61 + 10)
    default: nil
    }
  }

  private func fail(_ wanted: String) -> Failure { Failure(offset: min(at, count), wanted: wanted) }

  /// The bytes of a string without its escapes.
  static func unescape(_ start: UnsafePointer<UInt8>, _ count: Int, into text: GrowingBytes) {
    var at = 0
    func unit() -> UInt32 {
      var unit: UInt32 = 0
      for digit in 0..<4 { unit = unit << 4 | (hexDigit(start[at + 2 + digit]) ?? 0) }
      at += 6
      return unit
    }
    while at < count {
      guard start[at] == 0x5C else {
        text.append(start[at])
        at += 1
        continue
      }
      let byte = start[at + 1]
      if byte == 0x75 {
        var scalar = unit()
        if scalar & 0xFC00 == 0xD800 {
          scalar = 0x10000 + (scalar & 0x3FF) << 10 + (unit() & 0x3FF)
        }
        Unicode.append(scalar, to: text)
        continue
      }
      switch byte {
      case 0x62: text.append(0x08)
      case 0x66: text.append(0x0C)
      case 0x6E: text.append(0x0A)
      case 0x72: text.append(0x0D)
      case 0x74: text.append(0x09)
      default: text.append(byte)
      }
      at += 2
    }
  }
}
