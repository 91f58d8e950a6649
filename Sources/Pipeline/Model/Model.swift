package import Columns
package import Learning

/// A fitted pipeline: everything between the last boundary and `fit`, and what the learner found.
package struct Model: Sendable {
  package var learner: String
  package var settings: Settings
  package var formula: String
  package var task: Task
  package var target: String?
  /// Classes in order; for two the last one is the positive class.
  package var labels: [Value]
  /// What `predict` replays, in order.
  package var steps: [FittedStep]
  /// What the learner sees, after the steps.
  package var features: [Field]
  /// What the steps need of the rows to be judged, with the types they had in training.
  package var inputs: [Field]
  package var fitted: any FittedModel
  /// The naive model on the same rows: always judged beside it.
  package var baseline: any FittedModel
  package var seed: UInt64
  package var trainingRows: Int
  /// Where the training rows came from; not kept in files.
  package var trainedOn: Lineage?
  /// Texts of the stages that are replayed, and of those that only chose training rows.
  package var replayed: [String]
  package var trainingOnly: [String]
  package var warnings: [String]
  package var fitMilliseconds: Double
  /// How to fit it again on other rows; nil for a model read from a file.
  package var plan: FitPlan?
  /// The table its boundary gave, for explanations; nil for a model read from a file.
  package var base: Node?

  /// The learner's features for rows as they came in.
  package func featureTable(_ table: Table, workers: Workers) throws -> Table {
    try replay(table, wanted: Set(features.map(\.name)), workers: workers)
      .selecting(features.map(\.name))
  }

  package func predict(_ table: Table, workers: Workers) throws -> Prediction {
    try checkInputs(table.schema)
    return try fitted.predict(featureTable(table, workers: workers), workers: workers)
  }

  /// Features and, where the table has it, the target: what evaluation needs.
  package func replay(_ table: Table, wanted: Set<String>, workers: Workers) throws -> Table {
    var steps: [FittedStep] = []
    var wanted = wanted
    for step in self.steps.reversed() {
      let (kept, needs) = step.pruned(to: wanted)
      if let kept { steps.append(kept) }
      wanted = needs
    }
    var current = table
    for step in steps.reversed() {
      try workers.check()
      current = try step.apply(current, workers: workers)
    }
    return current
  }

  /// Columns of raw rows that lead to `wanted`.
  package static func needs(of wanted: Set<String>, through steps: [FittedStep]) -> Set<String> {
    steps.reversed().reduce(wanted) { $1.pruned(to: $0).needs }
  }

  /// Refuses rows that lack a column or have it with another type.
  package func checkInputs(_ schema: Schema) throws {
    let missing = inputs.filter { !schema.contains($0.name) }.map(\.name)
    guard missing.isEmpty else {
      throw DataError(
        "missing-column",
        "the model needs \(listed(missing.map { "`\($0)`" })), which the table does not have",
        help: "it was trained with: " + inputs.map(\.name).joined(separator: ", "),
        column: missing.first)
    }
    for input in inputs {
      guard let type = schema.type(of: input.name), !Self.fits(type, input.type) else { continue }
      throw DataError(
        "retyped-column",
        "`\(input.name)` is \(type.rawValue) here, but was \(input.type.rawValue) when the model was trained",
        help: "cast \(input.name), to: \(input.type.rawValue)", column: input.name)
    }
  }

  /// Whether a column of one type can stand where another was in training.
  private static func fits(_ type: ColumnType, _ trained: ColumnType) -> Bool {
    type == trained || (type.isNumeric && trained.isNumeric)
      || (type.isTextual && trained.isTextual)
  }
}

/// `a`, `a and b`, `a, b and c`.
package func listed(_ words: [String]) -> String {
  guard let last = words.last, words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " and " + last
}
