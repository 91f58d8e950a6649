import Testing
import Text

@testable import Syntax

/// Expects that a right script means the same when formatted, and that formatting it again changes
/// nothing.
func expectRoundTrip(
  _ source: String, _ name: String = "", location: SourceLocation = #_sourceLocation
) {
  if let problem = roundTripProblem(Parser.parse(source), source) {
    Issue.record("\(name) \(problem)", sourceLocation: location)
  }
}

/// What is wrong with formatting a script that parsed, nil if nothing is.
func roundTripProblem(_ parsed: Parsed, _ source: @autoclosure () -> String) -> String? {
  let formatted = Formatter.format(parsed.script)
  let again = Parser.parse(formatted)
  guard again.diagnostics.isEmpty else {
    return "formatted does not parse: \(source()) → \(formatted): \(again.diagnostics)"
  }
  guard TreeText.of(again.script) == TreeText.of(parsed.script) else {
    return
      "formatted means something else: \(source()) → \(formatted)\n"
      + "\(TreeText.of(parsed.script))\n\(TreeText.of(again.script))"
  }
  let twice = Formatter.format(again.script)
  return twice == formatted ? nil : "formatted again is different: \(formatted) → \(twice)"
}

/// Expects of any bytes whatever: the tokens cover them, all spans lie inside and in each other.
func expectSound(_ bytes: [UInt8], location: SourceLocation = #_sourceLocation) {
  if let problem = soundnessProblem(bytes) {
    Issue.record("\(problem): \(String(decoding: bytes, as: UTF8.self))", sourceLocation: location)
  }
}

/// What is wrong with how some bytes are read, nil if nothing is.
func soundnessProblem(_ bytes: [UInt8], cursor: Int = 0) -> String? {
  var end = 0
  for token in Lexer.tokens(in: bytes).tokens {
    guard token.span.lower >= end, token.span.upper <= bytes.count else { return "token \(token)" }
    guard token.kind == .end || !token.span.isEmpty else { return "empty token \(token)" }
    end = token.span.upper
  }
  let parsed = Parser.parse(bytes)
  for diagnostic in parsed.diagnostics {
    guard let span = diagnostic.span, span.lower >= 0, span.upper <= bytes.count,
      !diagnostic.message.isEmpty, !diagnostic.message.hasSuffix(".")
    else { return "diagnostic \(diagnostic)" }
    guard DiagnosticCatalog.syntax.explanation(of: diagnostic.code) != nil else {
      return "no explanation of \(diagnostic.code)"
    }
  }
  var walk = SpanWalk()
  walk.script(parsed.script, Span(0, bytes.count), isRight: parsed.diagnostics.isEmpty)
  if let problem = walk.problem { return problem }
  _ = Highlight.spans(in: bytes)
  _ = CompletionContext.at(offset: cursor, in: bytes)
  if parsed.diagnostics.isEmpty {
    return roundTripProblem(parsed, String(decoding: bytes, as: UTF8.self))
  }
  return nil
}

/// Looks whether each span lies in the one around it.
struct SpanWalk {
  var problem: String?
  private var isRight = true

  init() {}

  mutating func script(_ script: ScriptSyntax, _ outer: Span, isRight: Bool) {
    self.isRight = isRight
    var end = 0
    for statement in script.statements {
      check(statement.span, outer, "statement")
      if statement.span.lower < end { problem = "statements overlap" }
      end = statement.span.upper
      check(statement.pipeline.span, statement.span, "pipeline")
      switch statement.pipeline.head {
      case .name(let names):
        for name in names { check(name.span, statement.pipeline.span, "head") }
      case .stage(let head): stage(head, statement.pipeline.span)
      }
      for next in statement.pipeline.stages { stage(next, statement.pipeline.span) }
    }
  }

  private mutating func check(_ inner: Span, _ outer: Span, _ what: String) {
    if inner.lower < outer.lower || inner.upper > outer.upper {
      problem = problem ?? "\(what) \(inner) is not in \(outer)"
    }
  }

  private mutating func stage(_ stage: StageSyntax, _ outer: Span) {
    check(stage.span, outer, "stage")
    for argument in stage.arguments { item(argument, stage.span) }
  }

  private mutating func item(_ argument: ArgumentSyntax, _ outer: Span) {
    check(argument.span, outer, "argument")
    switch argument {
    case .item(let value): expression(value, outer)
    case .binding(let name, let value, let span), .option(let name, let value, let span):
      check(name.span, span, "name")
      expression(value, span)
    case .clause(let clause):
      for item in clause.items { self.item(item, clause.span) }
    case .formula(let formula):
      if let target = formula.target { expression(target, formula.span) }
      for term in formula.terms {
        check(term.span, formula.span, "term")
        if case .other(let value) = term.what { expression(value, term.span) }
      }
    }
  }

  private mutating func expression(_ value: ExpressionSyntax, _ outer: Span) {
    check(value.span, outer, "expression")
    switch value.kind {
    case .call(_, let entries), .dictionary(let entries):
      for entry in entries { expression(entry.value, value.span) }
    case .list(let items): for item in items { expression(item, value.span) }
    case .unary(_, let operand), .group(let operand), .isNull(let operand, _):
      expression(operand, value.span)
    case .binary(_, let sign, let left, let right):
      check(sign, value.span, "operator")
      expression(left, value.span)
      expression(right, value.span)
    case .isIn(let left, let right, _):
      expression(left, value.span)
      expression(right, value.span)
    case .range(let low, let high):
      if let low { expression(low, value.span) }
      if let high { expression(high, value.span) }
    case .missing: if isRight { problem = problem ?? "missing without a word" }
    default: break
    }
  }
}
