import Syntax
import Columns
import Text

/// `top 3, amount by region`
package struct Top: Verb {
  package static let signature = Signature(
    "top", "keeps the largest rows by a column, in each group", group: .rows, stage: .explore,
    leakage: .trainingRows,
    items: Items([.amount, .sortKey], 2...100, "a number of rows and one or more columns"),
    clauses: [.by: "groups"],
    details:
      "`top 3, amount` is the three largest; `top 3, -amount` the three smallest. Nulls come last.",
    examples: [
      Example(
        """
        table x = [2, 5, 3, 1] | top 2, x
        #>     x
        #> <int>
        #>     5
        #>     3
        """),
      Example(
        """
        load "samples/transactions.csv"
          | top 1, amount by merchant
          | select merchant, amount
          | sort merchant
        #> merchant  amount
        #> <text>     <num>
        #> dining    283.43
        #> fashion   285.01
        #> fuel      292.14
        #> games     286.53
        #> grocery   282.73
        #> travel    279.51
        """),
    ])

  package let output: Flow
  let rows: Int
  let terms: [SortTerm]
  let groups: [Projection]

  package init(_ call: Call, _ checker: inout Checker) throws {
    rows = try checker.rowCount(call.items.first, standard: 1)
    terms = try call.items.dropFirst().map { item in
      var term = try checker.sortTerm(item)
      term.descending.toggle()
      return term
    }
    groups = try checker.groups(call.by)
    output = checker.flow
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .top(rows, terms, by: groups, Operator.required(input))
  }
}
