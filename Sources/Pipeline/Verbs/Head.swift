import Columns

/// `head 10`
package struct Head: Verb {
  package static let signature = Signature(
    "head", "keeps the first rows", group: .look, stage: .explore, leakage: .trainingRows,
    items: Items([.amount], 0...1, "a number of rows"),
    details: "Ten rows where no number is given.",
    examples: [
      Example(
        """
        table x = [1, 2, 3] | head 2
        #>     x
        #> <int>
        #>     1
        #>     2
        """),
      Example(
        """
        load "samples/churn.csv" | select customer, tenure, churned | head 3
        #> customer  tenure  churned
        #> <text>     <int>  <bool>
        #> K10001        36  false
        #> K10002        12  false
        #> K10003        49  false
        """),
    ])

  package let output: Flow
  let rows: Int

  package init(_ call: Call, _ checker: inout Checker) throws {
    rows = try checker.rowCount(call.items.first, standard: 10)
    output = checker.flow
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .limit(.head(rows), Operator.required(input))
  }
}
