package import Text

/// What the parser made of a source. The tree is whole even where there are diagnostics.
package struct Parsed: Sendable {
  package var script: ScriptSyntax
  package var diagnostics: [Diagnostic]
  /// True when the only thing wrong is that the last statement is not finished: an open bracket, or
  /// a `|`, `,`, `=`, `~` or operator at the end. Enter then gives a new line.
  package var needsMore: Bool
  /// True when the source begins with `|`: at the prompt it extends the statement before.
  package var extendsPrevious: Bool
}

/// Reads tokens into the tree. It knows no verbs, only calls.
///
/// An error inside a stage is told once; the rest of the stage is left out, and reading goes on at
/// the next `|` or line. Slips that have one meaning are told and read as what they mean.
package struct Parser {
  /// How deep brackets, signs and `not` may be nested.
  static let deepest = 200
  /// How high a tree of operators may be, so that whoever walks it needs no more than that of stack.
  static let highest = 500

  let bytes: [UInt8]
  /// Without comments.
  private(set) var tokens: [Token] = []
  /// With the index of the token that follows.
  private(set) var comments: [(comment: CommentSyntax, before: Int)] = []
  var index = 0
  private var statementStart = 0
  /// The kind of the token at hand; `.end` where the statement ends.
  private(set) var kind = Token.Kind.end
  /// True when the token before goes on in the next line.
  private(set) var continues = true
  /// Brackets that are open: where they were opened and what closes them.
  private(set) var brackets: [(opener: Int, closer: Token.Kind)] = []
  /// Set after an error that was told; everything returns until `recover` has found a place to go on.
  var isLost = false
  var nesting = 0
  /// One missing comma is told for each stage: more of them are prose, not a script.
  var hasMissingComma = false
  /// Height of the expression that was read last.
  var height = 0
  var report: Report
  private var unfinished = 0
  private var lines: LineTable?

  package static func parse(_ source: String) -> Parsed { parse(Array(source.utf8)) }

  package static func parse(_ source: [UInt8]) -> Parsed {
    var parser = Parser(source, Lexer.tokens(in: source))
    let script = parser.script()
    var diagnostics = parser.report.diagnostics
    let beginsWithPipe = parser.tokens.first?.kind == .pipe
    let known = diagnostics.count - (beginsWithPipe ? 1 : 0)
    let needsMore = parser.unfinished > 0 && known == parser.unfinished
    // The lexer's come first, so a stable order by place is wanted.
    diagnostics = diagnostics.enumerated().sorted { a, b in
      (a.element.span?.lower ?? 0, a.offset) < (b.element.span?.lower ?? 0, b.offset)
    }.map(\.element)
    return Parsed(
      script: script, diagnostics: diagnostics, needsMore: needsMore,
      extendsPrevious: beginsWithPipe)
  }

  private init(_ bytes: [UInt8], _ lexed: Lexed) {
    self.bytes = bytes
    report = Report(diagnostics: lexed.diagnostics)
    tokens.reserveCapacity(lexed.tokens.count)
    var carried: UInt8 = 0
    for (place, token) in lexed.tokens.enumerated() {
      if token.kind == .comment {
        let text = String(decoding: bytes[token.span.lower..<token.span.upper], as: UTF8.self)
        let comment = CommentSyntax(
          kind: CommentSyntax.Kind(of: text), text: text, span: token.span,
          trailsCode: token.lineEnds == 0 && place > 0, blankBefore: token.lineEnds > 1)
        comments.append((comment, tokens.count))
        continue
      }
      if token.kind == .skipped {
        carried = max(carried, token.lineEnds)
        continue
      }
      tokens.append(token)
      if carried > 0 {
        tokens[tokens.count - 1].lineEnds = max(carried, token.lineEnds)
        carried = 0
      }
    }
  }

  // MARK: - Moving

  var token: Token { tokens[index] }
  var isAtEndOfText: Bool { tokens[index].kind == .end }
  /// A stage goes up to the next `|` or to the end of the statement.
  var isAtEndOfStage: Bool { kind == .pipe || kind == .end }
  /// The end of the token before, or the beginning of the statement.
  var previousEnd: Int {
    index > 0 ? max(statementStart, tokens[index - 1].span.upper) : statementStart
  }

  /// From a place to the end of the token before. Where something is missing, both may be the same.
  func span(from start: Int) -> Span { Span(min(start, previousEnd), previousEnd) }

  func text(_ span: Span) -> String {
    String(decoding: bytes[span.lower..<span.upper], as: UTF8.self)
  }

  func isWord(_ word: StaticString) -> Bool {
    guard kind == .word, token.span.upper - token.span.lower == word.utf8CodeUnitCount else {
      return false
    }
    for offset in 0..<word.utf8CodeUnitCount
    where bytes[token.span.lower + offset] != word.utf8Start[offset] {
      return false
    }
    return true
  }

  /// Goes to the next token. Only the caller knows when the word `mod` is an operator.
  mutating func advance(isOperator: Bool = false) {
    guard tokens[index].kind != .end else { return }
    continues = isOperator || tokens[index].kind.continuesLine
    index += 1
    look()
  }

  private mutating func look() {
    let token = tokens[index]
    if token.kind == .semicolon {
      kind = .end
    } else if token.lineEnds > 0 && brackets.isEmpty && !continues && token.kind != .pipe {
      kind = .end
    } else {
      kind = token.kind
    }
  }

  /// The kind of a token ahead on the same line (or in the same bracket), `.end` for any other.
  func kindAhead(_ distance: Int) -> Token.Kind {
    guard index + distance < tokens.count else { return .end }
    if brackets.isEmpty {
      for place in (index + 1)...(index + distance) where tokens[place].lineEnds > 0 { return .end }
    }
    return tokens[index + distance].kind
  }

  /// True if no white space stands between the token and the one before it.
  func isAdjacent(_ distance: Int) -> Bool {
    let place = index + distance
    return place > 0 && place < tokens.count
      && tokens[place].span.lower == tokens[place - 1].span.upper
  }

  /// Makes the token at hand the first of a statement.
  mutating func beginStatement() {
    brackets.removeAll(keepingCapacity: true)
    nesting = 0
    isLost = false
    statementStart = token.span.lower
    continues = true
    look()
  }

  // MARK: - Brackets

  /// Steps into a bracket; false (and lost) if it is too deep.
  mutating func open() -> Bool {
    let closer: Token.Kind
    switch kind {
    case .leftParen: closer = .rightParen
    case .leftBracket: closer = .rightBracket
    default: closer = .rightBrace
    }
    guard nesting < Self.deepest else {
      tooDeep()
      return false
    }
    nesting += 1
    brackets.append((index, closer))
    advance()
    return true
  }

  /// Steps out of the innermost bracket, or tells that it is not closed.
  mutating func close() {
    guard !isLost, let (opener, closer) = brackets.last else { return }
    nesting -= 1
    if kind == closer {
      brackets.removeLast()
      return advance()
    }
    if kind.closesBracket {
      brackets.removeLast()
      if brackets.contains(where: { $0.closer == kind }) {
        return unclosed(opener, closer)
      }
      report.add(
        "mismatched-bracket", "expected `\(sign(closer))`, found \(shownToken())", token.span,
        label: "write `\(sign(closer))`", notes: [openedAt(opener)], fix: sign(closer))
      return advance()
    }
    let isOtherLine = token.lineEnds > 0 && !closesAhead()
    if kind == .end || kind == .pipe || isOtherLine {
      unclosed(opener, closer)
      isLost = true
    } else if kind == .unknown {
      isLost = true
    } else if kind == .arrow || kind == .fatArrow {
      noLambda()
    } else if let answer = foreignAfterItem() {
      slip("foreign-word", answer.message, at: token.span, label: answer.label)
      isLost = true
    } else {
      unexpected("expected `\(sign(closer))`", notes: [openedAt(opener)])
    }
  }

  private mutating func unclosed(_ opener: Int, _ closer: Token.Kind) {
    if isAtEndOfText { unfinished += 1 }
    let place = Span(previousEnd, previousEnd)
    report.add(
      "unclosed-bracket", "`\(text(tokens[opener].span))` is not closed", place,
      label: "`\(sign(closer))` is missing", notes: [openedAt(opener)], fix: sign(closer))
  }

  private mutating func openedAt(_ opener: Int) -> String {
    let table = lines ?? LineTable(bytes)
    lines = table
    let place = table.position(of: tokens[opener].span.lower)
    return
      "`\(text(tokens[opener].span))` was opened in line \(place.line), column \(place.column)"
  }

  private func sign(_ closer: Token.Kind) -> String {
    closer == .rightParen ? ")" : closer == .rightBracket ? "]" : "}"
  }

  /// True if the innermost bracket is closed further on, before a `|` or what looks like the next
  /// statement.
  func closesAhead() -> Bool {
    var depth = 0
    for place in index..<min(index + 2000, tokens.count) {
      let next = tokens[place].kind
      if next == .pipe || looksLikeStatement(place) { return false }
      if next.opensBracket { depth += 1 }
      if next.closesBracket {
        if depth == 0 { return true }
        depth -= 1
      }
    }
    return false
  }

  /// `name =` at the beginning of a line.
  private func looksLikeStatement(_ place: Int) -> Bool {
    tokens[place].lineEnds > 0 && tokens[place].kind == .word && place + 1 < tokens.count
      && tokens[place + 1].kind == .equals
  }

  // MARK: - Errors

  /// Goes to where a stage or statement may begin again: the next `|`, or the next line that does
  /// not belong to this statement.
  mutating func recover() {
    var depth = 0
    var isFirst = true
    while tokens[index].kind != .end {
      let token = tokens[index]
      if token.kind == .pipe || token.kind == .semicolon { break }
      if token.lineEnds > 0 {
        let isInside = (depth > 0 || !brackets.isEmpty) && closesAhead()
        let goesOn = isInside || (!isFirst && tokens[index - 1].kind.continuesLine)
        if looksLikeStatement(index) || !goesOn { break }
      }
      if token.kind.opensBracket { depth += 1 }
      if token.kind.closesBracket {
        if depth > 0 { depth -= 1 } else if !brackets.isEmpty { brackets.removeLast() }
      }
      isFirst = false
      index += 1
    }
    brackets.removeAll(keepingCapacity: true)
    nesting = 0
    isLost = false
    continues = false
    look()
  }

  /// Tells what was wanted and what came, and is lost.
  mutating func unexpected(
    _ wanted: String, label: String = "", notes: [String] = [], fix: String? = nil
  ) {
    guard !isLost else { return }
    isLost = true
    // The lexer has told about these.
    if kind == .unknown { return }
    if kind == .end {
      if isAtEndOfText, continues || !brackets.isEmpty { unfinished += 1 }
      report.add(
        "unexpected-end", "\(wanted), found \(shownToken())", Span(previousEnd, previousEnd),
        label: label,
        notes: notes, fix: fix)
    } else {
      report.add(
        "unexpected-token", "\(wanted), found \(shownToken())", token.span, label: label,
        notes: notes, fix: fix)
    }
  }

  /// Tells of a slip that is read as what it means.
  mutating func slip(
    _ code: String, _ message: String, at span: Span, label: String = "", notes: [String] = [],
    fix: String? = nil
  ) {
    guard !isLost else { return }
    report.add(code, message, span, label: label, notes: notes, fix: fix)
  }

  mutating func tooDeep() {
    slip(
      "too-deep", "this is nested more than \(Self.deepest) deep or \(Self.highest) operators high",
      at: token.span, label: "name a part of it first, such as with `derive`")
    isLost = true
  }

  func shownToken() -> String {
    kind == .end ? "the end of the statement" : Report.shown(text(token.span))
  }
}

extension CommentSyntax.Kind {
  /// `#>`, `#>~` and `#>!` lines.
  package var isRecorded: Bool { self == .output || self == .tolerance || self == .failure }

  init(of text: String) {
    if text.hasPrefix("#>") {
      switch text.utf8.dropFirst(2).first {
      case UInt8(ascii: "~"): self = .tolerance
      case UInt8(ascii: "!"): self = .failure
      default: self = .output
      }
      return
    }
    let rest = text.dropFirst().drop { $0 == " " }
    guard rest.hasPrefix("%%") else {
      self = .plain
      return
    }
    self = rest.dropFirst(2).drop { $0 == " " }.hasPrefix("[markdown]") ? .prose : .cell
  }
}
