package import Columns
import Syntax
import Text

extension BoundExpression {
  /// One value a group, or one in all without grouping: `sum(a) / count()`, `mean(x > 3)`. Throws
  /// `ExpressionFailure` for data that has no answer and a `Diagnostic` when a column stands
  /// outside all aggregates.
  package func evaluateAggregate(on table: Table, grouping: Grouping?, workers: Workers) throws
    -> Column
  {
    if let (name, span) = firstColumnOutsideAggregates {
      throw Diagnostic(
        code: "aggregate-wanted", "`\(name)` has one value a row, and one value a group is wanted",
        at: span, label: "put it in an aggregate: mean(\(Formatter.name(name))), or group by it")
    }
    let calls = aggregates
    var arguments: [Column?] = []
    for call in calls { arguments.append(try call.values(on: table, workers)) }
    let answers = try computed(calls, arguments, table.rowCount, grouping, workers)
    let outer = root.substitutingAggregates { call, number in
      Expression(.column(String(number)), type: call.type, span: call.span, canFail: true)
    }
    let groups = Table(
      answers.enumerated().map { (String($0.offset), $0.element) },
      rowCount: grouping?.groupCount ?? 1)
    return try BoundExpression(root: outer).evaluate(on: groups, workers: workers)
  }

  private func computed(
    _ calls: [AggregateCall], _ arguments: [Column?], _ rowCount: Int, _ grouping: Grouping?,
    _ workers: Workers
  ) throws -> [Column] {
    let list = zip(calls, arguments).map { call, column in
      Aggregation(
        call.function.kernel(hasArgument: column != nil, share: call.share), of: column,
        name: call.argument?.text ?? "")
    }
    do {
      return try Aggregates.columns(
        list, rowCount: rowCount, grouping: grouping, workers: workers)
    } catch let error as DataError {
      throw ExpressionFailure(error: error, span: calls.count == 1 ? calls[0].span : span)
    }
  }
}

extension AggregateCall {
  /// The argument's values in all rows, computed by morsels; nil for `count()`.
  fileprivate func values(on table: Table, _ workers: Workers) throws -> Column? {
    guard let argument else { return nil }
    let bound = BoundExpression(root: argument)
    if case .column = argument.node { return try bound.evaluate(on: table, workers: workers) }
    let parts = try workers.morsels(of: table.rowCount) { range in
      try bound.evaluate(
        on: table.slice(range), workers: workers, firstRow: range.lowerBound)
    }
    if parts.count == 1 { return parts[0] }
    return parts.isEmpty ? try bound.evaluate(on: table, workers: workers) : .concatenated(parts)
  }
}
