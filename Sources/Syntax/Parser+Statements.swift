import Text

/// Scripts, statements, and who keeps which comment.
extension Parser {
  mutating func script() -> ScriptSyntax {
    var statements: [StatementSyntax] = []
    var nextComment = 0
    while !isAtEndOfText, !report.isFull {
      let start = index
      if token.kind == .semicolon {
        semicolon()
        continue
      }
      var leading: [CommentSyntax] = []
      while nextComment < comments.count, comments[nextComment].before <= index {
        leading.append(comments[nextComment].comment)
        nextComment += 1
      }
      var pipes: [Int] = []
      var statement = statement(&pipes)
      let hadLeading = !leading.isEmpty
      statement.blankBefore = leading.first?.blankBefore ?? (tokens[start].lineEnds > 1)
      statement.blankAfterLeading = hadLeading && tokens[start].lineEnds > 1
      statement.leading = leading
      attachComments(to: &statement, from: &nextComment, pipes)
      statements.append(statement)
      // Whatever a rule forgot, the parser moves on.
      if index == start { index += 1 }
    }
    let trailing = comments[min(nextComment, comments.count)...].map(\.comment)
    return ScriptSyntax(statements: statements, trailing: trailing)
  }

  private mutating func semicolon() {
    let isLast = tokens[index + 1].kind == .end || tokens[index + 1].lineEnds > 0
    report.add(
      "no-semicolon", "a statement ends with its line, not with `;`", token.span,
      label: isLast ? "leave it out" : "begin a new line", fix: isLast ? "" : "\n")
    index += 1
  }

  /// Gives each comment inside or behind a statement to its stage: one that trails code to the stage
  /// it trails, one on its own line to the stage whose `|` comes next.
  private func attachComments(
    to statement: inout StatementSyntax, from next: inout Int, _ pipes: [Int]
  ) {
    var ofHead: [CommentSyntax] = []
    while next < comments.count {
      let (comment, before) = comments[next]
      guard before < index || (before == index && comment.trailsCode) else { break }
      next += 1
      let passed = pipes.count { $0 < before }
      let isBeforePipe = !comment.trailsCode && passed < pipes.count && pipes[passed] == before
      let stage = isBeforePipe ? passed : passed - 1
      if stage < 0 {
        ofHead.append(comment)
      } else {
        statement.pipeline.stages[stage].comments.append(comment)
      }
    }
    // One comment can stand behind the head; any others go before the statement.
    if let last = ofHead.last, last.trailsCode {
      if case .stage(var stage) = statement.pipeline.head {
        stage.comments = [last]
        statement.pipeline.head = .stage(stage)
      } else {
        statement.pipeline.headComment = last
      }
      ofHead.removeLast()
    }
    // A recorded line must not come to stand behind the statement before.
    for comment in ofHead {
      if comment.kind.isRecorded {
        statement.recorded.append(comment)
      } else {
        statement.leading.append(comment)
      }
    }
    while next < comments.count, comments[next].before == index {
      guard comments[next].comment.kind.isRecorded else { return }
      statement.recorded.append(comments[next].comment)
      next += 1
    }
  }

  private mutating func statement(_ pipes: inout [Int]) -> StatementSyntax {
    beginStatement()
    let start = token.span
    let name = statementName()
    let pipeline = pipeline(&pipes)
    return StatementSyntax(
      name: name, pipeline: pipeline, leading: [], recorded: [], blankBefore: false,
      blankAfterLeading: false, span: Span(start.lower, previousEnd))
  }

  // MARK: - The name

  private mutating func statementName() -> NameSyntax? {
    declarationWord()
    if kind.isNameLike, kindAhead(1) == .equals {
      let name = resultName()
      advance()
      return name
    }
    return slippedName()
  }

  /// The name at hand; a reserved word is told of.
  private mutating func resultName() -> NameSyntax {
    if kind.isReserved {
      slip(
        "reserved-word", "\(shownToken()) is reserved and cannot name a result", at: token.span,
        label: "choose another name")
    }
    return name()
  }

  /// `let x = …`
  private mutating func declarationWord() {
    guard kind == .word, kindAhead(1) == .word, kindAhead(2) == .equals else { return }
    guard ["let", "var", "val", "const", "set", "auto"].contains(text(token.span)) else { return }
    slip(
      "foreign-word", "a name needs no word before it", at: token.span, label: "leave it out",
      fix: "")
    advance()
  }

