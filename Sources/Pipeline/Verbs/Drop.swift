import Columns
import Text

/// `drop id, note`
package struct Drop: ColumnVerb {
  package static let signature = Signature(
    "drop", "leaves columns out", group: .columns, stage: .explore, leakage: .column,
    items: Items([.column], 1...10_000, "columns or selectors"),
    examples: [
      Example("table a = [1], b = [\"x\"], c = [2.5] | drop b"),
      Example("load \"samples/churn.csv\" | drop text() | head 2"),
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
