package import Columns
import Learning
package import Syntax

/// `impute numeric(), with: median`
package struct Impute: LearnedVerb {
  package static let signature = Signature(
    "impute", "fills nulls with something learned", group: .features, stage: .prototype,
    leakage: .learned,
    items: Items([.column], 1...10_000, "columns or selectors"),
    options: [way],
    details: """
      The value is learned on training rows only and kept in the model. Columns without nulls are learned too: rows at predict may have some. `fill` puts a constant without learning.
      """,
    examples: [
      Example(
        """
        table x = [1, null, 3, 8] | impute x, with: median
        #>     x
        #> <num>
        #>     1
        #>     3
        #>     3
        #>     8
        """),
      Example(
        """
        load "samples/patients.csv"
          | replace age, old: 999, with: null
          | impute age, with: mean, indicator: true
          | select age, age_missing
          | head 3
        #>     age  age_missing
        #>   <num>  <bool>
        #> 75       false
        #> 28       false
        #> 54.4399  true
        """),
    ])

  private static let way = Parameter(
    "with", .word(TransformCatalog.methods(of: "impute")), standard: nil, "the way to do it")

  package static func options(for stage: StageSyntax) -> [Parameter] {
    [way]
      + TransformCall.parameters(
        of: stage, verb: "impute", option: "with", standard: way.standard?.text)
  }

  package let output: Flow
  let stage: TransformStage
  package var learned: any LearnedStage { stage }

  package init(_ call: Call, _ checker: inout Checker) throws {
    let transform = try TransformCall(call, option: "with", &checker)
    stage = transform.stage
    output = transform.output
  }
}
