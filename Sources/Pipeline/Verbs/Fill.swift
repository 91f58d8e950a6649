import Columns
import Syntax
import Text

/// `fill age, with: 0`
package struct Fill: ColumnVerb {
  package static let signature = Signature(
    "fill", "puts a constant in the place of nulls", group: .columns, stage: .clean,
    leakage: .column,
    items: Items([.column], 1...10_000, "columns or selectors"),
    options: [Parameter("with", .literal, "the constant")],
    details: "To put a mean, a median or the most frequent value there, use impute: it learns.",
    examples: [
      Example(
        """
        table x = [1, null, 3] | fill x, with: 0
        #>     x
        #> <int>
        #>     1
        #>     0
        #>     3
        """),
      Example(
        """
        table x = [null, "b"], y = ["c", null] | fill x, y, with: "none"
        #> x       y
        #> <text>  <text>
        #> none    c
        #> b       none
        """),
    ])

  package let output: Flow
  package let projections: [Projection]

  package init(_ call: Call, _ checker: inout Checker) throws {
    guard let constant = call.given("with") else { throw Refused() }
    let names = try checker.columns(call.items)
    projections = try checker.changing(names) { column in
      .call(
        "coalesce",
        [EntrySyntax(label: nil, value: column), EntrySyntax(label: nil, value: constant)],
        at: column.span)
    }
    output = checker.flow.with(Schema(projections))
  }
}
