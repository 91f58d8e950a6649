import Columns

/// `show` or `show rows: 50`
package struct Show: ActingVerb {
  package static let signature = Signature(
    "show", "prints what comes in and passes it on", group: .look, stage: .explore,
    leakage: .transparent, accepts: [.table, .model],
    options: [
      Parameter(
        "rows", .integer(0...Int64.max), defaultNote: "all", unit: "rows", "how many are printed")
    ],
    examples: [
      Example(
        """
        table x = [1, 2, 3] | show rows: 2 | count
        #>     x
        #> <int>
        #>     1
        #>     2
        #> count
        #> <int>
        #>     3
        """),
      Example(
        """
        load "samples/churn.csv" | count by churned | show
        #> churned  count
        #> <bool>   <int>
        #> false     1080
        #> true       520
        """),
    ])

  package let output: Flow
  let rows: Int?
  let passes: Bool

  package init(_ call: Call, _ checker: inout Checker) throws {
    rows = call.settings.integer("rows")
    passes = checker.isPassedOn
    output = checker.flow
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .compute(
      Looking(passes: passes) { inputs, _ in
        guard case .table(let table) = inputs[0], let rows else { return inputs[0] }
        return .table(table.slice(0..<min(rows, table.rowCount)))
      }, [Operator.required(input)])
  }
}
