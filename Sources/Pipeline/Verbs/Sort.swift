import Columns

/// `sort -amount, name`
package struct Sort: Verb {
  package static let signature = Signature(
    "sort", "orders the rows", group: .rows, stage: .explore, leakage: .trainingRows,
    items: Items([.sortKey], 1...100, "one or more columns, -column for descending"),
    details: """
      The order is stable. Nulls come last in both directions, NaN before them. Text is ordered by its bytes.
      """,
    examples: [
      Example(
        """
        table x = [2, null, 3, 1] | sort -x
        #>     x
        #> <int>
        #>     3
        #>     2
        #>     1
        #>  null
        """),
      Example(
        """
        load "samples/transactions.csv" | sort merchant, -amount | select merchant, amount | head 3
        #> merchant  amount
        #> <text>     <num>
        #> dining    283.43
        #> dining    280.36
        #> dining    279.15
        """),
    ])

  package let output: Flow
  let terms: [SortTerm]

  package init(_ call: Call, _ checker: inout Checker) throws {
    terms = try call.items.map { try checker.sortTerm($0) }
    output = checker.flow
  }

  package func lower(_ input: Operator?) -> Operator.Kind { .sort(terms, Operator.required(input)) }
}
