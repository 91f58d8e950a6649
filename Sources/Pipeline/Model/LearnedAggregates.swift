package import Columns

/// A `derive` with aggregates: they are learned from training rows (in each group, with `by`) and stay fixed.
package struct LearnedAggregates: LearnedStage {
  package var groups: [Projection]
  /// All output columns; aggregates inside are looked up.
  package var projections: [Projection]

  package init(groups: [Projection], projections: [Projection]) {
    self.groups = groups
    self.projections = projections
  }

  private var aggregates: [AggregateCall] { projections.flatMap(\.expression.aggregates) }

  package func fit(_ training: Table, _ context: LearningContext) throws -> FittedStep {
    let workers = context.workers
    guard !groups.isEmpty else {
      var fixed = projections
      for index in fixed.indices {
        let calls = fixed[index].expression.aggregates
        let values = try calls.map { call in
          try call.expression.evaluateAggregate(on: training, grouping: nil, workers: workers)[0]
        }
        fixed[index].expression = fixed[index].expression.replacingAggregates(with: values)
      }
      return .project(fixed)
    }
    let keys = try Evaluation.project(groups, of: training, workers: workers)
    let grouping = try keys.grouping(by: keys.columns, workers: workers)
    var learned = try keys.taking(grouping.firstRows, workers: workers).named
    var fixed = projections
    for index in fixed.indices {
      var names: [String] = []
      for call in fixed[index].expression.aggregates {
        let name = "\u{1}\(learned.count)"
        learned.append(
          (
            name,
            try call.expression.evaluateAggregate(
              on: training, grouping: grouping, workers: workers)
          ))
        names.append(name)
      }
      fixed[index].expression = fixed[index].expression.replacingAggregates(withColumns: names)
    }
    return .groups(
      GroupAggregates(groups: groups, learned: Table(learned), projections: fixed))
  }
}

/// What `LearnedAggregates` found for each group. A group that training did not have gets nulls.
package struct GroupAggregates: Sendable {
  package var groups: [Projection]
  /// Keys first, then one column an aggregate.
  package var learned: Table
  package var projections: [Projection]

  package func apply(_ table: Table, workers: Workers) throws -> Table {
    let keys = try Evaluation.project(groups, of: table, workers: workers)
    let known = Array(learned.columns.prefix(groups.count))
    // Null is a group of its own here, unlike in a join: rows and groups are numbered together.
    let both = zip(keys.columns, known).map { Column.concatenated([$1, $0]) }
    let numbered = try Table(groups.indices.map { ("\($0)", both[$0]) })
      .grouping(by: both, workers: workers)
    let groupCount = learned.rowCount
    let rows = numbered.groups[groupCount...].map { Int($0) < groupCount ? $0 : -1 }
    let looked = learned.named.dropFirst(groups.count).map {
      ($0.name, $0.column.taking(rows))
    }
    return try Evaluation.project(projections, of: table.setting(looked), workers: workers)
  }

  package var needs: Set<String> {
    let learnedNames = Set(learned.schema.names.dropFirst(groups.count))
    var needs: Set<String> = []
    for projection in groups + projections { needs.formUnion(projection.expression.columns) }
    return needs.subtracting(learnedNames)
  }
}
