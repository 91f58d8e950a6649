import Syntax
import Text

/// `apply prep`
package struct Apply: Verb {
  package static let signature = Signature(
    "apply", "runs the stages of a recipe here", group: .reuse, stage: .prototype,
    leakage: .transparent,
    items: Items([.name], 1...1, "the name of a recipe"),
    details: """
      A recipe is a pipeline without a source: `prep = impute numeric(), with: median | scale numeric()`. Applying \
      it is the same as writing its stages here.
      """,
    examples: [
      Example(
        """
        tidy = filter x is not null | derive twice = 2 * x
        table x = [1, null, 4] | apply tidy
        #>     x  twice
        #> <int>  <int>
        #>     1      2
        #>     4      8
        """),
      Example(
        """
        short = head 1
        table x = [1, 2] | apply short
        #>     x
        #> <int>
        #>     1
        """),
    ])

  package let output: Flow

  /// The analyser puts the recipe's stages in its place, so no call of it is ever made.
  package init(_ call: Call, _ checker: inout Checker) throws {
    output = checker.flow
  }

  package func lower(_ input: Operator?) -> Operator.Kind { Operator.required(input).kind }

  /// The stages that stand for `apply name`, and the source they were written in if it is another one.
  static func stages(
    _ stage: StageSyntax, _ checker: Checker
  ) throws -> (stages: [StageSyntax], source: String?) {
    guard stage.arguments.count == 1, case .item(let item) = stage.arguments[0],
      case .name(let name) = item.kind
    else {
      throw Diagnostic(
        code: "item-missing", "`apply` wants the name of a recipe", at: stage.verb.span)
    }
    switch checker.names[name.text] {
    case .recipe(let stages):
      let source = checker.recipeSources[name.text]
      return (stages, source == checker.place.source ? nil : source)
    case .failed: throw Refused()
    case .some:
      throw Diagnostic(
        code: "wrong-kind", "`\(name.text)` is not a recipe", at: name.span,
        notes: ["a recipe is a pipeline without a source: prep = impute x, with: median"])
    case nil:
      let recipes = checker.names.compactMap { if case .recipe = $0.value { $0.key } else { nil } }
      let near = Suggestion.nearest(to: name.text, in: recipes.sorted())
      throw Diagnostic(
        code: "name-not-found", "there is no recipe named `\(name.text)`", at: name.span,
        label: near.map { "did you mean `\($0)`?" } ?? "", fix: near)
    }
  }
}
