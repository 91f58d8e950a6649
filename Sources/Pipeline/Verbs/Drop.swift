import Columns
import Text

/// `drop id, note`
package struct Drop: ColumnVerb {
  package static let signature = Signature(
    "drop", "leaves columns out", group: .columns, stage: .explore, leakage: .column,
    items: Items([.column], 1...10_000, "columns or selectors"),
    examples: [
      Example(
        """
        table a = [1], b = ["x"], c = [2.5] | drop b
        #>     a      c
        #> <int>  <num>
        #>     1    2.5
        """),
      Example(
        """
        load "samples/churn.csv" | drop text() | head 2
        #> tenure  monthly  support_calls  churned
        #>  <int>    <num>          <int>  <bool>
        #>     36     21.5              2  false
        #>     12     67                0  false
        """),
    ])

  package let output: Flow
  package let projections: [Projection]

  package init(_ call: Call, _ checker: inout Checker) throws {
    let dropped = Set(try checker.columns(call.items))
    let flow = checker.flow
    projections = flow.schema.names.filter { !dropped.contains($0) }.map {
      Projection($0, .column($0, in: flow.schema))
    }
    output = flow.with(Schema(projections), open: flow.open)
  }
}
