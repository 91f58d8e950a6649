package import Text

/// What the lexer made of a source: every byte that is not white space lies in one token.
package struct Lexed: Sendable {
  /// In order, comments included; the last is `.end`.
  package var tokens: [Token]
  package var diagnostics: [Diagnostic]
}

/// Cuts bytes into tokens. It takes any bytes whatever; what is wrong becomes a token and a
/// diagnostic, so that colouring and completion work while somebody is typing.
package struct Lexer {
  let bytes: [UInt8]
  var at = 0
  var tokens: [Token] = []
  var report = Report()
  private var lineEnds: UInt8 = 0
  private var spaceBefore = true
  /// Set once no `*/` or `"""` is found up to the end, so that nobody looks again.
  var lacksBlockEnd = false
  var lacksTripleQuote = false

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    tokens.reserveCapacity(bytes.count / 4 + 8)
  }

  package static func tokens(in source: [UInt8]) -> Lexed {
    var lexer = Lexer(source)
    lexer.run()
    return Lexed(tokens: lexer.tokens, diagnostics: lexer.report.diagnostics)
  }

  private mutating func run() {
    if String(validating: bytes, as: UTF8.self) == nil { reportInvalidBytes() }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    while at < bytes.count {
      let before = at
      lexOne(bytes[at])
      // Whatever a rule above forgot, the lexer moves on.
      if at == before { lexUnknown() }
      if report.isFull, at < bytes.count { giveUp() }
    }
    emit(.end, from: bytes.count)
  }

  /// What has a thousand errors is no script: its rest is one token.
  private mutating func giveUp() {
    let start = at
    at = bytes.count
    emit(.unknown, from: start, isWrong: true)
  }

  private mutating func lexOne(_ byte: UInt8) {
    switch byte {
    case 0x20, 0x09, 0x0B, 0x0C:
      at += 1
      spaceBefore = true
    case 0x0A, 0x0D:
      at += byte == 0x0D && peek(1) == 0x0A ? 2 : 1
      endLine()
    case 0x41...0x5A, 0x61...0x7A, 0x5F: lexWord()
    case 0x30...0x39: lexNumber()
    case 0x80...: lexNonASCII()
    case UInt8(ascii: "#"): lexComment()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): lexString(byte)
    case UInt8(ascii: "`"): lexQuotedName()
    case UInt8(ascii: "@"): lexDate()
    case UInt8(ascii: "$"): lexValue()
    default: lexSign(byte)
    }
  }

  // MARK: - Helpers for all rules

  func peek(_ distance: Int) -> UInt8 {
    let index = at + distance
    return index < bytes.count ? bytes[index] : 0
  }

  func byte(at index: Int) -> UInt8 {
    index >= 0 && index < bytes.count ? bytes[index] : 0
  }

  mutating func emit(_ kind: Token.Kind, from lower: Int, isWrong: Bool = false) {
    tokens.append(
      Token(
        kind: kind, span: Span(lower, at), lineEnds: lineEnds, spaceBefore: spaceBefore,
        isWrong: isWrong))
    lineEnds = 0
    spaceBefore = false
  }

  mutating func endLine() {
    if lineEnds < 2 { lineEnds += 1 }
    spaceBefore = true
  }

  mutating func noteSpace() { spaceBefore = true }

  func text(_ lower: Int, _ upper: Int) -> String {
    String(decoding: bytes[lower..<upper], as: UTF8.self)
  }

  /// The offset of the next end of line, or of the end.
  func lineEnd(from start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != 10, bytes[index] != 13 { index += 1 }
    return index
  }

  /// The scalar at an offset and how many bytes it takes; nil where the bytes are not UTF-8.
  func scalar(at index: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    let first = byte(at: index)
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first < 0xF5, index + length <= bytes.count else { return nil }
    var value = UInt32(first) & (0xFF >> UInt32(length + 1))
    for offset in 1..<length {
      let next = bytes[index + offset]
      guard next & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(next & 0x3F)
    }
    let least: UInt32 = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80
    guard value >= least, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
  }

  /// Where a word that goes on at `start` ends.
  func wordEnd(from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        guard Words.isWordByte(byte) else { break }
        index += 1
      } else {
        guard let next = scalar(at: index), next.scalar.properties.isXIDContinue else { break }
        index += next.length
      }
    }
    return index
  }

  // MARK: - Words and comments

  private mutating func lexWord() {
    let start = at
    at = wordEnd(from: start)
    if at == start { return }
    let next = byte(at: at)
    let third = byte(at: at + 1)
    if next == UInt8(ascii: ":"), third == 0x5C || (third == 0x2F && byte(at: at + 2) == 0x2F) {
      return lexBareAddress(from: start)
    }
    if next == 0x22 || next == 0x27, at - start <= 2, isStringPrefix(start, at) {
      report.add(
        "string-prefix", "a text has no letters before its quote", Span(start, at),
        label: "there is no interpolation; `concat(a, b)` joins texts", fix: "")
      return emit(.skipped, from: start, isWrong: true)
    }
    emit(Words.reserved(bytes[start..<at]) ?? .word, from: start)
  }

  private func isStringPrefix(_ lower: Int, _ upper: Int) -> Bool {
    bytes[lower..<upper].allSatisfy { byte in
      switch byte | 32 {
      case UInt8(ascii: "f"), UInt8(ascii: "r"), UInt8(ascii: "b"), UInt8(ascii: "u"): true
      default: false
      }
    }
  }

  /// `https://…` or `C:\…` without quotes.
  private mutating func lexBareAddress(from start: Int) {
    while at < bytes.count {
      let byte = bytes[at]
      if byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "|") { break }
      at += 1
    }
    let address = text(start, at)
    report.add(
      "unquoted-text", "an address or a path stands in quotes", Span(start, at),
      label: "write it in quotes", fix: Formatter.quoted(address))
    emit(.string, from: start, isWrong: true)
  }

  private mutating func lexComment() {
    let start = at
    at = lineEnd(from: at)
    emit(.comment, from: start)
  }

  private mutating func lexValue() {
    let start = at
    at += 1
    let end = wordEnd(from: at)
    if end > at, !Words.isDigit(bytes[at]) {
      at = end
      return emit(.value, from: start)
    }
    at = max(end, at)
    report.add(
      "bad-character", "`$` stands directly before the name of a script value", Span(start, at),
      label: "write it as `$name`")
    emit(.unknown, from: start, isWrong: true)
  }

  // MARK: - What is no token

  /// A run of bytes that are no part of the language, as one token.
  mutating func lexUnknown() {
    let start = at
    var count = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte < 0x80 {
        let isControl = (byte < 0x20 && !(9...13).contains(byte)) || byte == 0x7F
        if !isControl && !(count == 0 && at == start) { break }
        at += 1
      } else if let next = scalar(at: at) {
        if Words.startsWord(next.scalar) || ForeignSigns.knows(next.scalar) { break }
        at += next.length
      } else {
        at += 1
      }
      count += 1
    }
    if at == start { at += 1 }
    // Bytes that are not UTF-8 have been reported all together.
    if scalar(at: start) != nil {
      report.add(
        "bad-character", "\(Report.shown(text(start, at))) is not part of the language",
        Span(start, at), label: "leave it out, or put it in quotes or backticks")
    }
    emit(.unknown, from: start, isWrong: true)
  }

  private mutating func reportInvalidBytes() {
    var index = 0
    while index < bytes.count, !report.isFull {
      if let next = scalar(at: index) {
        index += next.length
        continue
      }
      let start = index
      while index < bytes.count, scalar(at: index) == nil { index += 1 }
      report.add(
        "bad-character", "a script is UTF-8, and these bytes are not", Span(start, index),
        label: "save the file as UTF-8")
    }
  }
}
