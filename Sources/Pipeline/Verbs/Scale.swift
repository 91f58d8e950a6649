package import Columns
import Learning
package import Syntax

/// `scale numeric(), method: standard`
package struct Scale: LearnedVerb {
  package static let signature = Signature(
    "scale", "brings numbers to a common scale", group: .features, stage: .prototype,
    leakage: .learned,
    items: Items([.column], 1...10_000, "columns or selectors"),
    options: [way],
    details: """
      standard subtracts the mean and divides by the population standard deviation of the training rows, as scikit-learn does; minmax maps to 0…1; maxabs divides by the largest size; robust subtracts the median and divides by the interquartile range. Nulls stay null.
      """,
    examples: [
      Example(
        """
        table x = [0, 5, 10] | scale x, method: minmax
        #>     x
        #> <num>
        #>   0
        #>   0.5
        #>   1
        """),
      Example(
        """
        load "samples/rides.csv" | scale distance, method: robust | select distance | head 2
        #>  distance
        #>     <num>
        #> -0.518436
        #> -0.331844
        """),
    ])

  private static let way = Parameter(
    "method", .word(TransformCatalog.methods(of: "scale")), standard: .text("standard"),
    "the way to do it")

  package static func options(for stage: StageSyntax) -> [Parameter] {
    [way]
      + TransformCall.parameters(
        of: stage, verb: "scale", option: "method", standard: way.standard?.text)
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
