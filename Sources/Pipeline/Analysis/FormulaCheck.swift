import Columns
import Syntax
import Text

extension Checker {
  /// A formula over the input's columns, checked.
  mutating func formula(_ syntax: FormulaSyntax) throws -> FitPlan.Formula {
    var target: String?
    if let expression = syntax.target {
      guard case .name = expression.kind else {
        throw Diagnostic(
          code: "target-wanted", "the target of a formula is one column", at: expression.span,
          label: "derive it first", notes: ["derive log_price = log(price) | fit log_price ~ ."])
      }
      guard let name = column(expression) else { throw Refused() }
      target = name
    }
    var formula = FitPlan.Formula(
      text: Formatter.text(syntax), target: target, named: [], everything: false, removed: [])
    for term in syntax.terms { try take(term, into: &formula) }
    guard formula.everything || !formula.named.isEmpty else {
      throw Diagnostic(
        code: "no-features", "the formula has no features", at: syntax.span,
        label: "`.` stands for all other columns")
    }
    return formula
  }

  private mutating func take(
    _ term: FormulaSyntax.Term, into formula: inout FitPlan.Formula
  ) throws {
    var names: [String]
    switch term.what {
    case .everything:
      guard !term.isRemoved else {
        throw Diagnostic(code: "no-features", "`- .` leaves nothing", at: term.span)
      }
      formula.everything = true
      return
    case .column(let name):
      guard let found = column(.init(.name(name), name.span)) else { throw Refused() }
      names = [found]
    case .other(let expression):
      guard expression.isSelector || isMatches(expression) else {
        throw Diagnostic(
          code: "formula-term", "a formula takes columns, `.` and selectors", at: term.span,
          label: "derive a column from it first")
      }
      // A selector sees only columns that are known now; those that rows decide would be lost silently.
      guard flow.open.isEmpty else {
        throw Diagnostic(
          code: "formula-term",
          "which columns `encode` makes is known only from the rows, so a selector cannot pick them",
          at: term.span, label: "use `.` and take columns away, or name them one by one")
      }
      names = try columns([expression], hidden: Set([formula.target].compactMap(\.self)))
    }
    if term.isRemoved {
      formula.removed.formUnion(names)
      formula.named.removeAll { formula.removed.contains($0) }
      return
    }
    names.removeAll { formula.named.contains($0) }
    if let target = formula.target, names.contains(target) {
      throw Diagnostic(
        code: "target-as-feature", "`\(target)` is the target and cannot be a feature",
        at: term.span)
    }
    formula.named.append(contentsOf: names)
  }

  private func isMatches(_ expression: ExpressionSyntax) -> Bool {
    if case .call(let name, let entries) = expression.kind {
      return name.text == "matches" && entries.count == 1
    }
    return false
  }
}