  private mutating func slippedName() -> NameSyntax? {
    if kind == .value, kindAhead(1) == .equals {
      let bare = String(text(token.span).dropFirst())
      slip(
        "bad-name", "`$` stands before a value where it is used, not where it is named",
        at: token.span, label: "write `\(bare)`", fix: bare)
      let name = NameSyntax(text: bare, span: token.span)
      advance()
      advance()
      return name
    }
    if kind == .string, kindAhead(1) == .equals { return quotedLabel(isColumn: false) }
    guard kind == .word else { return nil }
    if kindAhead(1) == .equal || (kindAhead(1) == .less && kindAhead(2) == .minus && isAdjacent(2))
    {
      let name = name()
      let isArrow = kind == .less
      let sign = isArrow ? token.span.joined(tokens[index + 1].span) : token.span
      slip(
        "not-this-operator", "a result is named with `=`, not with `\(text(sign))`", at: sign,
        label: "write `=`", fix: "=")
      advance()
      if isArrow { advance() }
      return name
    }
    if kindAhead(1) == .dot, kindAhead(2) == .word, kindAhead(3) == .equals {
      let whole = token.span.joined(tokens[index + 2].span)
      slip(
        "bad-name", "a part of a table or model cannot be replaced", at: whole,
        label: "choose a name without a point")
      let name = NameSyntax(text: text(whole), span: whole)
      for _ in 0..<4 { advance() }
      return name
    }
    return hyphenName(before: .equals, isColumn: false)
  }

  // MARK: - Pipelines

  private mutating func pipeline(_ pipes: inout [Int]) -> PipelineSyntax {
    // A head that is missing stands behind what came before.
    let hasHead = kind == .word || kind == .quotedName
    let start = hasHead ? token.span.lower : min(token.span.lower, previousEnd)
    var stages: [StageSyntax] = []
    if kind == .pipe {
      slip(
        "leading-pipe", "expected a name or a verb before `|`", at: token.span,
        label: "a pipeline begins with what flows through it")
    }
    let head = kind == .pipe ? noHead() : head()
    var isBroken = false
    while true {
      if isLost || !isAtEndOfStage {
        unexpected("expected `|` or the end of the statement")
        recover()
      }
      guard kind == .pipe else { break }
      let pipe = index
      if tokens[pipe].lineEnds > 0 || tokens[pipe + 1].lineEnds > 0 { isBroken = true }
      advance()
      if let stage = stage() {
        stages.append(stage)
        pipes.append(pipe)
      }
    }
    return PipelineSyntax(
      head: head, stages: stages, headComment: nil, isBroken: isBroken,
      span: span(from: start))
  }

  /// What stands for a head that is missing.
  private func noHead() -> PipelineSyntax.Head {
    .name([NameSyntax(text: "", span: Span(previousEnd, previousEnd))])
  }

  private mutating func head() -> PipelineSyntax.Head {
    guard kind == .word || kind == .quotedName else {
      let missing = noHead()
      notAHead()
      return missing
    }
    var names = [name()]
    while kind == .dot, isAdjacent(0), isAdjacent(1),
      kindAhead(1) == .word || kindAhead(1) == .quotedName
    {
      advance()
      names.append(name())
    }
    if isAtEndOfStage { return .name(names) }
    if names.count == 1 {
      guard !names[0].isQuoted else {
        unexpected(
          "expected `|` or the end of the statement",
          label: "a name in backticks is a table, and a `|` goes before a verb")
        return .name(names)
      }
      return .stage(arguments(of: names[0]))
    }
    if kind == .leftParen, isAdjacent(0) {
      let verb = names.removeLast()
      let point = Span(verb.span.lower - 1, verb.span.lower)
      slip(
        "no-methods", "a verb follows a `|`, not a point", at: point,
        label: "write `\(names.map(\.text).joined(separator: ".")) | \(verb.text) …`", fix: " | ")
      isLost = true
    } else {
      unexpected(
        "expected `|` or the end of the statement", label: "a `|` goes between a table and a verb")
    }
    return .name(names)
  }

  private mutating func notAHead() {
    if kind.isReserved, kind != .null, kind != .true, kind != .false {
      slip(
        "reserved-word", "\(shownToken()) is reserved and is neither a verb nor a name",
        at: token.span)
      isLost = true
    } else if kind == .leftParen {
      unexpected(
        "expected a name or a verb", label: "a pipeline stands without brackets; name its parts")
      // The pipes inside belong to it.
      recover()
      while kind == .pipe {
        advance()
        recover()
      }
    } else if kind.isOperand || kind == .leftBracket || kind == .minus {
      unexpected(
        "expected a name or a verb",
        label: kind == .string
          ? "a pipeline begins with a name or a verb such as `load`"
          : "a value is declared with `param`")
    } else {
      unexpected("expected a name or a verb")
    }
  }
}
