package import Text

/// What to colour how while somebody types: from tokens and their places, without parsing.
package enum Highlight {
  package enum Kind: String, Sendable, CaseIterable {
    case verb
    case name
    case option
    case string
    case number
    case keyword
    case `operator`
    case comment
    case columnQuoted
    case error
  }

  /// The coloured spans in order. Commas, brackets and white space are in none.
  package static func spans(in source: [UInt8]) -> [(Span, Kind)] {
    let tokens = Lexer.tokens(in: source).tokens
    var result: [(Span, Kind)] = []
    result.reserveCapacity(tokens.count)
    var layout = Layout()
    var place = Place.inside
    for (index, token) in tokens.enumerated() {
      if token.kind == .comment {
        result.append((token.span, .comment))
        continue
      }
      if token.kind == .end { break }
      if layout.begins(token) { place = .start }
      if let kind = kind(of: token, at: index, place, tokens, source) {
        result.append((token.span, kind))
      }
      place = next(after: token, place)
    }
    return result
  }

  private enum Place {
    /// At the beginning of a statement.
    case start
    /// Behind `name =`.
    case head
    /// Behind `|`.
    case stage
    /// Behind the name of a statement, before its `=`.
    case named
    case inside
  }

  private static func next(after token: Token, _ place: Place) -> Place {
    switch token.kind {
    case .pipe: .stage
    case .equals where place == .named: .head
    case .skipped: place
    default: place == .start ? .named : .inside
    }
  }

  private static func kind(
    of token: Token, at index: Int, _ place: Place, _ tokens: [Token], _ source: [UInt8]
  ) -> Kind? {
    if token.isWrong { return .error }
    switch token.kind {
    case .word: return word(at: index, place, tokens, source)
    case .quotedName: return .columnQuoted
    case .value: return .name
    case .string: return .string
    case .int, .number, .percent, .duration, .date: return .number
    case .and, .or, .not, .in, .is, .by, .on, .null, .true, .false:
      return following(index, tokens).kind == .colon ? .option : .keyword
    case .comma, .leftParen, .rightParen, .leftBracket, .rightBracket: return nil
    case .arrow, .semicolon, .leftBrace, .rightBrace, .skipped, .unknown: return .error
    case .comment: return .comment
    case .end: return nil
    default: return .operator
    }
  }

  private static func word(
    at index: Int, _ place: Place, _ tokens: [Token], _ source: [UInt8]
  ) -> Kind {
    let next = following(index, tokens)
    switch place {
    case .stage: return .verb
    case .start where next.kind == .equals: return .name
    case .start, .head:
      // What is followed by nothing, a point or a pipe is a name that stands for its pipeline.
      let isAlone = next.lineEnds > 0 || [.end, .pipe, .dot, .semicolon].contains(next.kind)
      return isAlone ? .name : .verb
    case .named, .inside: break
    }
    if next.kind == .colon { return .option }
    let span = tokens[index].span
    if span.upper - span.lower == 3, source[span.lower..<span.upper].elementsEqual("mod".utf8),
      index > 0, endsOperand(tokens[index - 1].kind), next.kind.isOperand
    {
      return .keyword
    }
    return .name
  }

  private static func endsOperand(_ kind: Token.Kind) -> Bool {
    kind.isOperand || kind == .rightParen || kind == .rightBracket
  }

  /// The token behind, comments left out.
  private static func following(_ index: Int, _ tokens: [Token]) -> Token {
    var next = index + 1
    while next < tokens.count - 1, tokens[next].kind == .comment { next += 1 }
    return tokens[min(next, tokens.count - 1)]
  }
}
