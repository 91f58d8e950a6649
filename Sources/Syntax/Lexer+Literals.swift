import Text

/// Where literals begin and end. What they are worth is found by `Literals`.
extension Lexer {
  // MARK: - Texts and names

  mutating func lexString(_ quote: UInt8) {
    let start = at
    if peek(1) == quote, peek(2) == quote { return lexTripleQuoted(quote) }
    at += 1
    if skipTo(quote) { return emit(.string, from: start) }
    let mark = quote == 0x22 ? "\"" : "'"
    report.add(
      "unclosed-string", "a text ends on its line, and this one has no closing `\(mark)`",
      Span(start, at), label: "close it with `\(mark)`; a line end in a text is `\\n`",
      fix: text(start, at) + mark)
    emit(.string, from: start, isWrong: true)
  }

  /// Moves behind the closing quote; false if the line ends before.
  private mutating func skipTo(_ quote: UInt8) -> Bool {
    while at < bytes.count {
      let byte = bytes[at]
      if byte == 10 || byte == 13 { return false }
      at += 1
      if byte == quote { return true }
      if byte == UInt8(ascii: "\\"), at < bytes.count, bytes[at] != 10, bytes[at] != 13 { at += 1 }
    }
    return false
  }

  private mutating func lexTripleQuoted(_ quote: UInt8) {
    let start = at
    var end: Int?
    if !lacksTripleQuote {
      var index = at + 3
      while index + 2 < bytes.count {
        if bytes[index] == quote, bytes[index + 1] == quote, bytes[index + 2] == quote {
          end = index + 3
          break
        }
        index += 1
      }
      lacksTripleQuote = end == nil
    }
    at = end ?? lineEnd(from: at)
    report.add(
      "triple-quote", "a text stands between two quotes, on one line", Span(start, start + 3),
      label: "use one quote; a line end in a text is `\\n`")
    emit(.string, from: start, isWrong: true)
  }

  mutating func lexSmartString(_ closing: [Unicode.Scalar], openingLength: Int) {
    let start = at
    at += openingLength
    var inner = at
    var isClosed = false
    while at < bytes.count, bytes[at] != 10, bytes[at] != 13 {
      let next = scalar(at: at)
      inner = at
      at += next?.length ?? 1
      if let next, closing.contains(next.scalar) {
        isClosed = true
        break
      }
    }
    if !isClosed {
      // One curly quote alone swallows nothing but itself.
      at = start + openingLength
      inner = at
    }
    let plain = text(start + openingLength, max(inner, start + openingLength))
    report.add(
      "smart-quotes", "a text stands in straight quotes", Span(start, at),
      label: "write straight quotes", fix: isClosed ? Formatter.quoted(plain) : "\"")
    emit(.string, from: start, isWrong: true)
  }

  mutating func lexQuotedName() {
    let start = at
    at += 1
    if skipTo(UInt8(ascii: "`")) {
      let isEmpty = at == start + 2
      if isEmpty {
        report.add("empty-name", "nothing stands between the backticks", Span(start, at))
      }
      return emit(.quotedName, from: start, isWrong: isEmpty)
    }
    report.add(
      "unclosed-name", "a name in backticks ends on its line, and this one has no closing backtick",
      Span(start, at), label: "close it with a backtick")
    emit(.quotedName, from: start, isWrong: true)
  }

  // MARK: - Numbers

  mutating func lexNumber() {
    let start = at
    if isBareDate() {
      at = dateEnd(from: start)
      report.add(
        "bare-date", "a date begins with `@`", Span(start, at),
        label: "write `@\(text(start, at))`", fix: "@" + text(start, at))
      return emit(.date, from: start, isWrong: true)
    }
    skipDigits()
    var kind = Token.Kind.int
    if peek(0) == UInt8(ascii: "."), Words.isDigit(peek(1)) {
      at += 1
      skipDigits()
      kind = .number
    }
    lexNumberTail(from: start, kind, isWrong: false)
  }

