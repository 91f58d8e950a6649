import Syntax
import Columns
import Text

/// `count` or `count by country`
package struct Count: Verb {
  package static let signature = Signature(
    "count", "counts rows, in all or in each group", group: .look, stage: .explore,
    leakage: .transparent,
    clauses: [.by: "groups"],
    details: "Groups come with the largest first, then in order of first appearance.",
    examples: [
      Example(
        """
        table x = [1, 2, 3] | count
        #> count
        #> <int>
        #>     3
        """),
      Example(
        """
        load "samples/churn.csv" | count by churned
        #> churned  count
        #> <bool>   <int>
        #> false     1080
        #> true       520
        """),
    ])

  package let output: Flow
  let keys: [Projection]
  let passes: Bool

  package init(_ call: Call, _ checker: inout Checker) throws {
    keys = try checker.groups(call.by)
    passes = checker.fitFollows
    guard !keys.contains(where: { $0.name == "count" }) else {
      throw Diagnostic(
        code: "duplicate-column", "a group cannot be called `count` here",
        at: call.clauseSpans[.by] ?? call.stage.span, label: "give it a name: by g = count")
    }
    output =
      passes
      ? checker.flow
      : Flow(.table, schema: Schema(Schema(keys).fields + [Field("count", .int)]))
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .compute(
      Looking(passes: passes) { inputs, run in
        .table(try CountRows(keys: keys).run(inputs, run))
      }, [Operator.required(input)])
  }
}

/// Rows of a table by group, largest group first.
struct CountRows: Sendable {
  let keys: [Projection]

  func run(_ inputs: [Outcome], _ run: RunContext) throws -> Table {
    let table = try inputs.table(0)
    guard !keys.isEmpty else {
      return Table([("count", .int(Values([Int64(table.rowCount)])))])
    }
    let groups = try Evaluation.project(keys, of: table, workers: run.workers)
    let grouping = try groups.grouping(by: groups.columns, workers: run.workers)
    var counts = [Int64](repeating: 0, count: grouping.groupCount)
    for group in grouping.groups { counts[Int(group)] += 1 }
    let order = counts.indices.sorted {
      counts[$0] != counts[$1] ? counts[$0] > counts[$1] : $0 < $1
    }
    var result = try groups.taking(order.map { grouping.firstRows[$0] }, workers: run.workers)
    result.lineage = nil
    return result.setting([("count", .int(Values(order.map { counts[$0] })))])
  }
}
