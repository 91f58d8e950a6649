import Columns
import Text

/// `split test: 20%, stratify: churned`
package struct Split: PartitioningVerb {
  package static let signature = Signature(
    "split", "tags rows as train, valid or test", group: .models, stage: .explore,
    leakage: .boundary,
    options: [
      Parameter(
        "test", .number(lower: 0, upper: 1), standard: .number(0.2), "share of test rows"),
      Parameter(
        "valid", .number(lower: 0, upper: 1), standard: .number(0), "share of validation rows"),
      Parameter(
        "stratify", .column, defaultNote: "none",
        "column whose shares are kept in each part; numbers are binned in quarters"),
      Parameter(
        "group", .columns, defaultNote: "none", "rows with equal values here stay together"),
      Parameter(
        "order", .column, defaultNote: "none", "the last rows by this column are the test rows"),
      Parameter(
        "gap", .integer(0...Int64.max), standard: .int(0), unit: "rows",
        "rows left out between parts that follow each other in order"),
      Parameter(
        "from", .column, defaultNote: "none", "a column that holds the words train, valid and test"),
      Parameter(
        "key", .columns, defaultNote: "all columns",
        "columns whose content decides, so that new columns move no row"),
      Parameter(
        "seed", .integer(0...Int64.max), defaultNote: "the session's seed",
        "which rows are drawn"),
    ],
    details: """
      Rows are ranked by a hash of their content and the seed: exact duplicates land on the same side, and neither \
      order nor partitioning matters. `data.train`, `data.valid` and `data.test` are tables. fit sees train rows \
      only; evaluate and compare see test rows unless told otherwise.
      """,
    examples: [
      Example(
        """
        data = load "samples/churn.csv" | split test: 25%, stratify: churned, seed: 7
        data.test | count by churned
        #> churned  count
        #> <bool>   <int>
        #> false      270
        #> true       130
        """),
      Example(
        """
        data = table x = [1, 2, 3], part = ["train", "train", "test"] | split from: part
        data.test
        #>     x  part
        #> <int>  <text>
        #>     3  test
        """),
    ])

  package let output: Flow
  package let plan: SplitPlan

  package init(_ call: Call, _ checker: inout Checker) throws {
    let settings = call.settings
    let test = settings.number("test") ?? 0.2
    let valid = settings.number("valid") ?? 0
    let rule: SplitPlan.Rule
    if let column = settings.word("from") {
      rule = .column(column)
      try Self.checkWords(column, call, checker)
    } else {
      guard test + valid < 1 else {
        throw Diagnostic(
          code: "option-value", "`test:` and `valid:` leave no training rows",
          at: call.span(of: "test"), label: "together they must stay below 100%")
      }
      rule = .shares(test: test, valid: valid)
    }
    plan = SplitPlan(
      rule: rule, stratify: settings.word("stratify"), group: settings.words("group") ?? [],
      order: settings.word("order"),
      gap: settings.integer("gap") ?? 0, key: settings.words("key"), seed: call.seed(checker))
    var flow = checker.flow
    flow.hasParts = true
    output = flow
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .split(plan, Operator.required(input))
  }

  private static func checkWords(_ column: String, _ call: Call, _ checker: Checker) throws {
    guard let type = checker.flow.schema.type(of: column), !type.isTextual, checker.flow.isExact
    else { return }
    throw Diagnostic(
      code: "wrong-type",
      "`\(column)` is \(type.rawValue); it must hold the words train, valid and test",
      at: call.span(of: "from"))
  }
}
