package import Syntax

extension StatementSyntax {
  /// Every word that could be a name: more than are names, never fewer.
  package var mentionedNames: Set<String> {
    var names: Set<String> = []
    if case .name(let path) = pipeline.head, let first = path.first { names.insert(first.text) }
    if case .stage(let stage) = pipeline.head { stage.mention(into: &names) }
    for stage in pipeline.stages { stage.mention(into: &names) }
    return names
  }
}

extension StageSyntax {
  fileprivate func mention(into names: inout Set<String>) {
    for argument in arguments { argument.mention(into: &names) }
  }
}

extension ArgumentSyntax {
  fileprivate func mention(into names: inout Set<String>) {
    switch self {
    case .item(let expression), .binding(_, let expression, _), .option(_, let expression, _):
      expression.mention(into: &names)
    case .formula(let formula):
      formula.target?.mention(into: &names)
      for case .other(let expression) in formula.terms.map(\.what) {
        expression.mention(into: &names)
      }
    case .clause(let clause): for item in clause.items { item.mention(into: &names) }
    }
  }
}

extension ExpressionSyntax {
  fileprivate func mention(into names: inout Set<String>) {
    switch kind {
    case .name(let name), .value(let name), .part(let name, _): names.insert(name.text)
    case .call(_, let entries), .dictionary(let entries):
      for entry in entries { entry.value.mention(into: &names) }
    case .list(let all): for item in all { item.mention(into: &names) }
    case .unary(_, let inner), .group(let inner), .isNull(let inner, _):
      inner.mention(into: &names)
    case .binary(_, operator: _, let a, let b), .isIn(let a, let b, _):
      a.mention(into: &names)
      b.mention(into: &names)
    case .range(let a, let b):
      a?.mention(into: &names)
      b?.mention(into: &names)
    default: break
    }
  }
}
