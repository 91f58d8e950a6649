import Columns

/// `tail 10`
package struct Tail: Verb {
  package static let signature = Signature(
    "tail", "keeps the last rows", group: .look, stage: .explore, leakage: .trainingRows,
    items: Items([.amount], 0...1, "a number of rows"),
    details: "Ten rows where no number is given.",
    examples: [
      Example(
        """
        table x = [1, 2, 3] | tail 2
        #>     x
        #> <int>
        #>     2
        #>     3
        """),
      Example(
        """
        load "samples/churn.csv" | select customer, tenure, churned | tail 3
        #> customer  tenure  churned
        #> <text>     <int>  <bool>
        #> K11598        37  true
        #> K11599        53  false
        #> K11600        28  true
        """),
    ])

  package let output: Flow
  let rows: Int

  package init(_ call: Call, _ checker: inout Checker) throws {
    rows = try checker.rowCount(call.items.first, standard: 10)
    output = checker.flow
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .limit(.tail(rows), Operator.required(input))
  }
}
