package import Columns
import Syntax
import Text

/// `check amount > 0, card is not null`
package struct Check: ActingVerb {
  package static let signature = Signature(
    "check", "raises an error if a condition fails for any row", group: .quality, stage: .clean,
    leakage: .transparent,
    items: Items([.condition], 1...1_000, "one or more conditions"),
    options: [
      Parameter("warn", .flag, standard: .bool(false), "only report, do not stop"),
      Parameter(
        "at_least", .number(lower: 0, upper: 1), standard: .number(1),
        "share of rows that must pass"),
    ],
    details: """
      A condition that is null for a row has not passed. Aggregates are allowed: `check count() > 100, mean(x) < 5`. \
      Headless, a failed check ends with exit code 2.
      """,
    examples: [
      Example(
        """
        table x = [1, 2, 3] | check x > 0, count() == 3
        #> rule           rows  failed  share  passed
        #> <text>        <int>   <int>  <num>  <bool>
        #> x > 0             3       0      0  true
        #> count() == 3      1       0      0  true
        """),
      Example(
        """
        load "samples/patients.csv" | check age < 120, warn: true
        #> rule        rows  failed     share  passed
        #> <text>     <int>   <int>     <num>  <bool>
        #> age < 120    912      55  0.060307  false
        """),
    ])

  package let output: Flow
  let rules: [BoundExpression]
  let warns: Bool
  let share: Double
  let passes: Bool

  package static let schema = Schema([
    Field("rule", .text), Field("rows", .int), Field("failed", .int), Field("share", .number),
    Field("passed", .bool),
  ])

  package init(_ call: Call, _ checker: inout Checker) throws {
    rules = try call.items.map { try checker.condition($0, aggregates: true) }
    warns = call.settings.flag("warn")
    share = call.settings.number("at_least") ?? 1
    passes = checker.isPassedOn
    output = passes ? checker.flow : Flow(.table, schema: Self.schema)
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .compute(
      RuleCheck(rules: rules, warns: warns, share: share, passes: passes),
      [Operator.required(input)])
  }
}

struct RuleCheck: Computation {
  let rules: [BoundExpression]
  let warns: Bool
  let share: Double
  let passes: Bool

  func run(_ inputs: [Outcome], _ run: RunContext) throws -> Outcome {
    let table = try inputs.table(0)
    let results = try rules.map { try judge($0, table, run.workers) }
    let failures = results.filter { !$0.passed }
    if !failures.isEmpty {
      let words = failures.map(\.words)
      guard warns else {
        throw CheckFailed(
          message: failures.count == 1
            ? "a check failed" : "\(failures.count) of \(results.count) checks failed",
          details: words)
      }
      run.warn("check failed", details: words)
    }
    if passes { return inputs[0] }
    return .table(
      Table([
        ("rule", .text(TextValues(results.map(\.rule)))),
        ("rows", .int(Values(results.map { Int64($0.rows) }))),
        ("failed", .int(Values(results.map { Int64($0.failed) }))),
        ("share", .number(Values(results.map(\.share)))),
        ("passed", .bool(Values(results.map(\.passed)))),
      ]))
  }

  private struct Result {
    var rule: String
    var rows: Int
    var failed: Int
    var passed: Bool
    var first: [Int]
    var share: Double { rows == 0 ? 0 : Double(failed) / Double(rows) }
    var words: String {
      if rows == 1 && first.isEmpty { return "\(rule) is not true" }
      let places = first.map(String.init).joined(separator: ", ")
      return
        "\(rule) fails in \(failed) of \(rows) rows: \(failed > first.count ? "rows \(places), …" : first.count == 1 ? "row \(places)" : "rows \(places)")"
    }
  }

  private func judge(_ rule: BoundExpression, _ table: Table, _ workers: Workers) throws -> Result {
    if rule.containsAggregate {
      let answer = try rule.evaluateAggregate(on: table, grouping: nil, workers: workers)[0]
      let passed = answer == .bool(true)
      return Result(rule: rule.text, rows: 1, failed: passed ? 0 : 1, passed: passed, first: [])
    }
    let passing = try Evaluation.rows([rule], of: table, workers: workers).rows
    let failed = table.rowCount - passing.count
    var first: [Int] = []
    var next = 0
    for row in passing where first.count < 5 {
      while next < row && first.count < 5 {
        first.append(next + 1)
        next += 1
      }
      next = Int(row) + 1
    }
    while next < table.rowCount && first.count < 5 {
      first.append(next + 1)
      next += 1
    }
    let isEnough = Double(passing.count) >= share * Double(table.rowCount)
    return Result(
      rule: rule.text, rows: table.rowCount, failed: failed, passed: isEnough, first: first)
  }
}

/// A `check` that does not hold: an error of its own, as headless runs end with another exit code.
package struct CheckFailed: Error, Hashable, Sendable {
  package var message: String
  package var details: [String]
}
