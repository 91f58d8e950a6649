package import Columns
package import Learning

/// A stage that learns something from training rows: what a learned verb lowers to.
package protocol LearnedStage: Sendable {
  func fit(_ training: Table, _ context: LearningContext) throws -> FittedStep
}

/// What a learned stage may see besides its rows.
package struct LearningContext: Sendable {
  /// The formula's target on the same rows; nil where no `fit` follows.
  package var target: Target?
  package var seed: UInt64
  package var workers: Workers

  package init(target: Target?, seed: UInt64, workers: Workers) {
    self.target = target
    self.seed = seed
    self.workers = workers
  }
}

/// One step that a model replays on the rows it is to judge.
package enum FittedStep: Sendable {
  /// Output columns as expressions of the input's.
  case project([Projection])
  /// Something learned by a transform from these columns.
  case transform(any FittedTransform, columns: [String])
  /// Aggregates learned for each group.
  case groups(GroupAggregates)
  /// The right table of a join with `expect: one`.
  case join(JoinPlan, right: Table)

  package func apply(_ table: Table, workers: Workers) throws -> Table {
    switch self {
    case .project(let projections):
      return try Evaluation.project(projections, of: table, workers: workers)
    case .transform(let fitted, _):
      return try fitted.apply(table, workers: workers)
    case .groups(let aggregates): return try aggregates.apply(table, workers: workers)
    case .join(let plan, let right):
      return try plan.joined(table, right, workers: workers).table
    }
  }

  /// As `apply`, for the rows it was fitted on: target encoding is cross-fitted there.
  package func applyToTraining(_ table: Table, workers: Workers) throws -> Table {
    if case .transform(let fitted, _) = self {
      return try fitted.applyToTraining(table, workers: workers)
    }
    return try apply(table, workers: workers)
  }

  /// The step cut down to what `wanted` needs, and what it needs itself; nil when nothing wants it.
  package func pruned(to wanted: Set<String>) -> (step: FittedStep?, needs: Set<String>) {
    switch self {
    case .project(let projections):
      let kept = projections.filter { wanted.contains($0.name) }
      return (.project(kept), kept.reduce(into: []) { $0.formUnion($1.expression.columns) })
    case .groups(var aggregates):
      aggregates.projections.removeAll { !wanted.contains($0.name) }
      return (.groups(aggregates), aggregates.needs)
    case .transform(_, let columns):
      return (self, wanted.union(columns))
    case .join(let plan, let right):
      let fromRight = Set(plan.rightNames.map(\.new))
      if wanted.isDisjoint(with: fromRight) { return (nil, wanted) }
      return (
        .join(
          plan,
          right: right.selecting(
            right.schema.names.filter { name in
              plan.rightKeys.contains(name)
                || plan.rightNames.contains { $0.old == name && wanted.contains($0.new) }
            })), wanted.subtracting(fromRight).union(plan.leftKeys)
      )
    }
  }
}
