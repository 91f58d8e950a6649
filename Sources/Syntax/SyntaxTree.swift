package import Text

// The tree a script becomes. Every node knows its span in bytes; comments ride on statements and
// stages so that the formatter can put them back. Nothing here knows any verb.

/// A whole script.
package struct ScriptSyntax: Sendable {
  package var statements: [StatementSyntax]
  /// Comments after the last statement.
  package var trailing: [CommentSyntax]
}

/// `# text`, `#> recorded`, `# %% title`: one line, with what kind of line it is.
package struct CommentSyntax: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// `# anything`
    case plain
    /// `#> a recorded output line`
    case output
    /// `#>~ 2%`: the tolerance of the block that follows.
    case tolerance
    /// `#>! code`: the error that is expected.
    case failure
    /// `# %% title`
    case cell
    /// `# %% [markdown]`
    case prose
  }
  package var kind: Kind
  /// The whole line from `#` on, without its end of line.
  package var text: String
  package var span: Span
  /// True when code stands before it on its line.
  package var trailsCode: Bool
  /// True when a blank line stands before it.
  package var blankBefore: Bool

  package init(
    kind: Kind, text: String, span: Span, trailsCode: Bool = false, blankBefore: Bool = false
  ) {
    self.kind = kind
    self.text = text
    self.span = span
    self.trailsCode = trailsCode
    self.blankBefore = blankBefore
  }
}

/// `name = pipeline` or `pipeline`.
package struct StatementSyntax: Sendable {
  package var name: NameSyntax?
  package var pipeline: PipelineSyntax
  /// Comment lines before the statement.
  package var leading: [CommentSyntax]
  /// `#>` lines directly after the statement: what was recorded.
  package var recorded: [CommentSyntax]
  /// True when a blank line stands before the statement (and its leading comments).
  package var blankBefore: Bool
  /// True when a blank line stands between the last leading comment and the statement.
  package var blankAfterLeading: Bool
  /// From the first token to the last.
  package var span: Span
}

/// A word as written, or the inside of backticks.
package struct NameSyntax: Hashable, Sendable {
  package var text: String
  package var span: Span
  package var isQuoted: Bool

  package init(text: String, span: Span, isQuoted: Bool = false) {
    self.text = text
    self.span = span
    self.isQuoted = isQuoted
  }
}

package struct PipelineSyntax: Sendable {
  package enum Head: Sendable {
    /// `data` or `data.train`: at least one name.
    case name([NameSyntax])
    /// A source verb, or the first stage of a recipe.
    case stage(StageSyntax)
  }
  package var head: Head
  package var stages: [StageSyntax]
  /// The comment behind a head that is a name; with a head that is a stage it rides on the stage.
  package var headComment: CommentSyntax?
  /// True when a `|` stands at an end of line, which the formatter keeps.
  package var isBroken: Bool
  package var span: Span
}

/// One verb with its arguments, in the order they were written.
package struct StageSyntax: Sendable {
  package var verb: NameSyntax
  package var arguments: [ArgumentSyntax]
  /// Comments that stand before this stage's `|` or behind it.
  package var comments: [CommentSyntax]
  package var span: Span

  package init(
    verb: NameSyntax, arguments: [ArgumentSyntax] = [], comments: [CommentSyntax] = [], span: Span
  ) {
    self.verb = verb
    self.arguments = arguments
    self.comments = comments
    self.span = span
  }
}

/// Anything that may stand between a verb and the next `|`.
package enum ArgumentSyntax: Sendable {
  /// `amount > 10`, `-rate`, `"path"`, `numeric()`
  case item(ExpressionSyntax)
  /// `late = hour < 6`
  case binding(NameSyntax, ExpressionSyntax, span: Span)
  /// `fraud ~ . - id`
  case formula(FormulaSyntax)
  /// `test: 20%`
  case option(NameSyntax, ExpressionSyntax, span: Span)
  /// `by a, m = month(day)` or `on key`; the items of the clause (items and bindings only).
  case clause(ClauseSyntax)

  package var span: Span {
    switch self {
    case .item(let expression): expression.span
    case .binding(_, _, let span), .option(_, _, let span): span
    case .formula(let formula): formula.span
    case .clause(let clause): clause.span
    }
  }
}

