package import Columns
import Learning
package import Syntax

/// `encode city, method: target`
package struct Encode: LearnedVerb {
  package static let signature = Signature(
    "encode", "turns categories into numbers", group: .features, stage: .prototype,
    leakage: .learned,
    items: Items([.column], 1...10_000, "columns or selectors"),
    options: [way],
    details: """
      onehot makes a column `name=value` for each level of the training rows; a level it did not see is all zeros. target puts the smoothed mean of the target there, cross-fitted on training rows so that no row sees its own target.
      """,
    examples: [
      Example(
        """
        table g = ["a", "b", "a"] | encode g, method: onehot
        #>   g=a    g=b
        #> <int>  <int>
        #>     1      0
        #>     0      1
        #>     1      0
        """),
      Example(
        """
        load "samples/transactions.csv" | encode merchant, method: frequency | select merchant | head 2
        #> merchant
        #>    <num>
        #>  0.15875
        #>  0.17125
        """),
    ])

  private static let way = Parameter(
    "method", .word(TransformCatalog.methods(of: "encode")), standard: nil, "the way to do it")

  package static func options(for stage: StageSyntax) -> [Parameter] {
    [way]
      + TransformCall.parameters(
        of: stage, verb: "encode", option: "method", standard: way.standard?.text)
  }

  package let output: Flow
  let stage: TransformStage
  package var learned: any LearnedStage { stage }

  package init(_ call: Call, _ checker: inout Checker) throws {
    let transform = try TransformCall(call, option: "method", &checker)
    stage = transform.stage
    output = transform.output
  }
}
