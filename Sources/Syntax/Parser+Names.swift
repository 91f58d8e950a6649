import Text

/// Names, and the usual slips with them.
extension Parser {
  /// The word or quoted name at hand.
  mutating func name() -> NameSyntax {
    let span = token.span
    let name: NameSyntax
    if kind == .quotedName {
      let isClosed = !token.isWrong
      let inner = bytes[(span.lower + 1)..<max(span.lower + 1, span.upper - (isClosed ? 1 : 0))]
      var problems: [Literals.Problem] = []
      let text = Literals.unescaped(inner) { problems.append($0) }
      for problem in problems { tell(problem, at: span, offset: 1) }
      name = NameSyntax(text: text, span: span, isQuoted: true)
    } else {
      name = NameSyntax(text: text(span), span: span)
    }
    advance()
    return name
  }

  /// `"Unit Price" =` and `"zip":`, where a name is wanted. Goes behind the sign that follows.
  mutating func quotedLabel(isColumn: Bool) -> NameSyntax {
    let span = token.span
    let text = stringValue()
    let fix = Words.isBare(text) ? text : Formatter.inBackticks(text)
    slip(
      "quoted-name", isColumn ? "a column is not named by a text" : "this is named by a text",
      at: span, label: "write \(fix)", fix: fix)
    advance()
    advance()
    return NameSyntax(text: text, span: span, isQuoted: true)
  }

  /// `order-date = …`: reads it as one name, if `sign` stands behind, and goes behind the sign.
  mutating func hyphenName(before sign: Token.Kind, isColumn: Bool) -> NameSyntax? {
    guard kind == .word, kindAhead(1) == .minus, isAdjacent(1) else { return nil }
    var distance = 1
    while kindAhead(distance) == .minus, isAdjacent(distance),
      isAdjacent(distance + 1),
      [.word, .int, .in, .by, .on, .is].contains(kindAhead(distance + 1)),
      distance < 20
    {
      distance += 2
    }
    guard distance > 1, kindAhead(distance) == sign else { return nil }
    let span = token.span.joined(tokens[index + distance - 1].span)
    let written = text(span)
    let underscored = String(written.map { $0 == "-" ? "_" : $0 })
    let quoted = Formatter.inBackticks(written)
    slip(
      "hyphen-name", "`-` is minus, so \(Report.shown(written)) is no name", at: span,
      label: "write `\(underscored)`" + (isColumn ? " or \(quoted)" : ""), fix: underscored)
    for _ in 0...distance { advance() }
    return NameSyntax(text: underscored, span: span)
  }

  /// `cross-validate m`: a verb is one word. `sort -rate` has a space.
  mutating func hyphenVerb(_ verb: NameSyntax) {
    guard kind == .minus, isAdjacent(0), isAdjacent(1) else { return }
    let next = tokens[index + 1]
    guard next.kind == .word || next.kind.isReserved, next.lineEnds == 0 else { return }
    let whole = verb.span.joined(next.span)
    slip(
      "hyphen-name", "a verb is one word, and \(Report.shown(text(whole))) is not", at: whole,
      label: "before an item goes a space: `\(verb.text) -\(text(next.span))`",
      fix: "\(verb.text) -\(text(next.span))")
    isLost = true
  }

  /// The value of the string at hand. Stays there.
  mutating func stringValue() -> String {
    let span = token.span
    let raw = bytes[span.lower..<span.upper]
    guard !token.isWrong, raw.count >= 2 else {
      return Self.strippedOfQuotes(String(decoding: raw, as: UTF8.self))
    }
    var problems: [Literals.Problem] = []
    let text = Literals.unescaped(raw.dropFirst().dropLast()) { problems.append($0) }
    for problem in problems { tell(problem, at: span, offset: 1) }
    return text
  }

  /// The lexer has told what is wrong with such a text; its words are kept for what comes.
  private static func strippedOfQuotes(_ text: String) -> String {
    let quotes: Set<Character> = ["\"", "'", "“", "”", "„", "‘", "’", "‚", "«", "»"]
    var rest = Substring(text)
    while let first = rest.first, quotes.contains(first) { rest.removeFirst() }
    while let last = rest.last, quotes.contains(last) { rest.removeLast() }
    return String(rest)
  }

  mutating func tell(_ problem: Literals.Problem, at span: Span, offset: Int = 0) {
    var place = span
    if let part = problem.part {
      let lower = span.lower + offset + part.lowerBound
      place = Span(lower, lower + part.count)
    }
    slip(problem.code, problem.message, at: place, label: problem.label, fix: problem.fix)
  }
}
