package import Columns

/// `describe` or `describe age, fare`
package struct Describe: Verb {
  package static let signature = Signature(
    "describe", "one row for each column: type, nulls, distinct values, statistics", group: .look,
    stage: .explore, leakage: .transparent,
    items: Items([.column], 0...10_000, "columns or selectors, all if none"),
    details: """
      count is of values that are not null; sd divides by n - 1; quartiles interpolate linearly (type 7). Booleans \
      count as 0 and 1. values shows how numbers are spread, the most frequent texts, or the span of dates.
      """,
    examples: [
      Example("table x = [1, 2, null, 5], y = [\"a\", \"b\", \"b\", \"b\"] | describe"),
      Example("load \"samples/churn.csv\" | describe | select column, type, nulls, distinct"),
    ])

  package static let schema = Schema([
    Field("column", .text), Field("type", .text), Field("count", .int), Field("nulls", .int),
    Field("distinct", .int), Field("mean", .number), Field("sd", .number), Field("min", .number),
    Field("q1", .number), Field("median", .number), Field("q3", .number), Field("max", .number),
    Field("values", .text),
  ])

  package let output: Flow
  let columns: [String]?
  let passes: Bool

  package init(_ call: Call, _ checker: inout Checker) throws {
    columns = call.items.isEmpty ? nil : try checker.columns(call.items)
    passes = checker.fitFollows
    output = passes ? checker.flow : Flow(.table, schema: Self.schema)
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .compute(
      Looking(passes: passes, columns: passes ? nil : columns) { inputs, run in
        let table = try inputs.table(0)
        return .table(
          try ColumnSummaries.table(of: columns.map(table.selecting) ?? table, run.workers))
      }, [Operator.required(input)])
  }
}
