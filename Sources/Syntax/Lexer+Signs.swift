import Text

/// Signs beyond ASCII that word processors and other habits put in the place of ours.
enum ForeignSigns {
  static func knows(_ scalar: Unicode.Scalar) -> Bool {
    isSpace(scalar) || closingQuote(of: scalar) != nil || operatorMeant(by: scalar) != nil
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000,
      0xFEFF:
      true
    default: false
    }
  }

  static func closingQuote(of scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
    switch scalar {
    case "\u{201C}", "\u{201D}", "\u{201E}", "\u{201F}": ["\u{201D}", "\u{201C}", "\""]
    case "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}": ["\u{2019}", "\u{2018}", "'"]
    case "\u{AB}", "\u{BB}": ["\u{BB}", "\u{AB}"]
    default: nil
    }
  }

  static func operatorMeant(by scalar: Unicode.Scalar) -> (kind: Token.Kind, text: String)? {
    switch scalar {
    case "≥": (.greaterOrEqual, ">=")
    case "≤": (.lessOrEqual, "<=")
    case "≠": (.notEqual, "!=")
    case "\u{2212}", "\u{2013}", "\u{2014}", "\u{2010}", "\u{2011}": (.minus, "-")
    case "×", "·": (.star, "*")
    case "÷": (.slash, "/")
    case "¬": (.not, "not ")
    case "∧": (.and, "and")
    case "∨": (.or, "or")
    case "∈": (.in, "in")
    case "…": (.range, "..")
    case "，": (.comma, ",")
    case "：": (.colon, ":")
    case "（": (.leftParen, "(")
    case "）": (.rightParen, ")")
    case "｜": (.pipe, "|")
    case "＝": (.equals, "=")
    default: nil
    }
  }
}

extension Lexer {
  mutating func lexNonASCII() {
    guard let next = scalar(at: at) else { return lexUnknown() }
    let start = at
    if Words.startsWord(next.scalar) {
      at = wordEnd(from: start)
      if at == start { at += next.length }
      return emit(.word, from: start)
    }
    if ForeignSigns.isSpace(next.scalar) {
      at += next.length
      report.add(
        "bad-character", "a special space (U+\(hex(next.scalar))) stands here", Span(start, at),
        label: "write an ordinary space", fix: " ")
      return noteSpace()
    }
    if let closing = ForeignSigns.closingQuote(of: next.scalar) {
      return lexSmartString(closing, openingLength: next.length)
    }
    if let meant = ForeignSigns.operatorMeant(by: next.scalar) {
      at += next.length
      return emitSlip(meant.kind, from: start, write: meant.text)
    }
    lexUnknown()
  }

