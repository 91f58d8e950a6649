import Columns

/// `select id, numeric()`
package struct Select: ColumnVerb {
  package static let signature = Signature(
    "select", "keeps columns, in the given order", group: .columns, stage: .explore,
    leakage: .column,
    items: Items([.column], 1...10_000, "columns or selectors"),
    details:
      "Selectors: numeric() categorical() text() dates() matches(\"^q\") all() except(a, b).",
    examples: [
      Example(
        """
        table a = [1], b = ["x"], c = [2.5] | select c, a
        #>     c      a
        #> <num>  <int>
        #>   2.5      1
        """),
      Example(
        """
        load "samples/churn.csv" | select numeric() | head 2
        #> tenure  monthly  support_calls
        #>  <int>    <num>          <int>
        #>     36     21.5              2
        #>     12     67                0
        """),
    ])

  package let output: Flow
  package let projections: [Projection]

  package init(_ call: Call, _ checker: inout Checker) throws {
    let names = try checker.columns(call.items)
    projections = names.map { Projection($0, .column($0, in: checker.flow.schema)) }
    output = checker.flow.with(Schema(projections))
  }
}
