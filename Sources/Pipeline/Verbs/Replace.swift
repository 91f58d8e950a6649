import Columns
import Syntax
import Text

/// `replace status, old: ["?", "n/a"], with: null`
package struct Replace: ColumnVerb {
  package static let signature = Signature(
    "replace", "puts one value in the place of others", group: .columns, stage: .clean,
    leakage: .column,
    items: Items([.column], 1...10_000, "columns or selectors"),
    options: [
      Parameter("old", .list(.literal), "the values to replace"),
      Parameter("with", .literal, "what to put there, or null"),
    ],
    details: "Values are compared whole; the function replace() changes parts of text.",
    examples: [
      Example(
        """
        table x = ["a", "?", "b"] | replace x, old: "?", with: null
        #> x
        #> <text>
        #> a
        #> null
        #> b
        """),
      Example(
        """
        table grade = [1, 2, 9, 99] | replace grade, old: [9, 99], with: 0
        #> grade
        #> <int>
        #>     1
        #>     2
        #>     0
        #>     0
        """),
    ])

  package let output: Flow
  package let projections: [Projection]

  package init(_ call: Call, _ checker: inout Checker) throws {
    let names = try checker.columns(call.items)
    guard let old = call.given("old"), let new = call.given("with") else { throw Refused() }
    let olds: ExpressionSyntax
    if case .list = old.kind { olds = old } else { olds = .init(.list([old]), old.span) }
    projections = try checker.changing(names) { column in
      .call(
        "if",
        [
          EntrySyntax(
            label: nil, value: .init(.isIn(column, olds, negated: false), column.span)),
          EntrySyntax(label: nil, value: new), EntrySyntax(label: nil, value: column),
        ], at: column.span)
    }
    output = checker.flow.with(Schema(projections))
  }
}
