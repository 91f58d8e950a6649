import Columns
import Syntax
import Text

/// `sample 100` or `sample 10%`
package struct Sample: Verb {
  package static let signature = Signature(
    "sample", "keeps rows drawn without replacement", group: .rows, stage: .explore,
    leakage: .trainingRows,
    items: Items([.amount], 1...1, "a number of rows or a percentage"),
    options: [
      Parameter(
        "seed", .integer(0...Int64.max), defaultNote: "the session's seed", "which rows are drawn"),
      Parameter(
        "key", .columns, defaultNote: "all columns", "columns whose content decides"),
    ],
    details: """
      Rows are ranked by a hash of their content and the seed, so the same rows are drawn however they are ordered \
      or partitioned, and equal rows are drawn together. They keep their order.
      """,
    examples: [
      Example(
        """
        load "samples/transactions.csv" | sample 3, seed: 7 | select id, amount
        #>    id  amount
        #> <int>   <num>
        #>   781   44.28
        #>  1684   61.74
        #>  2060  113.37
        """),
      Example(
        """
        load "samples/transactions.csv" | sample 10% | count
        #> count
        #> <int>
        #>   240
        """),
    ])

  package let output: Flow
  let size: SampleSize
  let seed: UInt64
  let key: [String]?

  package init(_ call: Call, _ checker: inout Checker) throws {
    guard let item = call.items.first else { throw Refused() }
    switch checker.constant(item) {
    case .int(let rows) where rows >= 0: size = .rows(Int(rows))
    case .number(let share) where share >= 0 && share <= 1: size = .share(share)
    case nil: throw Refused()
    default:
      throw Diagnostic(
        code: "wrong-amount", "a number of rows or a percentage up to 100% is wanted here",
        at: item.span)
    }
    seed = call.seed(checker)
    key = call.settings.words("key")
    output = checker.flow
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .sample(size, seed: seed, key: key, Operator.required(input))
  }
}
