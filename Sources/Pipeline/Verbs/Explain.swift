import Columns
import Learning
import Syntax
import Text

/// `m | explain` or `data | explain m`
package struct Explain: Verb {
  package static let signature = Signature(
    "explain", "says what a model relies on", group: .models, stage: .evaluate, leakage: .model,
    accepts: [.model, .table],
    items: Items([.name], 0...1, "the name of a model, after a table"),
    options: [
      Parameter("top", .integer(1...Int64.max), defaultNote: "all", "how many rows"),
      Parameter(
        "repeats", .integer(1...1_000), standard: .int(5), "shuffles of each feature"),
      Parameter(
        "metric", .word(MetricCatalog.all.map(\.name)), defaultNote: "log_loss or rmse",
        "what a shuffled feature costs"),
      Parameter("seed", .integer(0...Int64.max), defaultNote: "the session's seed", "for shuffles"),
    ],
    details: """
      A linear or logistic model gives its terms: estimate, standard error, statistic, p-value and 95 % interval. \
      Any other model gives permutation importance: how much worse the metric gets when the values of one raw \
      column are shuffled among rows, mean and sd over repeats, on the test rows of the model's own data (or the \
      rows of the table before it).
      """,
    examples: [
      Example(
        """
        data = load "samples/rides.csv" | split seed: 7
        m = data | fit minutes ~ distance, model: linear
        m | explain | select term, estimate
        #> term       estimate
        #> <text>        <num>
        #> intercept   5.02204
        #> distance    2.40754
        """),
      Example(
        """
        data = load "samples/churn.csv" | split test: 25%, stratify: churned, seed: 7
        m = data | fit churned ~ tenure + monthly, model: boosting, trees: 20
        m | explain top: 1 | select feature
        #> feature
        #> <text>
        #> tenure
        """),
    ])

  package let output: Flow
  let model: Node?
  let choice: RowChoice?
  let explaining: Explaining

  package var uses: [Node] { [model].compactMap(\.self) }

  package init(_ call: Call, _ checker: inout Checker) throws {
    let onTable = checker.flow.kind == .table
    guard onTable == (call.items.count == 1) else {
      throw Diagnostic(
        code: "item-missing",
        onTable
          ? "`explain` after a table wants the name of a model"
          : "the model stands before `explain` already",
        at: call.items.first?.span ?? call.stage.verb.span)
    }
    model = try call.items.first.map { try checker.node($0, kind: .model) }
    choice = onTable ? try RowChoice(call, checker) : nil
    explaining = Explaining(
      top: call.settings.integer("top"), repeats: call.settings.integer("repeats") ?? 5,
      metric: call.settings.word("metric"), seed: call.seed(checker))
    let learner = (model ?? checker.input)?.flow.model?.learner
    let hasTerms = learner == "linear" || learner == "logistic"
    let schema: Schema
    if hasTerms {
      schema = Schema(
        [Field("term", .text)]
          + ["estimate", "std_error", "statistic", "p_value", "low", "high"].map {
            Field($0, .number)
          })
    } else {
      schema = Schema([
        Field("feature", .text), Field("importance", .number), Field("sd", .number),
      ])
    }
    output = Flow(.table, schema: schema, open: hasTerms ? ["class"] : [], isExact: false)
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    let input = Operator.required(input)
    if let model, let choice {
      return .compute(explaining, [model.lowerable, choice.lower(input)])
    }
    return .compute(explaining, [input])
  }
}

struct Explaining: Computation {
  let top: Int?
  let repeats: Int
  let metric: String?
  let seed: UInt64

  func run(_ inputs: [Outcome], _ run: RunContext) throws -> Outcome {
    let model = try inputs.model(0)
    var table = try terms(model) ?? importance(model, inputs, run)
    if let top { table = table.slice(0..<min(top, table.rowCount)) }
    return .table(table)
  }

  private func terms(_ model: Model) throws -> Table? {
    guard metric == nil else { return nil }
    return model.fitted.terms
  }

  private func importance(
    _ model: Model, _ inputs: [Outcome], _ run: RunContext
  ) throws -> Table {
    let rows = inputs.count > 1 ? try inputs.table(1) : try ownRows(model, run)
    let metric = try MetricChoice.metrics(
      [metric ?? (model.task == .numbers ? "rmse" : "log_loss")], for: model.task)[0]
    let plain = try Judging(model, on: rows, run)
    let raw = plain.table.selecting(model.inputs.map(\.name).filter { $0 != model.target })
    return try PermutationImportance.compute(
      RawModel(model: model), features: raw, actual: plain.truth, metric: metric,
      repeats: repeats, seed: seed, workers: run.workers, progress: run.progress)
  }

  /// Test rows of the table the model's pipeline begins with; training rows where there was no split.
  private func ownRows(_ model: Model, _ run: RunContext) throws -> Table {
    guard let base = model.base else {
      throw DataError(
        "no-data", "a model read from a file has no rows of its own",
        help: "put a table before it: data | explain model")
    }
    let table = base.lowerable
    guard let split = base.split else { return try run.engine.table(of: table, run) }
    return try run.engine.table(
      of: Operator(.part(.test, split: split, table), of: base), run)
  }
}

/// A model that takes rows as they came in, stages and all, so that importance is of raw columns.
private struct RawModel: FittedModel {
  static let learner = "pipeline"
  let model: Model

  init(model: Model) { self.model = model }

  init(from decoder: any Decoder) throws {
    throw DataError("cannot-read", "a pipeline is read from a model file")
  }

  func encode(to encoder: any Encoder) throws {
    throw DataError("cannot-save", "a pipeline is written to a model file")
  }

  func predict(_ features: Table, workers: Workers) throws -> Prediction {
    try model.predict(features, workers: workers)
  }

  var terms: Table? { nil }
  var facts: [(name: String, value: String)] { [] }
  var warnings: [String] { [] }
}
