import Text

/// Literals, names, calls, lists and brackets.
extension Parser {
  mutating func atom() -> ExpressionSyntax {
    height = 0
    switch kind {
    case .word, .quotedName: return named()
    case .string:
      let span = token.span
      let value = stringValue()
      advance()
      return ExpressionSyntax(.text(value), span)
    case .int, .number, .percent, .duration, .date: return literal()
    case .value:
      let span = token.span
      advance()
      let name = NameSyntax(
        text: text(Span(span.lower + 1, span.upper)), span: Span(span.lower + 1, span.upper))
      return ExpressionSyntax(.value(name), span)
    case .null: return constant(.null)
    case .true: return constant(.bool(true))
    case .false: return constant(.bool(false))
    case .dot: return constant(.everything)
    case .leftParen: return group()
    case .leftBracket, .leftBrace: return list()
    case .by, .on, .in, .is, .and, .or, .not:
      reservedOperand()
      return ExpressionSyntax(.missing, Span(previousEnd, previousEnd))
    case .arrow:
      noLambda()
      return ExpressionSyntax(.missing, Span(previousEnd, previousEnd))
    default:
      let looksLikePath = kind == .slash && kindAhead(1) == .word && isAdjacent(1)
      let hint = kind == .star ? "all columns are `all()`" : ""
      return missing("expected a value", label: looksLikePath ? "a path stands in quotes" : hint)
    }
  }

  private mutating func constant(_ value: ExpressionSyntax.Kind) -> ExpressionSyntax {
    let span = token.span
    advance()
    return ExpressionSyntax(value, span)
  }

  /// A reserved word where a column or value is wanted.
  mutating func reservedOperand() {
    let quoted = Formatter.inBackticks(text(token.span))
    slip(
      "reserved-word", "expected a value, found the reserved word \(shownToken())", at: token.span,
      label: "a column of this name is written \(quoted)", fix: quoted)
    isLost = true
  }

  private mutating func literal() -> ExpressionSyntax {
    let token = token
    let written = text(token.span)
    advance()
    do throws(Literals.Problem) {
      let value = try Literals.value(token.kind, written)
      return ExpressionSyntax(value, token.span, spelling: written)
    } catch {
      if !token.isWrong { tell(error, at: token.span) }
      return ExpressionSyntax(.missing, token.span)
    }
  }

  // MARK: - Names

  private mutating func named() -> ExpressionSyntax {
    let start = token.span
    if kind == .word, kindAhead(1) != .leftParen {
      let word = text(start)
      if word == "lambda", kindAhead(1) == .word || kindAhead(1) == .colon {
        noLambda()
        return ExpressionSyntax(.missing, start)
      }
      if let meant = Self.literalMeant(by: word) { return foreignLiteral(meant) }
    }
    let name = name()
    if kind == .leftParen { return call(name) }
    if kind == .dot, isAdjacent(0), isAdjacent(1),
      kindAhead(1) == .word || kindAhead(1) == .quotedName
    {
      return part(name)
    }
    if kind == .leftBracket, isAdjacent(0) {
      slip(
        "no-index", "values are not picked by their place in brackets", at: token.span,
        label: "`filter` chooses rows and `select` columns")
      isLost = true
    }
    return ExpressionSyntax(.name(name), start)
  }

  private mutating func foreignLiteral(_ meant: Token.Kind) -> ExpressionSyntax {
    let span = token.span
    foreignLiteral(meant == .null ? "null" : meant == .true ? "true" : "false")
    advance()
    let kind: ExpressionSyntax.Kind = meant == .null ? .null : .bool(meant == .true)
    return ExpressionSyntax(kind, span)
  }

  /// Tells how `None`, `TRUE`, … at hand is written.
  mutating func foreignLiteral(_ meant: String) {
    let quoted = Formatter.inBackticks(text(token.span))
    slip(
      "foreign-word", "\(shownToken()) is written `\(meant)`", at: token.span,
      label: "write `\(meant)`", notes: ["a column of this name is written \(quoted)"], fix: meant)
  }

  /// `data.train`, whose point is at hand.
  private mutating func part(_ whole: NameSyntax) -> ExpressionSyntax {
    advance()
    let part = name()
    let span = whole.span.joined(part.span)
    if kind == .leftParen, isAdjacent(0) {
      let point = Span(part.span.lower - 1, part.span.lower)
      slip(
        "no-methods", "functions take the column in brackets, not before a point", at: point,
        label: "write `\(part.text)(\(whole.text))`")
      isLost = true
    } else if kind == .dot, isAdjacent(0) {
      unexpected("expected one `.` between a name and its part")
    }
    return ExpressionSyntax(.part(whole, part), span)
  }

  private mutating func call(_ name: NameSyntax) -> ExpressionSyntax {
    guard open() else { return ExpressionSyntax(.missing, name.span) }
    let entries = entries(.rightParen)
    close()
    grow()
    return ExpressionSyntax(
      .call(name, entries), span(from: name.span.lower))
  }