package struct ClauseSyntax: Sendable {
  package enum Word: String, Sendable {
    case on
    case by
  }
  package var word: Word
  /// Where the word itself stands.
  package var wordSpan: Span
  /// `.item` and `.binding` only.
  package var items: [ArgumentSyntax]
  package var span: Span
}

/// `y ~ a + b - c`, `~ .`. Terms are bare columns, `.`, or selector calls.
package struct FormulaSyntax: Sendable {
  package struct Term: Sendable {
    package enum What: Sendable {
      case everything
      case column(NameSyntax)
      /// A selector such as `numeric()`, or anything else that was written (the checks say what is wrong).
      case other(ExpressionSyntax)
    }
    package var isRemoved: Bool
    package var what: What
    package var span: Span
  }
  package var target: ExpressionSyntax?
  package var terms: [Term]
  package var span: Span
}

package struct ExpressionSyntax: Sendable {
  package indirect enum Kind: Sendable {
    case null
    case bool(Bool)
    /// Fits in 64 bits and was written without point or exponent.
    case int(Int64)
    case number(Double)
    /// `20%`, already divided by 100.
    case percent(Double)
    /// Months are counted apart from exact time.
    case duration(months: Int64, microseconds: Int64)
    case date(DateSyntax)
    case text(String)
    /// A bare column or, where one is expected, a name, a word of an option, a verb.
    case name(NameSyntax)
    /// `data.train`
    case part(NameSyntax, NameSyntax)
    /// `$since`
    case value(NameSyntax)
    /// `round(x, 2)`, `count()`; options in a call such as `concat(a, b, with: "-")` are entries with a label.
    case call(NameSyntax, [EntrySyntax])
    /// `[a, b]`
    case list([ExpressionSyntax])
    /// `[zip: text, age: int]`
    case dictionary([EntrySyntax])
    case unary(UnaryOperator, ExpressionSyntax)
    case binary(BinaryOperator, operator: Span, ExpressionSyntax, ExpressionSyntax)
    /// `a..b`, `18..`, `..65`: both ends included.
    case range(ExpressionSyntax?, ExpressionSyntax?)
    /// `x is null`, `x is not null`
    case isNull(ExpressionSyntax, negated: Bool)
    /// `x in y`, `x not in y`
    case isIn(ExpressionSyntax, ExpressionSyntax, negated: Bool)
    /// `(a + b)`: kept so that the formatter can keep it.
    case group(ExpressionSyntax)
    /// `.` where an expression is expected (only formulas give it a meaning).
    case everything
    /// Something the parser could not read; a diagnostic has been given.
    case missing
  }
  package var kind: Kind
  package var span: Span
  /// How a number, duration or date was written, such as `1_000` or `2w`: the formatter keeps it as
  /// long as it is worth what `kind` says.
  package var spelling: String?

  package init(_ kind: Kind, _ span: Span, spelling: String? = nil) {
    self.kind = kind
    self.span = span
    self.spelling = spelling
  }
}

package struct EntrySyntax: Sendable {
  package var label: NameSyntax?
  package var value: ExpressionSyntax

  package init(label: NameSyntax?, value: ExpressionSyntax) {
    self.label = label
    self.value = value
  }
}

/// `@2024`, `@2024-03`, `@2024-03-31`, `@2024-03-31T09:30Z`; a missing part makes it a period.
package struct DateSyntax: Hashable, Sendable {
  package var year: Int
  package var month: Int?
  package var day: Int?
  /// Microseconds since midnight UTC, once an offset has been taken off (so it may be negative or past the day).
  package var timeOfDay: Int64?

  package init(year: Int, month: Int? = nil, day: Int? = nil, timeOfDay: Int64? = nil) {
    self.year = year
    self.month = month
    self.day = day
    self.timeOfDay = timeOfDay
  }
}

package enum UnaryOperator: String, Sendable {
  case minus = "-"
  case not
}

package enum BinaryOperator: String, Sendable, CaseIterable {
  case or
  case and
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case modulo = "mod"
  case power = "^"
}