  private func hex(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// One sign of another language in the place of ours.
  mutating func emitSlip(_ kind: Token.Kind, from start: Int, write fix: String) {
    let meant = fix.split(separator: " ").first.map(String.init) ?? fix
    report.add(
      "not-this-operator", "\(Report.shown(text(start, at))) is written `\(meant)`",
      Span(start, at), label: "write `\(meant)`", fix: fix)
    emit(kind, from: start, isWrong: true)
  }

  mutating func lexSign(_ byte: UInt8) {
    let start = at
    if let (length, kind, fix) = slip(byte) {
      at += length
      return emitSlip(kind, from: start, write: fix)
    }
    if lexForeignComment(byte) { return }
    if let (length, kind) = sign(byte) {
      at += length
      return emit(kind, from: start)
    }
    if byte == UInt8(ascii: "."), Words.isDigit(peek(1)) { return lexNumberWithoutZero() }
    switch byte {
    case UInt8(ascii: "."):
      at += 1
      emit(.dot, from: start)
    case UInt8(ascii: "?"):
      at += 1
      report.add(
        "bad-character", "`?` is not used in a statement", Span(start, at),
        label: "a choice is written `if(condition, a, b)`")
      emit(.unknown, from: start, isWrong: true)
    default: lexUnknown()
    }
  }

  private func sign(_ byte: UInt8) -> (Int, Token.Kind)? {
    let next = peek(1)
    let isEqualNext = next == UInt8(ascii: "=")
    switch byte {
    case UInt8(ascii: "|"): return (1, .pipe)
    case UInt8(ascii: ","): return (1, .comma)
    case UInt8(ascii: ":"): return (1, .colon)
    case UInt8(ascii: "~"): return (1, .tilde)
    case UInt8(ascii: "("): return (1, .leftParen)
    case UInt8(ascii: ")"): return (1, .rightParen)
    case UInt8(ascii: "["): return (1, .leftBracket)
    case UInt8(ascii: "]"): return (1, .rightBracket)
    case UInt8(ascii: "{"): return (1, .leftBrace)
    case UInt8(ascii: "}"): return (1, .rightBrace)
    case UInt8(ascii: "+"): return (1, .plus)
    case UInt8(ascii: "*"): return (1, .star)
    case UInt8(ascii: "/"): return (1, .slash)
    case UInt8(ascii: "^"): return (1, .caret)
    case UInt8(ascii: "%"): return (1, .percentSign)
    case UInt8(ascii: ";"): return (1, .semicolon)
    case UInt8(ascii: "-"): return next == UInt8(ascii: ">") ? (2, .arrow) : (1, .minus)
    case UInt8(ascii: "<"): return isEqualNext ? (2, .lessOrEqual) : (1, .less)
    case UInt8(ascii: ">"): return isEqualNext ? (2, .greaterOrEqual) : (1, .greater)
    case UInt8(ascii: "="):
      if isEqualNext { return (2, .equal) }
      return next == UInt8(ascii: ">") ? (2, .fatArrow) : (1, .equals)
    case UInt8(ascii: "!"): return isEqualNext ? (2, .notEqual) : nil
    case UInt8(ascii: "."): return next == UInt8(ascii: ".") ? (2, .range) : nil
    default: return nil
    }
  }

  /// Signs that are always wrong, with what they mean here.
  private func slip(_ byte: UInt8) -> (length: Int, kind: Token.Kind, fix: String)? {
    let next = peek(1)
    let third = peek(2)
    switch (byte, next) {
    case (UInt8(ascii: "&"), UInt8(ascii: "&")): return (2, .and, "and")
    case (UInt8(ascii: "&"), _): return (1, .and, "and")
    case (UInt8(ascii: "|"), UInt8(ascii: "|")): return (2, .or, "or")
    case (UInt8(ascii: "|"), UInt8(ascii: ">")): return (2, .pipe, "|")
    case (UInt8(ascii: "%"), UInt8(ascii: ">")) where third == UInt8(ascii: "%"):
      return (3, .pipe, "|")
    case (UInt8(ascii: "<"), UInt8(ascii: ">")): return (2, .notEqual, "!=")
    case (UInt8(ascii: "="), UInt8(ascii: "=")) where third == UInt8(ascii: "="):
      return (3, .equal, "==")
    case (UInt8(ascii: "="), UInt8(ascii: "<")): return (2, .lessOrEqual, "<=")
    case (UInt8(ascii: "!"), UInt8(ascii: "=")):
      return third == UInt8(ascii: "=") ? (3, .notEqual, "!=") : nil
    case (UInt8(ascii: "!"), _): return (1, .not, next == 0x20 ? "not" : "not ")
    case (UInt8(ascii: "*"), UInt8(ascii: "*")): return (2, .caret, "^")
    case (UInt8(ascii: ":"), UInt8(ascii: "=")): return (2, .equals, "=")
    default: return nil
    }
  }

  /// `// text`, `-- text`, `/* text */`: taken out as comments, with what to write instead.
  private mutating func lexForeignComment(_ byte: UInt8) -> Bool {
    let start = at
    let next = peek(1)
    if byte == UInt8(ascii: "/"), next == byte {
      at += 2
    } else if byte == UInt8(ascii: "-"), next == byte, [0, 9, 10, 13, 32].contains(peek(2)) {
      at += 2
    } else if byte == UInt8(ascii: "/"), next == UInt8(ascii: "*") {
      return lexBlockComment()
    } else {
      return false
    }
    report.add(
      "foreign-comment", "a comment begins with `#`", Span(start, at), label: "write `#`", fix: "#")
    at = lineEnd(from: at)
    emit(.skipped, from: start, isWrong: true)
    return true
  }

  private mutating func lexBlockComment() -> Bool {
    let start = at
    report.add(
      "foreign-comment", "a comment begins with `#` and ends with its line", Span(start, start + 2),
      label: "begin each line of it with `#`")
    var end: Int?
    if !lacksBlockEnd {
      var index = at + 2
      while index + 1 < bytes.count {
        if bytes[index] == UInt8(ascii: "*"), bytes[index + 1] == UInt8(ascii: "/") {
          end = index + 2
          break
        }
        index += 1
      }
      lacksBlockEnd = end == nil
    }
    at = end ?? lineEnd(from: at)
    emit(.skipped, from: start, isWrong: true)
    return true
  }
}
