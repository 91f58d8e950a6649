import Syntax
import Columns
import Text

/// `aggregate revenue = sum(amount), n = count() by country`
package struct AggregateVerb: Verb {
  package static let signature = Signature(
    "aggregate", "one row for each group", group: .shape, stage: .explore, leakage: .boundary,
    items: Items([.binding, .expression], 1...1_000, "name = aggregate, …"),
    clauses: [.by: "groups"],
    details: """
      Groups come in order of first appearance; null is a group of its own. Aggregates leave nulls out; of an \
      empty group count is 0, sum is 0 and the others are null. sd divides by n - 1; quantiles interpolate \
      linearly (type 7).
      """,
    examples: [
      Example(
        """
        table g = ["a", "b", "a"], x = [1, 2, 5] | aggregate n = count(), mean(x) by g
        #> g           n  mean(x)
        #> <text>  <int>    <num>
        #> a           2        3
        #> b           1        2
        """),
      Example(
        """
        load "samples/transactions.csv" | aggregate n = count(), rate = mean(fraud) by merchant | sort -rate
        #> merchant      n       rate
        #> <text>    <int>      <num>
        #> dining      403  0.0669975
        #> grocery     405  0.0641975
        #> fashion     383  0.0626632
        #> travel      411  0.0608273
        #> fuel        417  0.0527578
        #> games       381  0.0446194
        """),
    ])

  package let output: Flow
  let keys: [Projection]
  let values: [Projection]

  package init(_ call: Call, _ checker: inout Checker) throws {
    keys = try checker.groups(call.by)
    var values: [Projection] = []
    for entry in call.entries {
      let bound = try checker.bind(entry.expression, aggregates: true)
      guard bound.containsAggregate || bound.constant != nil else {
        throw Diagnostic(
          code: "aggregate-wanted", "`\(bound.text)` has many values in a group",
          at: entry.expression.span, label: "take sum(), mean(), first() … of it",
          notes: ["or put it behind `by`"])
      }
      let name = entry.name?.text ?? bound.text
      guard !(keys + values).contains(where: { $0.name == name }) else {
        throw Diagnostic(code: "duplicate-column", "`\(name)` is there twice", at: entry.span)
      }
      values.append(Projection(name, bound))
    }
    self.values = values
    output = Flow(.table, schema: Schema(keys + values), isExact: checker.flow.isExact)
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .aggregate(keys: keys, values: values, Operator.required(input))
  }
}
