package import Columns
import Text

extension BoundExpression {
  /// A column of a schema, as it is.
  package static func column(_ name: String, in schema: Schema) -> BoundExpression {
    BoundExpression(
      root: Expression(.column(name), type: schema.type(of: name) ?? .number, span: Span(0, 0)))
  }

  /// The same with columns that hold the aggregates, in the order of `aggregates`.
  func replacingAggregates(withColumns names: [String]) -> BoundExpression {
    BoundExpression(
      root: root.substitutingAggregates { call, number in
        Expression(.column(names[number]), type: call.type, span: call.span)
      })
  }

  /// The columns it reads, with the types it takes them for.
  var columnFields: [Field] {
    var fields: [Field] = []
    root.walk { expression in
      guard case .column(let name) = expression.node, let type = expression.type,
        !fields.contains(where: { $0.name == name })
      else { return }
      fields.append(Field(name, type))
    }
    return fields
  }

  /// The column this is, if it is nothing more.
  package var columnName: String? {
    if case .column(let name) = root.node { name } else { nil }
  }
}

extension AggregateCall {
  /// The call as an expression of its own.
  package var expression: BoundExpression {
    BoundExpression(root: Expression(.aggregate(self), type: type, span: span))
  }
}
