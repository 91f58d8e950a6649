package import Columns
package import Learning

/// Everything `fit` was told, checked: fits on any table that the pipeline's boundary could give.
package struct FitPlan: Sendable {
  /// The stages between the last boundary and `fit`, in order.
  package var stages: [Node]
  package var formula: Formula
  package var learner: any Learner.Type
  package var settings: Settings
  package var task: Task?
  package var positive: Value?
  package var seed: UInt64
  /// The table before `stages`.
  package var base: Node

  package struct Formula: Sendable {
    package var text: String
    package var target: String?
    /// Columns named one by one.
    package var named: [String]
    /// Whether `.` is among the terms.
    package var everything: Bool
    package var removed: Set<String>
  }

  /// Fits on the given rows of `table`. `table` is what the boundary gave.
  package func fit(_ table: Table, rows: [Int32]?, _ run: RunContext) throws -> Model {
    let started = run.host.now()
    var training = table
    if let rows { training = try table.taking(rows, workers: run.workers) }
    let trainedOn = training.lineage
    let rawFields = training.schema.fields
    guard training.rowCount > 0 else {
      throw DataError("no-rows", "there are no training rows")
    }
    let prepared = try prepare(training, run)
    training = try withoutMissingTarget(prepared.table, run)
    let target = try targetValues(training, run)
    let choice = try FeatureChoice(formula, of: training, run)
    for notice in choice.notices { run.notice(notice) }
    let features = training.selecting(choice.names)
    let data = TrainingData(features: features, target: target, seed: seed)
    let fitted = try learner.init(settings).fit(data, workers: run.workers, progress: run.progress)
    let needs = Model.needs(of: Set(choice.names), through: prepared.steps)
    return Model(
      learner: learner.name, settings: settings, formula: formula.text, task: target.task,
      target: formula.target, labels: target.labels, steps: prepared.steps,
      features: features.schema.fields, inputs: rawFields.filter { needs.contains($0.name) },
      fitted: fitted, baseline: try Baselines.fit(data, run), seed: seed,
      trainingRows: training.rowCount, trainedOn: trainedOn, replayed: prepared.replayed,
      trainingOnly: prepared.trainingOnly,
      warnings: try fitted.warnings + LeakWarnings.find(features, target, run.workers),
      fitMilliseconds: run.host.now() - started, plan: self, base: base)
  }

  private struct Prepared {
    var table: Table
    var steps: [FittedStep] = []
    var replayed: [String] = []
    var trainingOnly: [String] = []
  }

  /// Runs the stages on training rows, keeping what must be replayed.
  private func prepare(_ training: Table, _ run: RunContext) throws -> Prepared {
    var prepared = Prepared(table: training)
    for node in stages {
      try run.workers.check()
      switch node.verb.leakage {
      case .transparent, .model, .boundary: continue
      case .trainingRows:
        prepared.table = try run.engine.table(
          of: Operator(node.verb.lower(Operator(.values(prepared.table))), of: node), run)
        prepared.trainingOnly.append(node.text)
      case .column, .learned:
        for step in try steps(of: node, training: prepared.table, run) {
          prepared.table = try step.applyToTraining(prepared.table, workers: run.workers)
          prepared.steps.append(step)
        }
        prepared.replayed.append(node.text)
      }
    }
    return prepared
  }

  private func steps(
    of node: Node, training: Table, _ run: RunContext
  ) throws -> [FittedStep] {
    if node.verb.leakage == .learned, let verb = node.verb as? any LearnedVerb {
      let target = formula.target.flatMap { training.schema.contains($0) ? $0 : nil }
      let context = LearningContext(
        target: try target.map { _ in try targetValues(training, run) }, seed: seed,
        workers: run.workers)
      return [try verb.learned.fit(training, context)]
    }
    if let verb = node.verb as? any ColumnVerb { return verb.layers.map { .project($0) } }
    if case .join(let plan, _, let right) = node.verb.lower(Operator(.values(training))) {
      return [.join(plan, right: try run.engine.table(of: right, run))]
    }
    throw DataError("cannot-replay", "`\(node.text)` cannot be kept in a model")
  }

  private func withoutMissingTarget(_ training: Table, _ run: RunContext) throws -> Table {
    guard let name = formula.target, let column = training[name], let valid = column.valid,
      valid.contains(false)
    else { return training }
    let rows = valid.enumerated().filter(\.element).map { Int32($0.offset) }
    run.tell("fit left out \(training.rowCount - rows.count) rows without `\(name)`")
    guard !rows.isEmpty else {
      throw DataError("no-rows", "`\(name)` is null in every training row", column: name)
    }
    return try training.taking(rows, workers: run.workers)
  }

  private func targetValues(_ training: Table, _ run: RunContext) throws -> Target {
    guard let name = formula.target else { return .none }
    guard let column = training[name] else {
      throw DataError("column-not-found", "there is no column `\(name)` to learn", column: name)
    }
    return try TargetReader(name: name, task: task, learner: learner, positive: positive)
      .read(column, workers: run.workers)
  }
}

extension Target {
  package var labels: [Value] {
    if case .classes(_, let labels) = self { labels } else { [] }
  }
}
