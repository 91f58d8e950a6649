import Text

/// Operators by precedence: or < and < not < comparison, in, is < `..` < + - < * / mod < minus < ^.
extension Parser {
  enum Infix {
    case binary(BinaryOperator)
    case range
    case isNull
    case isIn
    /// `not in`
    case isNotIn

    static let comparison = 4

    var precedence: Int {
      switch self {
      case .binary(.or): 1
      case .binary(.and): 2
      case .binary(.equal), .binary(.notEqual), .binary(.less), .binary(.lessOrEqual),
        .binary(.greater), .binary(.greaterOrEqual), .isNull, .isIn, .isNotIn:
        Self.comparison
      case .range: 5
      case .binary(.add), .binary(.subtract): 6
      case .binary(.multiply), .binary(.divide), .binary(.modulo): 7
      case .binary(.power): 9
      }
    }
  }

  mutating func expression() -> ExpressionSyntax { binary(1) }

  /// A term of a formula: no sums, because `+` and `-` join terms there.
  mutating func product() -> ExpressionSyntax { binary(7) }

  /// Tells what is missing and gives the node that stands for it.
  mutating func missing(_ wanted: String, label: String = "") -> ExpressionSyntax {
    unexpected(wanted, label: label)
    return ExpressionSyntax(.missing, Span(previousEnd, previousEnd))
  }

  /// An expression of operators that hold at least so tightly.
  mutating func binary(_ minimum: Int) -> ExpressionSyntax {
    var left = operand(minimum)
    // The right side of the comparison that `left` is, if it is one.
    var compared: ExpressionSyntax?
    // Behind `is null` and an open range nothing that holds more tightly can follow.
    var ceiling = Int.max
    while !isLost, let (infix, fix) = infixAtHand(), infix.precedence >= minimum {
      guard infix.precedence <= ceiling else {
        unexpected("expected `and`, `or` or the end of the item", label: "brackets are needed")
        break
      }
      ceiling = infix.precedence
      let leftHeight = height
      let sign = token
      if let fix {
        slip(
          "not-this-operator", "\(shownToken()) is written `\(fix)`", at: sign.span,
          label: operatorLabel(fix), fix: fix)
      }
      let isComparison = infix.precedence == Infix.comparison
      if isComparison, let compared {
        left = chained(left, compared, sign)
        if isLost { break }
      } else {
        left = combined(left, infix, sign)
      }
      compared = isComparison ? rightSide(of: left) : nil
      grow(over: leftHeight)
    }
    if !isLost, kind == .percentSign { percentWithSpace(left) }
    return isLost && height > Self.highest ? ExpressionSyntax(.missing, left.span) : left
  }

  /// `2^3^2` is `2^(3^2)`, so the right side is nested.
  private mutating func power(_ left: ExpressionSyntax, _ sign: Token) -> ExpressionSyntax {
    guard nesting < Self.deepest else {
      tooDeep()
      return left
    }
    nesting += 1
    let right = binary(8)
    nesting -= 1
    return ExpressionSyntax(
      .binary(.power, operator: sign.span, left, right),
      span(from: left.span.lower))
  }

  /// `20 %`
  private mutating func percentWithSpace(_ number: ExpressionSyntax) {
    let shown = "\(text(number.span))%"
    slip(
      "unexpected-token", "no space stands between a number and `%`",
      at: Span(number.span.upper, token.span.upper), label: "write `\(Self.shortened(shown))`",
      fix: "%")
    advance()
  }

  /// The height of an operator over what was read last and what was read before.
  mutating func grow(over other: Int = 0) {
    height = max(height, other) + 1
    if height > Self.highest, !isLost { tooDeep() }
  }

  private func operatorLabel(_ fix: String) -> String {
    guard fix == "==", kind == .equals else { return "write `\(fix)`" }
    return brackets.last?.closer == .rightParen
      ? "`==` compares; an option in a call is written `name: value`" : "`==` compares"
  }

