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
      Example(
        """
        table x = [1, 2, null, 5], y = ["a", "b", "b", "b"] | describe
        #> column  type    count  nulls  distinct     mean       sd    min     q1  median     q3    max  values
        #> <text>  <text>  <int>  <int>     <int>    <num>    <num>  <num>  <num>   <num>  <num>  <num>  <text>
        #> x       int         3      1         3  2.66667  2.08167      1    1.5       2    3.5      5  █ █    █
        #> y       text        4      0         2     null     null   null   null    null   null   null  b, a
        """),
      Example(
        """
        load "samples/churn.csv" | describe | select column, type, nulls, distinct
        #> column         type    nulls  distinct
        #> <text>         <text>  <int>     <int>
        #> customer       text        0      1600
        #> region         text        0         4
        #> contract       text        0         3
        #> tenure         int         0        60
        #> monthly        number      0      1477
        #> support_calls  int         0         4
        #> churned        bool        0         2
        """),
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
