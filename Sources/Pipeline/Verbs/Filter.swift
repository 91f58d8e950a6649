import Columns

/// `filter amount > 0, country == "NL"`
package struct Filter: Verb {
  package static let signature = Signature(
    "filter", "keeps the rows for which every condition is true", group: .rows, stage: .clean,
    leakage: .trainingRows,
    items: Items([.condition], 1...100, "one or more conditions"),
    details: """
      A comparison with null is null, not true: such rows are dropped, and how many were is told. After a `split`, \
      `filter` chooses training rows and is never replayed by the model, so `predict` never drops a row.
      """,
    examples: [
      Example(
        """
        table x = [1, null, 3] | filter x > 1
        #>     x
        #> <int>
        #>     3
        """),
      Example(
        """
        load "samples/transactions.csv" | filter fraud == 1, hour < 6 | select id, amount, hour | head 3
        #>    id  amount   hour
        #> <int>   <num>  <int>
        #>   163  150.57      5
        #>   179   96.8       2
        #>   201   62.47      2
        """),
    ])

  package let output: Flow
  let conditions: [BoundExpression]

  package init(_ call: Call, _ checker: inout Checker) throws {
    conditions = try call.items.map { try checker.condition($0) }
    output = checker.flow
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .filter(conditions, Operator.required(input))
  }
}