  // MARK: - Brackets

  private mutating func group() -> ExpressionSyntax {
    let opener = index
    let start = token.span.lower
    guard open() else { return ExpressionSyntax(.missing, span(from: previousEnd)) }
    if kind == .rightParen {
      unexpected("expected a value between the brackets")
      return ExpressionSyntax(.missing, span(from: start))
    }
    let inner = binary(1)
    if !isLost, kind == .comma {
      return listInParens(opener, [EntrySyntax(label: nil, value: inner)])
    }
    if !isLost, kind == .tilde {
      unexpected("expected `)`", label: "a formula stands without brackets")
    }
    close()
    grow()
    return ExpressionSyntax(.group(inner), span(from: start))
  }

  /// `(a, b)`, of which the first value has been read.
  private mutating func listInParens(_ opener: Int, _ first: [EntrySyntax]) -> ExpressionSyntax {
    let start = tokens[opener].span.lower
    var all = first
    var tallest = height
    while !isLost, kind == .comma {
      advance()
      if kind == .rightParen { break }
      all.append(EntrySyntax(label: nil, value: binary(1)))
      tallest = max(tallest, height)
    }
    height = tallest
    close()
    grow()
    let span = span(from: start)
    if !isLost {
      let inside = text(Span(start + 1, max(start + 1, span.upper - 1)))
      slip(
        "list-brackets", "a list stands in square brackets", at: span,
        label: "write `[…]`", fix: "[" + inside + "]")
    }
    return ExpressionSyntax(.list(all.map(\.value)), span)
  }

  private mutating func list() -> ExpressionSyntax {
    let start = token.span.lower
    if kind == .leftBrace {
      slip(
        "list-brackets", "a dictionary stands in square brackets, not in braces", at: token.span,
        label: "write `[name: value]`", fix: "[")
    }
    let closer: Token.Kind = kind == .leftBrace ? .rightBrace : .rightBracket
    guard open() else { return ExpressionSyntax(.missing, span(from: previousEnd)) }
    let entries = entries(closer)
    close()
    grow()
    let span = span(from: start)
    if entries.contains(where: { $0.label != nil }) {
      return ExpressionSyntax(.dictionary(entries), span)
    }
    return ExpressionSyntax(.list(entries.map(\.value)), span)
  }

  /// The entries up to a closing bracket, which stays.
  private mutating func entries(_ closer: Token.Kind) -> [EntrySyntax] {
    var entries: [EntrySyntax] = []
    var tallest = 0
    height = 0
    while !isLost, kind != closer {
      let start = index
      if kind.closesBracket || kind == .end || kind == .pipe { break }
      entries.append(entry(closer))
      tallest = max(tallest, height)
      if isLost || kind == closer { break }
      if kind == .comma {
        let comma = token.span
        advance()
        if kind == closer {
          slip(
            "trailing-comma", "nothing follows this comma", at: comma, label: "leave it out",
            fix: "")
        }
      } else if beginsOperand, foreignAfterItem() == nil, token.lineEnds == 0 || closesAhead() {
        missingComma()
      } else {
        break
      }
      if index == start { break }
    }
    height = tallest
    return entries
  }

  private mutating func entry(_ closer: Token.Kind) -> EntrySyntax {
    height = 0
    let next = kindAhead(1)
    if kind.isNameLike, next == .colon || (next == .equals && closer != .rightParen) {
      return EntrySyntax(label: entryLabel(), value: entryValue())
    }
    if kind == .string || kind == .int, next == .colon {
      if kind == .string {
        return EntrySyntax(label: quotedLabel(isColumn: false), value: entryValue())
      }
      let span = token.span
      let quoted = Formatter.inBackticks(text(span))
      slip(
        "quoted-name", "a key is a name", at: span, label: "write \(quoted)", fix: quoted)
      let label = NameSyntax(text: text(span), span: span, isQuoted: true)
      advance()
      advance()
      return EntrySyntax(label: label, value: entryValue())
    }
    return EntrySyntax(label: nil, value: binary(1))
  }

  private mutating func entryLabel() -> NameSyntax {
    if kind.isReserved, kind != .on, kind != .by {
      let quoted = Formatter.inBackticks(text(token.span))
      slip(
        "reserved-word", "\(shownToken()) is reserved and is a key only in backticks",
        at: token.span, label: "write \(quoted)", fix: quoted)
    }
    let label = name()
    if kind == .equals {
      slip(
        "not-this-operator", "a key is followed by `:`", at: token.span, label: "write `:`",
        fix: ":")
    }
    advance()
    return label
  }

  private mutating func entryValue() -> ExpressionSyntax {
    if kind == .comma || kind.closesBracket { return missing("expected a value") }
    return binary(1)
  }
}
