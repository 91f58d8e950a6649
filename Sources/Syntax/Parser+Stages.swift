import Text

/// Verbs and their arguments.
extension Parser {
  /// The stage behind a `|`; nil if there is none.
  mutating func stage() -> StageSyntax? {
    switch kind {
    case .word: return arguments(of: name())
    case .pipe:
      // The next round reads on behind the second `|`.
      slip(
        "unexpected-token", "expected a verb, found `|`", at: token.span,
        label: "a verb stands between two `|`")
    case .quotedName:
      unexpected("expected a verb", label: "a verb is a bare word")
    case .and, .or, .not, .in, .is, .by, .on:
      slip(
        "reserved-word", "\(shownToken()) is reserved and is not a verb", at: token.span,
        label: "a verb follows `|`")
      isLost = true
    default: unexpected("expected a verb after `|`")
    }
    return nil
  }

  /// Everything between a verb and the end of its stage.
  mutating func arguments(of verb: NameSyntax) -> StageSyntax {
    var items = Arguments()
    hasMissingComma = false
    hyphenVerb(verb)
    emptyBrackets()
    while !isLost, !isAtEndOfStage {
      let start = index
      if kind == .by || kind == .on, kindAhead(1) != .colon, kindAhead(1) != .equals {
        beginClause(&items)
      } else {
        items.add(argument(inClause: items.clause != nil), end: previousEnd)
      }
      if !isLost { separator() }
      if index == start { unexpected("expected an item, an option or `|`") }
    }
    items.closeClause()
    return StageSyntax(
      verb: verb, arguments: items.all, comments: [],
      span: span(from: verb.span.lower))
  }

  /// `head()`
  private mutating func emptyBrackets() {
    guard kind == .leftParen, kindAhead(1) == .rightParen else { return }
    slip(
      "unexpected-token", "a verb takes its items without brackets",
      at: token.span.joined(tokens[index + 1].span), label: "leave them out", fix: "")
    advance()
    advance()
  }

  /// The arguments so far; items after `by` and `on` belong to the clause until an option comes.
  private struct Arguments {
    var all: [ArgumentSyntax] = []
    var clause: ClauseSyntax?

    mutating func add(_ argument: ArgumentSyntax, end: Int) {
      switch argument {
      case .item, .binding:
        if clause != nil {
          clause?.items.append(argument)
          clause?.span.upper = end
          return
        }
      case .option, .formula, .clause: closeClause()
      }
      all.append(argument)
    }

    mutating func closeClause() {
      if let clause { all.append(.clause(clause)) }
      clause = nil
    }
  }

  private mutating func beginClause(_ items: inout Arguments) {
    items.closeClause()
    let word = ClauseSyntax.Word(rawValue: text(token.span)) ?? .by
    items.clause = ClauseSyntax(word: word, wordSpan: token.span, items: [], span: token.span)
    advance()
    if isAtEndOfStage || kind == .comma || ((kind.isNameLike) && kindAhead(1) == .colon) {
      unexpected("expected a column after `\(word.rawValue)`")
    } else if kind == .by || kind == .on {
      reservedOperand()
    } else {
      items.add(argument(inClause: true), end: previousEnd)
    }
  }

  /// What stands between two arguments: a comma, or nothing before options and clauses.
  private mutating func separator() {
    if isAtEndOfStage { return }
    if kind == .comma {
      let comma = token.span
      advance()
      if isAtEndOfStage {
        if isAtEndOfText { return unexpected("expected an item or an option after `,`") }
        slip(
          "trailing-comma", "nothing follows this comma", at: comma, label: "leave it out", fix: "")
      } else if kind == .by || kind == .on, kindAhead(1) != .colon {
        slip(
          "unexpected-token", "no comma stands before \(shownToken())", at: comma,
          label: "leave it out", fix: "")
      } else if kind == .comma {
        slip(
          "unexpected-token", "expected an item or an option, found `,`", at: token.span,
          label: "leave it out", fix: "")
        while kind == .comma { advance() }
      }
      return
    }
    let beginsOption = kind.isNameLike && kindAhead(1) == .colon
    if kind == .by || kind == .on || beginsOption { return }
    notASeparator()
  }

  private mutating func notASeparator() {
    if kind.closesBracket {
      slip(
        "unopened-bracket", "\(shownToken()) closes nothing", at: token.span,
        label: "leave it out", fix: "")
      isLost = true
    } else if kind == .dot, isAdjacent(0), isAdjacent(1), kindAhead(1) == .word {
      slip(
        "no-methods", "a verb follows a `|`, not a point", at: token.span, label: "write `|`",
        fix: " | ")
      isLost = true
    } else if let answer = foreignAfterItem() {
      slip("foreign-word", answer.message, at: token.span, label: answer.label)
      isLost = true
    } else if beginsOperand {
      missingComma()
    } else if kind == .arrow || kind == .fatArrow {
      noLambda()
    } else {
      unexpected("expected `,`, `|` or the end of the statement")
    }
  }

