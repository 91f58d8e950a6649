package import Columns
import Learning
import Syntax
import Text

/// `evaluate churn_model`
package struct Evaluate: Verb {
  package static let signature = Signature(
    "evaluate", "judges a model on rows it has not seen, beside the naive baseline", group: .models,
    stage: .evaluate, leakage: .model,
    items: Items([.name], 1...1, "the name of a model"),
    clauses: [.by: "groups, each judged by itself"],
    options: [
      RowChoice.parameter,
      Parameter(
        "metrics", .list(.word(MetricCatalog.all.map(\.name))), defaultNote: "the usual ones",
        "which metrics"),
      Parameter(
        "show", .word(["metrics", "confusion"]), standard: .text("metrics"),
        "confusion: one row for each pair of actual and predicted class"),
      Parameter(
        "folds", .integer(2...100), defaultNote: "none",
        "fits the whole pipeline again in folds of the training rows"),
      Parameter("seed", .integer(0...Int64.max), defaultNote: "the session's seed", "for folds"),
    ],
    details: """
      Test rows are judged where there was a split, all rows otherwise, saying how many of them the model trained \
      on. Each look at a test part is counted. The baseline predicts the most frequent class (its share as the \
      probability) or the mean of the training rows. A metric that has no meaning on these rows is null.
      """,
    examples: [
      Example(
        """
        data = load "samples/churn.csv" | split test: 25%, stratify: churned, seed: 7
        m = data | fit churned ~ tenure + monthly, model: logistic
        data | evaluate m, metrics: [accuracy, auc]
        #> metric       value  baseline
        #> <text>       <num>     <num>
        #> accuracy  0.7125       0.675
        #> auc       0.716182     0.5
        """),
      Example(
        """
        data = load "samples/churn.csv" | split test: 25%, stratify: churned, seed: 7
        m = data | fit churned ~ tenure + monthly, model: logistic
        data | evaluate m, show: confusion
        #> actual  predicted  count
        #> <bool>  <bool>     <int>
        #> false   false        239
        #> false   true          31
        #> true    false         84
        #> true    true          46
        """),
    ])

  package let output: Flow
  let model: Node
  let choice: RowChoice
  let groups: [Projection]
  let evaluation: Request

  package var uses: [Node] { [model] }

  struct Request: Sendable {
    var metrics: [String]?
    var showsConfusion: Bool
    var folds: Int?
    var seed: UInt64
  }

  package init(_ call: Call, _ checker: inout Checker) throws {
    guard let item = call.items.first else { throw Refused() }
    model = try checker.node(item, kind: .model)
    try Leakage.refuseTwice(model, of: call, checker)
    let folds = call.settings.integer("folds")
    if folds != nil, call.isGiven("on") {
      throw Diagnostic(
        code: "options-exclude", "`folds:` are made of training rows; `on:` does not go with it",
        at: call.span(of: "on"))
    }
    var choice = try RowChoice(call, checker)
    if folds != nil, choice.split != nil { choice.rows = .train }
    self.choice = choice
    groups = try checker.groups(call.by)
    evaluation = Request(
      metrics: call.settings.words("metrics"),
      showsConfusion: call.settings.word("show") == "confusion", folds: folds,
      seed: call.seed(checker))
    if evaluation.showsConfusion, model.flow.model?.task == .numbers {
      throw Diagnostic(
        code: "option-value", "a model of numbers has no confusion matrix",
        at: call.span(of: "show"))
    }
    try Self.checkMetrics(call, model.flow.model)
    let fields = Schema(groups).fields
    if evaluation.showsConfusion {
      output = Flow(
        .table,
        schema: Schema(
          fields + [Field("actual", .text), Field("predicted", .text), Field("count", .int)]),
        isExact: false)
    } else {
      var all =
        fields + [
          Field("metric", .text), Field("value", .number), Field("baseline", .number),
        ]
      if folds != nil { all.append(Field("sd", .number)) }
      output = Flow(.table, schema: Schema(all))
    }
  }

  static func checkMetrics(_ call: Call, _ outline: ModelOutline?) throws {
    guard let task = outline?.task, let names = call.settings.words("metrics") else { return }
    for name in names {
      guard let metric = MetricCatalog.metric(named: name), metric.needs.task == task else {
        throw Diagnostic(
          code: "wrong-metric", "`\(name)` does not judge \(task.rawValue)",
          at: call.span(of: "metrics"),
          notes: [
            "metrics of \(task.rawValue): "
              + MetricCatalog.all.filter { $0.needs.task == task }.map(\.name)
              .joined(separator: ", ")
          ])
      }
    }
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .compute(
      Evaluating(choice: choice, groups: groups, evaluation: evaluation),
      [choice.lower(Operator.required(input)), model.lowerable])
  }
}

struct Evaluating: Computation {
  let choice: RowChoice
  let groups: [Projection]
  let evaluation: Evaluate.Request

