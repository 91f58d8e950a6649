package import Text

/// Where the cursor stands, for Tab. `replace` is what a completion takes the place of: the part of a
/// word, path or name that stands before the cursor.
package enum CompletionContext: Hashable, Sendable {
  /// Behind a `|`. `pipelineBefore` is the text of what flows in.
  case verb(prefix: String, pipelineBefore: Span?, replace: Span)
  /// At the beginning of a statement or behind `name =`: a name or a source verb.
  case head(prefix: String, replace: Span)
  /// Among the arguments of a verb: a column, a function, an option. `after` is the clause word
  /// that the cursor stands behind.
  case argument(
    verb: String, prefix: String, pipelineBefore: Span?, after: ClauseSyntax.Word?, replace: Span)
  /// Behind `option:`, also inside a list there.
  case optionValue(
    verb: String, option: String, prefix: String, pipelineBefore: Span?, replace: Span)
  /// Inside a text. Which verb and option it belongs to says whether it is a path.
  case path(prefix: String, verb: String?, option: String?, replace: Span)
  /// Behind `$`.
  case value(prefix: String, replace: Span)
  /// Behind `name.`
  case part(of: String, prefix: String, replace: Span)
  /// In a comment or a number.
  case none

  package static func at(offset: Int, in source: [UInt8]) -> CompletionContext {
    let cursor = min(max(0, offset), source.count)
    let before = Array(source[..<cursor])
    return Finder(bytes: before, tokens: Lexer.tokens(in: before).tokens).context()
  }
}

/// Looks at the text up to the cursor only.
private struct Finder {
  let bytes: [UInt8]
  let tokens: [Token]

  /// What the token under the cursor is.
  private enum Partial {
    case nothing
    case word
    case quotedName
    case text
    case value
    case none
  }

  func context() -> CompletionContext {
    var whole = tokens.filter { $0.kind != .comment && $0.kind != .skipped }
    // The `.end` token knows whether a line ended before the cursor.
    guard let end = whole.popLast() else { return .none }
    if let last = tokens.dropLast().last, last.kind == .comment || last.kind == .skipped,
      last.span.upper == bytes.count, end.lineEnds == 0
    {
      return .none
    }
    let partial = partial(whole.last)
    if case .none = partial { return .none }
    var cursor = end
    if case .nothing = partial {} else if let last = whole.popLast() { cursor = last }
    let place = place(of: cursor, after: whole)
    let start = partial == .quotedName || partial == .word ? cursor.span.lower : bytes.count
    return context(partial, cursor, place, Span(start, bytes.count), whole.last)
  }

  private func partial(_ last: Token?) -> Partial {
    guard let last, last.span.upper == bytes.count else { return .nothing }
    switch last.kind {
    case .word: return .word
    case .quotedName: return last.isWrong ? .quotedName : .none
    case .string: return last.isWrong ? .text : .none
    case .value: return .value
    case .int, .number, .percent, .duration, .date: return .none
    case .unknown: return bytes.last == UInt8(ascii: "$") ? .value : .nothing
    default: return last.kind.isReserved ? .word : .nothing
    }
  }

  private func context(
    _ partial: Partial, _ cursor: Token, _ place: Place, _ replace: Span, _ previous: Token?
  ) -> CompletionContext {
    let inner = Span(min(cursor.span.lower + 1, bytes.count), bytes.count)
    if partial == .value { return .value(prefix: text(inner), replace: inner) }
    if partial == .text {
      let prefix = Literals.unescaped(bytes[inner.lower..<inner.upper]) { _ in }
      return .path(prefix: prefix, verb: place.verb, option: place.option, replace: inner)
    }
    var prefix = text(replace)
    if partial == .quotedName { prefix.removeFirst() }
    if let previous, previous.kind == .dot, previous.span.upper == replace.lower,
      let owner = place.beforePoint
    {
      return .part(of: owner, prefix: prefix, replace: replace)
    }
    guard let verb = place.verb else {
      return place.isStage
        ? .verb(prefix: prefix, pipelineBefore: place.pipelineBefore, replace: replace)
        : .head(prefix: prefix, replace: replace)
    }
    if let option = place.option {
      return .optionValue(
        verb: verb, option: option, prefix: prefix, pipelineBefore: place.pipelineBefore,
        replace: replace)
    }
    return .argument(
      verb: verb, prefix: prefix, pipelineBefore: place.pipelineBefore, after: place.clause,
      replace: replace)
  }

  // MARK: - The place in the statement

  private struct Place {
    /// Where the pipeline began, behind `name =`.
    var pipeline: Int?
    var pipelineBefore: Span?
    var isStage = false
    var verb: String?
    var option: String?
    var clause: ClauseSyntax.Word?
    /// The name before a point that stands directly before the cursor.
    var beforePoint: String?
  }

  private func place(of cursor: Token, after before: [Token]) -> Place {
    var layout = Layout()
    var walk = Walk()
    for (index, token) in before.enumerated() {
      if layout.begins(token) { walk = Walk() }
      let next = index + 1 < before.count ? before[index + 1] : nil
      step(&walk, token, next, before[..<index])
    }
    if layout.begins(cursor) { walk = Walk() }
    if walk.depth <= walk.optionDepth, walk.isValueComplete { walk.place.option = nil }
    if let last = before.last, last.kind == .dot, before.count > 1 {
      let name = before[before.count - 2]
      if name.kind == .word, name.span.upper == last.span.lower {
        walk.place.beforePoint = text(name.span)
      }
    }
    return walk.place
  }

  private struct Walk {
    var place = Place()
    var count = 0
    var depth = 0
    var optionDepth = 0
    /// True when the token before ends a value, so that no option value can begin.
    var isValueComplete = false
  }

  private func step(
    _ walk: inout Walk, _ token: Token, _ next: Token?, _ before: ArraySlice<Token>
  ) {
    walk.count += 1
    if token.kind == .pipe {
      let start = walk.place.pipeline ?? token.span.lower
      let end = before.last?.span.upper ?? start
      walk.place = Place(
        pipeline: start, pipelineBefore: start < end ? Span(start, end) : nil, isStage: true)
      walk.depth = 0
      return
    }
    if token.kind == .equals, walk.count == 2 {
      walk.place = Place()
      return
    }
    if walk.place.pipeline == nil { walk.place.pipeline = token.span.lower }
    guard walk.place.verb != nil else {
      if token.kind == .word { walk.place.verb = text(token.span) }
      return
    }
    argument(&walk, token, next)
  }

  private func argument(_ walk: inout Walk, _ token: Token, _ next: Token?) {
    switch token.kind {
    case .leftParen, .leftBracket, .leftBrace: walk.depth += 1
    case .rightParen, .rightBracket, .rightBrace: walk.depth = max(0, walk.depth - 1)
    case .comma where walk.depth == 0: walk.place.option = nil
    case .by, .on:
      if walk.depth == 0, next?.kind != .colon {
        walk.place.clause = token.kind == .by ? .by : .on
        walk.place.option = nil
      }
    default: break
    }
    if walk.depth == 0, token.kind.isNameLike, next?.kind == .colon {
      walk.place.option = text(token.span)
      walk.place.clause = nil
      walk.optionDepth = walk.depth
    }
    walk.isValueComplete =
      token.kind.isOperand || token.kind == .rightParen || token.kind == .rightBracket
  }

  private func text(_ span: Span) -> String {
    String(decoding: bytes[span.lower..<span.upper], as: UTF8.self)
  }
}
