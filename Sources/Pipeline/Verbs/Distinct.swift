import Columns

/// `distinct` or `distinct a, b`
package struct Distinct: Verb {
  package static let signature = Signature(
    "distinct", "keeps the first row of every different one", group: .rows, stage: .clean,
    leakage: .trainingRows,
    items: Items([.column], 0...1_000, "columns that tell rows apart, all if none"),
    details: "Null equals null here. All columns of the kept rows stay.",
    examples: [
      Example(
        """
        table x = [1, 1, null, null] | distinct
        #>     x
        #> <int>
        #>     1
        #>  null
        """),
      Example(
        """
        load "samples/transactions.csv" | distinct merchant | select merchant | sort merchant
        #> merchant
        #> <text>
        #> dining
        #> fashion
        #> fuel
        #> games
        #> grocery
        #> travel
        """),
    ])

  package let output: Flow
  let columns: [String]?

  package init(_ call: Call, _ checker: inout Checker) throws {
    columns = call.items.isEmpty ? nil : try checker.columns(call.items)
    output = checker.flow
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .distinct(columns, Operator.required(input))
  }
}