  mutating func missingComma() {
    if hasMissingComma { return }
    hasMissingComma = true
    slip(
      "missing-comma", "expected `,` before \(shownToken())", at: Span(previousEnd, previousEnd),
      label: "a `,` goes between items, a `|` before a verb", fix: ",")
  }

  mutating func noLambda() {
    slip(
      "no-lambda", "functions are not written in place", at: token.span,
      label: "expressions take columns by their names")
    isLost = true
  }

  /// True if the token at hand may begin an expression.
  var beginsOperand: Bool {
    kind.isOperand || kind == .leftParen || kind == .leftBracket || kind == .leftBrace
      || kind == .dot || kind == .not || kind == .minus || kind == .range
  }

  // MARK: - One argument

  private mutating func argument(inClause: Bool) -> ArgumentSyntax {
    let start = token.span.lower
    if kind.isNameLike {
      if kindAhead(1) == .colon { return option() }
      if kindAhead(1) == .equals { return binding(columnName()) }
    } else if kind == .string, kindAhead(1) == .equals || kindAhead(1) == .colon {
      let isOption = kindAhead(1) == .colon
      let name = quotedLabel(isColumn: !isOption)
      return isOption ? option(name) : bindingValue(name)
    }
    if let name = hyphenName(before: .colon, isColumn: false) { return option(name) }
    if let name = hyphenName(before: .equals, isColumn: true) { return bindingValue(name) }
    if kind == .tilde { return formula(target: nil, start, inClause) }
    let expression = expression()
    if !isLost, kind == .tilde { return formula(target: expression, start, inClause) }
    return .item(expression)
  }

  private mutating func option() -> ArgumentSyntax {
    if kind.isReserved, kind != .on, kind != .by {
      slip("reserved-word", "\(shownToken()) is reserved and is no option", at: token.span)
    }
    let name = name()
    advance()
    return option(name)
  }

  /// The value of an option whose colon has been read.
  private mutating func option(_ name: NameSyntax) -> ArgumentSyntax {
    let value =
      isAtEndOfStage || kind == .comma
      ? missing("expected a value after `\(name.text):`")
      : expression()
    if !isLost, kind == .tilde {
      unexpected("expected a value", label: "a formula stands directly after the verb")
    }
    return .option(name, value, span: span(from: name.span.lower))
  }

  private mutating func columnName() -> NameSyntax {
    if kind.isReserved {
      let quoted = Formatter.inBackticks(text(token.span))
      slip(
        "reserved-word", "\(shownToken()) is reserved and names a column only in backticks",
        at: token.span, label: "write \(quoted)", fix: quoted)
    }
    return name()
  }

  private mutating func binding(_ name: NameSyntax) -> ArgumentSyntax {
    advance()
    return bindingValue(name)
  }

  private mutating func bindingValue(_ name: NameSyntax) -> ArgumentSyntax {
    let value =
      isAtEndOfStage || kind == .comma
      ? missing("expected a value after `=`")
      : expression()
    return .binding(name, value, span: span(from: name.span.lower))
  }

  // MARK: - Formulas

  private mutating func formula(
    target: ExpressionSyntax?, _ start: Int, _ inClause: Bool
  ) -> ArgumentSyntax {
    if inClause {
      slip(
        "unexpected-token", "a formula stands directly after the verb, found `~`", at: token.span)
      isLost = true
    }
    advance()
    var terms: [FormulaSyntax.Term] = []
    var isRemoved = false
    if kind == .minus, !isLost {
      isRemoved = true
      advance()
    }
    while !isLost {
      terms.append(term(isRemoved))
      guard !isLost, kind == .plus || kind == .minus else { break }
      isRemoved = kind == .minus
      advance()
    }
    return .formula(
      FormulaSyntax(target: target, terms: terms, span: span(from: start)))
  }

  private mutating func term(_ isRemoved: Bool) -> FormulaSyntax.Term {
    let start = token.span.lower
    let expression =
      beginsOperand || kind == .word ? product() : missing("expected a column, a selector or `.`")
    let what: FormulaSyntax.Term.What
    switch expression.kind {
    case .everything: what = .everything
    case .name(let name): what = .column(name)
    default: what = .other(expression)
    }
    return FormulaSyntax.Term(
      isRemoved: isRemoved, what: what, span: span(from: start))
  }
}
