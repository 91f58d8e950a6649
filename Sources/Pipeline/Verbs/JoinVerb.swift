import Columns
import Syntax
import Text

/// `join cities on city, kind: left, expect: one`
package struct JoinVerb: Verb {
  package static let signature = Signature(
    "join", "adds the columns of another table where keys are equal", group: .shape,
    stage: .collect, leakage: .boundary,
    items: Items([.name], 1...1, "the name of a table"),
    clauses: [.on: "key columns, or left == right where names differ"],
    options: [
      Parameter(
        "kind", .word(["inner", "left", "right", "full", "semi", "anti", "cross"]),
        standard: .text("inner"), "which rows stay"),
      Parameter(
        "expect", .word(["one", "many"]), standard: .text("many"),
        "one: a row may match at most one row of the other table; more is refused"),
    ],
    details: """
      Says how many rows matched and how many did not. Nulls never match. A column of the other table whose name \
      is taken gets the table's name behind it. With `expect: one` and kind left, the other table is kept in a \
      model that is fitted later, and the join is replayed at predict.
      """,
    examples: [
      Example(
        """
        price = table item = ["pen", "ink"], price = [2, 9]
        table item = ["pen", "pad", "pen"], n = [1, 4, 2] | join price on item, kind: left, expect: one
        #> item        n  price
        #> <text>  <int>  <int>
        #> pen         1      2
        #> pad         4   null
        #> pen         2      2
        """),
      Example(
        """
        a = table id = [1, 2, 3]
        b = table key = [2, 3, 4], x = ["p", "q", "r"]
        a | join b on id == key
        #>    id  x
        #> <int>  <text>
        #>     2  p
        #>     3  q
        """),
    ])

  package let output: Flow
  package let leakage: LeakageClass
  package let plan: JoinPlan
  let right: Node

  package var uses: [Node] { [right] }

  package init(_ call: Call, _ checker: inout Checker) throws {
    guard let item = call.items.first else { throw Refused() }
    right = try checker.node(item, kind: .table)
    let kind = JoinKind(rawValue: call.settings.word("kind") ?? "inner") ?? .inner
    let (left, rightKeys) = try Self.keys(call, right: right, kind: kind, &checker)
    let expectsOne = call.settings.word("expect") == "one"
    let flow = checker.flow
    let suffix = "_" + (right.flow.name ?? item.nameText ?? "right")
    var taken = Set(flow.schema.names)
    var rightNames: [(old: String, new: String)] = []
    var fields = flow.schema.fields
    if kind != .semi && kind != .anti {
      for field in right.flow.schema.fields where !rightKeys.contains(field.name) {
        var name = field.name
        while taken.contains(name) { name += suffix }
        taken.insert(name)
        rightNames.append((field.name, name))
        fields.append(Field(name, field.type))
      }
    }
    plan = JoinPlan(
      leftKeys: left, rightKeys: rightKeys, kind: kind, expectsOne: expectsOne,
      rightNames: rightNames)
    // A left join that cannot multiply rows is a look-up, row by row.
    leakage = expectsOne && kind == .left ? .column : .boundary
    var output = flow.with(Schema(fields))
    output.isExact = flow.isExact && right.flow.isExact
    self.output = output
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .join(plan, Operator.required(input), right.isNamed ? right.reference() : right.lowered())
  }

  private static func keys(
    _ call: Call, right: Node, kind: JoinKind, _ checker: inout Checker
  ) throws -> (left: [String], right: [String]) {
    guard kind != .cross else { return ([], []) }
    guard !call.on.isEmpty else {
      throw Diagnostic(
        code: "keys-wanted", "`join` needs `on` with the key columns", at: call.stage.verb.span,
        label: "add `on key`")
    }
    var left: [String] = []
    var rightKeys: [String] = []
    for entry in call.on {
      let pair: (ExpressionSyntax, ExpressionSyntax)
      if case .binary(.equal, _, let a, let b) = entry.expression.kind {
        pair = (a, b)
      } else {
        pair = (entry.expression, entry.expression)
      }
      guard let a = checker.column(pair.0) else { throw Refused() }
      let own = checker.input
      checker.input = right
      let b = checker.column(pair.1)
      checker.input = own
      guard let b else { throw Refused() }
      try refuseUnlike(a, b, right: right, at: entry.span, checker)
      left.append(a)
      rightKeys.append(b)
    }
    return (left, rightKeys)
  }

  private static func refuseUnlike(
    _ left: String, _ right: String, right node: Node, at span: Span, _ checker: Checker
  ) throws {
    guard let a = checker.flow.schema.type(of: left), let b = node.flow.schema.type(of: right),
      a != b, !(a.isNumeric && b.isNumeric), !(a.isTextual && b.isTextual)
    else { return }
    throw Diagnostic(
      code: "wrong-type",
      "`\(left)` is \(a.rawValue) on the left and `\(right)` is \(b.rawValue) on the right",
      at: span,
      label: "cast one of them first")
  }
}

extension ExpressionSyntax {
  /// The word this is, if it is one.
  package var nameText: String? {
    if case .name(let name) = kind { name.text } else { nil }
  }
}
