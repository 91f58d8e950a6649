package import Text

/// A piece of a script as the lexer cuts it: a word, a literal, a sign, a comment.
package struct Token: Hashable, Sendable {
  package enum Kind: UInt8, Sendable {
    case word
    /// `` `Unit Price` ``
    case quotedName
    /// `$since`
    case value
    case string
    case int
    case number
    case percent
    /// A number with letters behind it; whether they are a unit is found when it is read.
    case duration
    case date

    case and, or, not, `in`, `is`, by, on, null, `true`, `false`

    case pipe, comma, colon, equals, tilde, dot, range
    case leftParen, rightParen, leftBracket, rightBracket, leftBrace, rightBrace
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case plus, minus, star, slash, caret

    /// Signs of other languages that the parser answers, because what is right depends on the place.
    case percentSign, fatArrow, arrow, semicolon

    case comment
    /// Something wrong that the parser may leave out: the letter before a string, a foreign comment.
    case skipped
    /// Bytes that are no token of the language.
    case unknown
    case end
  }

  package var kind: Kind
  package var span: Span
  /// Line ends between this and the token before it (comments count as tokens); 2 stands for more.
  package var lineEnds: UInt8
  package var spaceBefore: Bool
  /// The lexer has given a diagnostic about it.
  package var isWrong: Bool
}

extension Token.Kind {
  /// `and or not in is by on null true false`
  package var isReserved: Bool { rawValue >= Self.and.rawValue && rawValue <= Self.false.rawValue }

  /// Words in the widest sense: what may be meant as a name.
  var isNameLike: Bool { self == .word || self == .quotedName || isReserved }

  /// Signs and words after which a statement goes on in the next line. `mod` is one too where it is
  /// an operator, which only the parser knows.
  var continuesLine: Bool {
    switch self {
    case .pipe, .comma, .equals, .tilde, .and, .or, .not, .in, .is, .equal, .notEqual, .less,
      .lessOrEqual, .greater, .greaterOrEqual, .plus, .minus, .star, .slash, .caret, .percentSign,
      .fatArrow:
      true
    default: false
    }
  }

  var opensBracket: Bool { self == .leftParen || self == .leftBracket || self == .leftBrace }
  var closesBracket: Bool { self == .rightParen || self == .rightBracket || self == .rightBrace }

  /// Literals and names: what may be an operand as it stands.
  var isOperand: Bool {
    switch self {
    case .word, .quotedName, .value, .string, .int, .number, .percent, .duration, .date, .null,
      .true, .false:
      true
    default: false
    }
  }
}

/// The reserved words and how names are spelled.
package enum Words {
  package static let reserved = [
    "and", "or", "not", "in", "is", "by", "on", "null", "true", "false",
  ]

  /// The kind of a reserved word, nil for any other.
  static func reserved(_ bytes: ArraySlice<UInt8>) -> Token.Kind? {
    guard bytes.count >= 2, bytes.count <= 5, let first = bytes.first else { return nil }
    // Nearly every word is told apart by its first letter.
    switch first {
    case UInt8(ascii: "a"): return bytes.elementsEqual("and".utf8) ? .and : nil
    case UInt8(ascii: "o"):
      if bytes.elementsEqual("or".utf8) { return .or }
      return bytes.elementsEqual("on".utf8) ? .on : nil
    case UInt8(ascii: "n"):
      if bytes.elementsEqual("not".utf8) { return .not }
      return bytes.elementsEqual("null".utf8) ? .null : nil
    case UInt8(ascii: "i"):
      if bytes.elementsEqual("in".utf8) { return .in }
      return bytes.elementsEqual("is".utf8) ? .is : nil
    case UInt8(ascii: "b"): return bytes.elementsEqual("by".utf8) ? .by : nil
    case UInt8(ascii: "t"): return bytes.elementsEqual("true".utf8) ? .true : nil
    case UInt8(ascii: "f"): return bytes.elementsEqual("false".utf8) ? .false : nil
    default: return nil
    }
  }

  /// True if a name may be written without backticks.
  package static func isBare(_ name: String) -> Bool {
    var isFirst = true
    for scalar in name.unicodeScalars {
      if !(isFirst ? startsWord(scalar) : continuesWord(scalar)) { return false }
      isFirst = false
    }
    return !isFirst && !reserved.contains(name)
  }

  static func startsWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return isWordStart(UInt8(scalar.value)) }
    return scalar.properties.isXIDStart
  }

  static func continuesWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return isWordByte(UInt8(scalar.value)) }
    return scalar.properties.isXIDContinue
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
  static func isWordStart(_ byte: UInt8) -> Bool { (byte | 32) &- 97 < 26 || byte == 95 }
  static func isWordByte(_ byte: UInt8) -> Bool { isWordStart(byte) || isDigit(byte) }
}