  /// The operator at hand, with what to write if it is one of another language.
  private func infixAtHand() -> (Infix, fix: String?)? {
    switch kind {
    case .or: return (.binary(.or), nil)
    case .and: return (.binary(.and), nil)
    case .equal: return (.binary(.equal), nil)
    case .notEqual: return (.binary(.notEqual), nil)
    case .less: return (.binary(.less), nil)
    case .lessOrEqual: return (.binary(.lessOrEqual), nil)
    case .greater: return (.binary(.greater), nil)
    case .greaterOrEqual: return (.binary(.greaterOrEqual), nil)
    case .in: return (.isIn, nil)
    case .is: return (.isNull, nil)
    case .not: return isForeignOrOwn(.in, 1) ? (.isNotIn, nil) : nil
    case .range: return (.range, nil)
    case .plus: return (.binary(.add), nil)
    case .minus: return (.binary(.subtract), nil)
    case .star: return (.binary(.multiply), nil)
    case .slash: return (.binary(.divide), nil)
    case .caret: return (.binary(.power), nil)
    case .equals: return (.binary(.equal), "==")
    case .fatArrow:
      // In a call it is more likely a function written in place.
      return brackets.last?.closer == .rightParen ? nil : (.binary(.greaterOrEqual), ">=")
    case .percentSign:
      let next = kindAhead(1)
      let isModulo = next.isOperand || next == .leftParen || next == .minus
      return isModulo ? (.binary(.modulo), "mod") : nil
    case .word: return infixWord()
    default: return nil
    }
  }

  private func infixWord() -> (Infix, fix: String?)? {
    if isWord("mod") { return kindAhead(1) == .colon ? nil : (.binary(.modulo), nil) }
    switch foreignOperator() {
    case .and: return (.binary(.and), "and")
    case .or: return (.binary(.or), "or")
    case .in: return (.isIn, "in")
    case .is: return (.isNull, "is")
    case .not: return isForeignOrOwn(.in, 1) ? (.isNotIn, "not") : nil
    case .percentSign: return (.binary(.modulo), "mod")
    default: return nil
    }
  }

  private func isForeignOrOwn(_ wanted: Token.Kind, _ distance: Int) -> Bool {
    let next = kindAhead(distance)
    if next == wanted { return true }
    return next == .word && text(tokens[index + distance].span).lowercased() == "in"
  }

  /// Reads the rest of one operator application; the operator is at hand.
  private mutating func combined(
    _ left: ExpressionSyntax, _ infix: Infix, _ sign: Token
  ) -> ExpressionSyntax {
    let start = left.span.lower
    func node(_ kind: ExpressionSyntax.Kind) -> ExpressionSyntax {
      ExpressionSyntax(kind, span(from: start))
    }
    switch infix {
    case .binary(let meant):
      advance(isOperator: true)
      if meant == .equal || meant == .notEqual, kind == .null || isForeignNull {
        return nullComparison(left, meant, sign)
      }
      if meant == .power { return power(left, sign) }
      let right = binary(infix.precedence + 1)
      return node(.binary(meant, operator: sign.span, left, right))
    case .range:
      advance()
      let isOpen = !beginsOperand || (kind.isNameLike && kindAhead(1) == .colon)
      let right = isOpen ? nil : binary(infix.precedence + 1)
      if !isLost, kind == .range {
        unexpected("expected one `..` in a range")
      }
      return node(.range(left, right))
    case .isNull: return nullTest(left, sign)
    case .isIn, .isNotIn:
      advance(isOperator: true)
      var isNegated = false
      if case .isNotIn = infix {
        isNegated = true
        if kind == .word {
          slip("not-this-operator", "\(shownToken()) is written `in`", at: token.span, fix: "in")
        }
        advance(isOperator: true)
      }
      let right = binary(Infix.comparison + 1)
      return node(.isIn(left, right, negated: isNegated))
    }
  }

  private var isForeignNull: Bool {
    kind == .word && Self.literalMeant(by: text(token.span)) == .null
  }

  /// `x == null` is never true, so it is answered.
  private mutating func nullComparison(
    _ left: ExpressionSyntax, _ meant: BinaryOperator, _ sign: Token
  ) -> ExpressionSyntax {
    let whole = sign.span.joined(token.span)
    let fix = meant == .equal ? "is null" : "is not null"
    let isAttached = !sign.spaceBefore
    slip(
      "null-comparison", "a comparison with null is never true", at: whole, label: "write `\(fix)`",
      fix: isAttached ? " " + fix : fix)
    advance()
    return ExpressionSyntax(
      .isNull(left, negated: meant == .notEqual), span(from: left.span.lower))
  }

