import Syntax
package import Columns
import Text

/// `append february, march`
package struct Append: Verb {
  package static let signature = Signature(
    "append", "puts the rows of other tables below", group: .shape, stage: .collect,
    leakage: .boundary,
    items: Items([.name], 1...100, "one or more names of tables"),
    details: """
      Columns are matched by name; one that a table lacks is null there. An int column over a number column is a \
      number column; other differences of type are refused.
      """,
    examples: [
      Example(
        """
        more = table x = [2.5], y = ["b"]
        table x = [1] | append more
        #>     x  y
        #> <num>  <text>
        #>   1    null
        #>   2.5  b
        """),
      Example(
        """
        a = table day = [@2024-01-01]
        b = table day = [@2024-01-02]
        a | append b | count
        #> count
        #> <int>
        #>     2
        """),
    ])

  package let output: Flow
  let others: [Node]

  package var uses: [Node] { others }

  package init(_ call: Call, _ checker: inout Checker) throws {
    others = try call.items.map { try checker.node($0, kind: .table) }
    var fields = checker.flow.schema.fields
    for (node, item) in zip(others, call.items) {
      for field in node.flow.schema.fields {
        guard let at = fields.firstIndex(where: { $0.name == field.name }) else {
          fields.append(field)
          continue
        }
        guard let type = Self.common(fields[at].type, field.type) else {
          throw Diagnostic(
            code: "wrong-type",
            "`\(field.name)` is \(fields[at].type.rawValue) above and \(field.type.rawValue) here",
            at: item.span, label: "cast one of them first")
        }
        fields[at].type = type
      }
    }
    var flow = checker.flow.with(Schema(fields))
    flow.hasParts = false
    flow.isExact = flow.isExact && others.allSatisfy(\.flow.isExact)
    output = flow
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .concatenate(
      [Operator.required(input)]
        + others.map { $0.isNamed ? $0.reference() : $0.lowered() })
  }

  /// The type that holds both; nil when there is none.
  package static func common(_ a: ColumnType, _ b: ColumnType) -> ColumnType? {
    if a == b { return a }
    if a.isNumeric && b.isNumeric { return .number }
    if a.isTextual && b.isTextual { return .text }
    return nil
  }
}