  func run(_ inputs: [Outcome], _ run: RunContext) throws -> Outcome {
    let table = try inputs.table(0)
    let model = try inputs.model(1)
    if let folds = evaluation.folds {
      return .table(try folded(model, table, folds, run))
    }
    choice.countLook(run)
    let overlap = Judging.overlap(table, model)
    if overlap > 0 {
      run.warn("the model was trained on \(overlap) of these \(table.rowCount) rows")
    }
    let judging = try Judging(model, on: table, run)
    guard !groups.isEmpty else {
      return .table(try answer(model, judging.judgement, judging.baseline))
    }
    let keys = try Table(
      groups.map {
        ($0.name, try Evaluation.column($0.expression, on: judging.table, workers: run.workers))
      })
    let grouping = try keys.grouping(by: keys.columns, workers: run.workers)
    let parts = try (0..<grouping.groupCount).map { group in
      let rows = grouping.groups.indices.filter { Int(grouping.groups[$0]) == group }
        .map { Int32($0) }
      let (judgement, baseline) = try judging.subset(rows)
      let part = try answer(model, judgement, baseline)
      let first = try keys.taking(
        Array(repeating: grouping.firstRows[group], count: part.rowCount), workers: .serial)
      return Table(first.named + part.named)
    }
    return .table(Table.concatenated(parts))
  }

  private func answer(
    _ model: Model, _ judgement: Judgement, _ baseline: Judgement
  ) throws -> Table {
    if evaluation.showsConfusion { return try confusion(judgement) }
    let metrics = try MetricChoice.metrics(evaluation.metrics, for: model.task)
    return Table([
      ("metric", .text(TextValues(metrics.map(\.name)))),
      ("value", Column(try metrics.map { try $0.compute(judgement).value })),
      ("baseline", Column(try metrics.map { try $0.compute(baseline).value })),
    ])
  }

  private func confusion(_ judgement: Judgement) throws -> Table {
    guard case .classes(let classes) = judgement.content else {
      throw DataError("wrong-metric", "only classes have a confusion matrix")
    }
    let labels = classes.labels
    let matrix = Confusion(classes)
    let width = labels.count
    let type = labels.first?.columnType ?? .text
    let pairs = (0..<width * width).map { (actual: $0 / width, predicted: $0 % width) }
    return Table([
      ("actual", try Column(values: pairs.map { labels[$0.actual] }, type: type)),
      ("predicted", try Column(values: pairs.map { labels[$0.predicted] }, type: type)),
      (
        "count",
        .int(Values(pairs.map { Int64(matrix[$0.actual, $0.predicted]) }))
      ),
    ])
  }

  private func folded(
    _ model: Model, _ table: Table, _ folds: Int, _ run: RunContext
  ) throws -> Table {
    let scores = try FoldedFit(folds: folds, seed: evaluation.seed).scores(
      of: model, on: table, run)
    let metrics = try MetricChoice.metrics(evaluation.metrics, for: model.task)
    let values = try metrics.map { metric in
      try scores.map { try metric.compute($0.judging.judgement).value }
    }
    let naive = try metrics.map { metric in
      try scores.map { try metric.compute($0.judging.baseline).value }
    }
    return Table([
      ("metric", .text(TextValues(metrics.map(\.name)))),
      ("value", Column(values.map(mean))),
      ("baseline", Column(naive.map(mean))),
      ("sd", Column(values.map(standardDeviation))),
    ])
  }
}

/// Nil if any is nil.
func mean(_ values: [Double?]) -> Double? {
  let known = values.compactMap(\.self)
  guard known.count == values.count, !known.isEmpty else { return nil }
  return known.reduce(0, +) / Double(known.count)
}

/// Divides by n - 1; nil if any is nil or there is only one.
func standardDeviation(_ values: [Double?]) -> Double? {
  guard values.count > 1, let centre = mean(values) else { return nil }
  let squares = values.compactMap(\.self).reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
  return (squares / Double(values.count - 1)).squareRoot()
}

extension Column {
  /// Numbers, some of which may be missing.
  package init(_ numbers: [Double?]) {
    let valid = numbers.map { $0 != nil }
    self = .number(
      Values(numbers.map { $0 ?? 0 }, valid: valid.contains(false) ? valid : nil))
  }
}

enum MetricChoice {
  /// The metrics asked for, or the usual ones.
  static func metrics(_ names: [String]?, for task: Task) throws -> [Metric] {
    guard let names else { return MetricCatalog.defaults(for: task) }
    return try names.map { name in
      guard let metric = MetricCatalog.metric(named: name), metric.needs.task == task else {
        throw DataError(
          "wrong-metric", "`\(name)` does not judge \(task.rawValue)",
          help: "metrics of \(task.rawValue): "
            + MetricCatalog.all.filter { $0.needs.task == task }.map(\.name)
            .joined(separator: ", "))
      }
      return metric
    }
  }
}
