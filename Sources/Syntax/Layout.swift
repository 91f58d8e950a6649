/// Finds where statements begin, from tokens alone: for colouring and completion, which must work
/// on text that does not parse. The parser follows the same rule.
struct Layout {
  private var depth = 0
  private var continues = true
  private var isFirst = true

  /// Takes the tokens one by one, comments left out; true if this one begins a statement.
  mutating func begins(_ token: Token) -> Bool {
    let isNewLine = token.lineEnds > 0 && depth == 0 && !continues && token.kind != .pipe
    let begins = isFirst || isNewLine
    isFirst = false
    if token.kind.opensBracket { depth += 1 }
    if token.kind.closesBracket, depth > 0 { depth -= 1 }
    // An open bracket reaches no further than its pipeline's stage.
    if token.kind == .pipe { depth = 0 }
    continues = token.kind.continuesLine
    if token.kind == .semicolon {
      isFirst = true
      depth = 0
    }
    return begins
  }
}