  /// `.5`
  mutating func lexNumberWithoutZero() {
    let start = at
    let previous = byte(at: start - 1)
    if Words.isWordByte(previous) || previous == 0x29 || previous == 0x5D || previous == 0x60 {
      at += 1
      return emit(.dot, from: start)
    }
    at += 1
    skipDigits()
    report.add(
      "bad-number", "a number begins with a digit", Span(start, at),
      label: "write `0\(text(start, at))`", fix: "0" + text(start, at))
    lexNumberTail(from: start, .number, isWrong: true)
  }

  private mutating func lexNumberTail(from start: Int, _ digits: Token.Kind, isWrong: Bool) {
    var kind = digits
    if peek(0) | 32 == UInt8(ascii: "e") {
      let sign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
      if Words.isDigit(peek(sign ? 2 : 1)) {
        at += sign ? 2 : 1
        skipDigits()
        kind = .number
      }
    }
    let next = peek(0)
    if next == UInt8(ascii: "%"), isPercent() {
      at += 1
      return emit(.percent, from: start, isWrong: isWrong)
    }
    let end = wordEnd(from: at)
    if end > at {
      at = end
      return emit(.duration, from: start, isWrong: isWrong)
    }
    if kind == .int, next == UInt8(ascii: "."), peek(1) != UInt8(ascii: "."),
      wordEnd(from: at + 1) == at + 1
    {
      at += 1
      report.add(
        "bad-number", "a digit stands behind the point of a number", Span(start, at),
        label: "write `\(text(start, at))0`", fix: text(start, at) + "0")
      return emit(.number, from: start, isWrong: true)
    }
    emit(kind, from: start, isWrong: isWrong)
  }

  private mutating func skipDigits() {
    while Words.isDigit(peek(0)) || peek(0) == UInt8(ascii: "_") { at += 1 }
  }

  /// `20%`, but not `20%3` and not `5%>%`.
  private func isPercent() -> Bool {
    let next = peek(1)
    if next == UInt8(ascii: ">"), peek(2) == UInt8(ascii: "%") { return false }
    return !(Words.isWordByte(next) || next == UInt8(ascii: "("))
  }

  // MARK: - Dates

  mutating func lexDate() {
    let start = at
    at = dateEnd(from: at + 1)
    emit(.date, from: start)
  }

  /// `2024-01-01` without `@`, which would be arithmetic with zeros in front.
  private func isBareDate() -> Bool {
    guard Words.isDigit(bytes[at]) else { return false }
    for (offset, isDigit) in [
      true, true, true, true, false, true, true, false, true, true,
    ].enumerated() {
      let byte = peek(offset)
      if isDigit ? !Words.isDigit(byte) : byte != UInt8(ascii: "-") { return false }
    }
    return !Words.isDigit(peek(10))
  }

  /// Takes what looks like a date, so that a wrong one is answered as a whole. `..` and a minus
  /// that is followed by anything but digits end it.
  private func dateEnd(from start: Int) -> Int {
    var index = start
    func digits() { while Words.isDigit(byte(at: index)) { index += 1 } }
    digits()
    if index == start { return wordEnd(from: start) }
    for _ in 0..<2 {
      let sign = byte(at: index)
      guard sign == UInt8(ascii: "-") || sign == UInt8(ascii: "/") else { break }
      guard Words.isDigit(byte(at: index + 1)) else { break }
      index += 1
      digits()
    }
    if byte(at: index) | 32 == UInt8(ascii: "t"), Words.isDigit(byte(at: index + 1)) {
      index += 1
      while Words.isDigit(byte(at: index)) || byte(at: index) == UInt8(ascii: ":") { index += 1 }
      if byte(at: index) == UInt8(ascii: "."), Words.isDigit(byte(at: index + 1)) {
        index += 1
        digits()
      }
      let sign = byte(at: index)
      if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), Words.isDigit(byte(at: index + 1)),
        Words.isDigit(byte(at: index + 2))
      {
        index += 1
        while Words.isDigit(byte(at: index)) || byte(at: index) == UInt8(ascii: ":") { index += 1 }
      }
    }
    return wordEnd(from: index)
  }
}