  /// `x is null`, `x is not null`
  private mutating func nullTest(_ left: ExpressionSyntax, _ sign: Token) -> ExpressionSyntax {
    advance(isOperator: true)
    var isNegated = false
    var signs = sign.span
    if kind == .not || (kind == .word && foreignOperator() == .not) {
      if kind == .word {
        slip("not-this-operator", "\(shownToken()) is written `not`", at: token.span, fix: "not")
      }
      isNegated = true
      signs = signs.joined(token.span)
      advance(isOperator: true)
    }
    if isForeignNull {
      foreignLiteral("null")
    } else if kind != .null {
      guard beginsOperand else { return missing("expected `null` after `is`") }
      slip(
        "not-this-operator", "`is` goes with `null` only", at: signs,
        label: "write `\(isNegated ? "!=" : "==")`", fix: isNegated ? "!=" : "==")
      let right = binary(Infix.comparison + 1)
      return ExpressionSyntax(
        .binary(isNegated ? .notEqual : .equal, operator: signs, left, right),
        span(from: left.span.lower))
    }
    advance()
    height = 0
    return ExpressionSyntax(
      .isNull(left, negated: isNegated), span(from: left.span.lower))
  }

  // MARK: - Chains

  private func rightSide(of expression: ExpressionSyntax) -> ExpressionSyntax? {
    switch expression.kind {
    case .binary(_, _, _, let right), .isIn(_, let right, _): right
    case .isNull(let left, _): left
    default: nil
    }
  }

  /// `a < b < c`: read as `a < b and b < c`.
  private mutating func chained(
    _ left: ExpressionSyntax, _ shared: ExpressionSyntax, _ sign: Token
  ) -> ExpressionSyntax {
    let written = text(shared.span)
    let operatorText = text(sign.span)
    slip(
      "chained-comparison", "comparisons are joined by `and`", at: sign.span,
      label: "write `and \(Self.shortened(written)) \(operatorText)`",
      fix: "and \(written) \(operatorText)")
    guard let (infix, _) = infixAtHand() else { return left }
    let right = combined(shared, infix, sign)
    return ExpressionSyntax(
      .binary(.and, operator: sign.span, left, right),
      span(from: left.span.lower))
  }

  private static func shortened(_ text: String) -> String {
    text.count > 24 ? "…" : text
  }

  // MARK: - Prefixes

  private mutating func operand(_ minimum: Int) -> ExpressionSyntax {
    let start = token.span.lower
    let isForeign = isForeignNot
    if kind == .not || isForeign {
      if minimum > 3 {
        slip(
          "unexpected-token", "`not` needs brackets here", at: token.span,
          label: "write `(not …)`")
      } else if isForeign {
        slip(
          "not-this-operator", "\(shownToken()) is written `not`", at: token.span,
          label: "write `not`", fix: "not")
      }
      return prefixed(.not, start) { $0.binary(3) }
    }
    if kind == .minus {
      if let least = leastInteger() { return least }
      return prefixed(.minus, start) { $0.binary(8) }
    }
    if kind == .plus {
      slip("unexpected-token", "no `+` stands before a value", at: token.span, fix: "")
      advance()
    }
    if kind == .range {
      guard minimum <= 5 else { return missing("expected a value") }
      advance()
      let right = binary(6)
      if kind == .range { unexpected("expected one `..` in a range") }
      grow()
      return ExpressionSyntax(.range(nil, right), span(from: start))
    }
    return atom()
  }

  private mutating func prefixed(
    _ sign: UnaryOperator, _ start: Int, _ inner: (inout Parser) -> ExpressionSyntax
  ) -> ExpressionSyntax {
    guard nesting < Self.deepest else {
      tooDeep()
      return ExpressionSyntax(.missing, span(from: start))
    }
    nesting += 1
    advance(isOperator: true)
    let operand = inner(&self)
    nesting -= 1
    grow()
    return ExpressionSyntax(.unary(sign, operand), span(from: start))
  }

  /// -9223372036854775808 is the one whole number that does not fit without its minus.
  private mutating func leastInteger() -> ExpressionSyntax? {
    guard kindAhead(1) == .int, kindAhead(2) != .caret, isAdjacent(1) else { return nil }
    let digits = text(tokens[index + 1].span)
    guard digits.utf8.count >= 19,
      (try? Literals.magnitude(digits)) == UInt64(Int64.max) + 1
    else { return nil }
    let span = token.span.joined(tokens[index + 1].span)
    advance()
    advance()
    height = 0
    return ExpressionSyntax(.int(Int64.min), span)
  }
}
