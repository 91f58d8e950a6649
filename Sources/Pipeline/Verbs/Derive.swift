import Columns
import Syntax
import Text

/// `derive late = hour < 6, log_amount = log(amount)`
package struct Derive: ColumnVerb, LearnedVerb {
  package static let signature = Signature(
    "derive", "makes columns from expressions", group: .columns, stage: .prototype,
    leakage: .column,
    items: Items([.binding], 1...1_000, "name = expression, …"),
    clauses: [.by: "groups within which aggregates are taken"],
    details: """
      Each expression may use the columns made before it. A name that exists is replaced in place. An aggregate \
      such as mean(x) is learned: on training rows only when a fit follows, in each group with `by`, and kept in \
      the model.
      """,
    examples: [
      Example(
        """
        table x = [1, 2, 3] | derive double = 2 * x, more = double + 1
        #>     x  double   more
        #> <int>   <int>  <int>
        #>     1       2      3
        #>     2       4      5
        #>     3       6      7
        """),
      Example(
        """
        table x = [1, 2, 6] | derive centred = x - mean(x)
        #>     x  centred
        #> <int>    <num>
        #>     1       -2
        #>     2       -1
        #>     6        3
        """),
      Example(
        """
        load "samples/transactions.csv" | derive late = hour < 6 | count by late | sort late
        #> late    count
        #> <bool>  <int>
        #> false    2104
        #> true      296
        """),
    ])

  package let output: Flow
  package let layers: [[Projection]]
  package let leakage: LeakageClass
  let groups: [Projection]

  package var projections: [Projection] { layers.last ?? [] }
  package var learned: any LearnedStage {
    LearnedAggregates(groups: groups, projections: projections)
  }

  package init(_ call: Call, _ checker: inout Checker) throws {
    groups = try checker.groups(call.by)
    var flow = checker.flow
    var layers: [[Projection]] = []
    var current = flow.schema.names.map { Projection($0, .column($0, in: flow.schema)) }
    var made: Set<String> = []
    var isLearned = !groups.isEmpty
    for entry in call.entries {
      guard let name = entry.name else { throw Refused() }
      let bound = try checker.bind(entry.expression, aggregates: true, flow: flow)
      isLearned = isLearned || bound.containsAggregate
      if !bound.columns.isDisjoint(with: made) || made.contains(name.text) {
        layers.append(current)
        let schema = flow.schema
        current = schema.names.map { Projection($0, .column($0, in: schema)) }
        made = []
      }
      let projection = Projection(name.text, bound)
      if let at = current.firstIndex(where: { $0.name == name.text }) {
        current[at] = projection
      } else {
        current.append(projection)
      }
      made.insert(name.text)
      flow.schema = Schema(current)
    }
    layers.append(current)
    if isLearned, layers.count > 1 {
      throw Diagnostic(
        code: "derive-in-two", "a derive with aggregates cannot use columns that it makes itself",
        at: call.stage.verb.span, label: "write two derives")
    }
    self.layers = layers
    leakage = isLearned ? .learned : .column
    output = flow
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    if leakage == .learned { return .learn(learned, Operator.required(input)) }
    var at = Operator.required(input)
    for layer in layers.dropLast() { at = Operator(.project(layer, at)) }
    return .project(projections, at)
  }
}
