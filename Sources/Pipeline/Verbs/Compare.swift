import Glibc
import Columns
import Learning
import Syntax
import Text

/// `compare base, boost, folds: 5`
package struct Compare: Verb {
  package static let signature = Signature(
    "compare", "ranks models on the same rows with a paired test", group: .models, stage: .train,
    leakage: .model,
    items: Items([.name], 1...100, "names of models"),
    options: [
      RowChoice.parameter,
      Parameter(
        "metrics", .list(.word(MetricCatalog.all.map(\.name))),
        defaultNote: "log_loss and auc, or rmse and r2", "which metrics; the first one ranks"),
      Parameter(
        "folds", .integer(2...100), defaultNote: "none",
        "fits each pipeline again in the same folds of the training rows"),
      Parameter("seed", .integer(0...Int64.max), defaultNote: "the session's seed", "for folds"),
    ],
    details: """
      One row a model, the naive baseline among them, best first. sd is over folds. lift is how much better a model \
      is than the first one named, in the first metric; p_value is two-sided: over folds the corrected resampled \
      t-test of Nadeau and Bengio (2003), without folds a paired t-test over the rows' losses (log loss or squared \
      error).
      """,
    examples: [
      Example(
        """
        data = load "samples/churn.csv" | split test: 25%, stratify: churned, seed: 7
        few = data | fit churned ~ tenure, model: logistic
        more = data | fit churned ~ tenure + monthly + contract, model: logistic
        data | compare few, more, metrics: [auc] | select model, auc
        #> model          auc
        #> <text>       <num>
        #> more      0.767578
        #> few       0.681296
        #> baseline  0.5
        """),
      Example(
        """
        data = load "samples/churn.csv" | split test: 25%, stratify: churned, seed: 7
        few = data | fit churned ~ tenure, model: logistic
        more = data | fit churned ~ tenure + monthly + contract, model: logistic
        data | compare few, more, folds: 3, metrics: [auc] | select model, auc, sd
        #> model          auc         sd
        #> <text>       <num>      <num>
        #> more      0.760266  0.0216499
        #> few       0.707626  0.0243019
        #> baseline  0.5       0
        """),
    ])

  package let output: Flow
  let models: [Node]
  let names: [String]
  let choice: RowChoice
  let request: Evaluate.Request

  package var uses: [Node] { models }

  package init(_ call: Call, _ checker: inout Checker) throws {
    models = try call.items.map { try checker.node($0, kind: .model) }
    for model in models { try Leakage.refuseTwice(model, of: call, checker) }
    names = call.items.map { $0.nameText ?? "" }
    let folds = call.settings.integer("folds")
    if folds != nil, call.isGiven("on") {
      throw Diagnostic(
        code: "options-exclude", "`folds:` are made of training rows; `on:` does not go with it",
        at: call.span(of: "on"))
    }
    var choice = try RowChoice(call, checker)
    if folds != nil, choice.split != nil { choice.rows = .train }
    self.choice = choice
    request = Evaluate.Request(
      metrics: call.settings.words("metrics"), showsConfusion: false, folds: folds,
      seed: call.seed(checker))
    try Evaluate.checkMetrics(call, models.first?.flow.model)
    let task = models.compactMap(\.flow.model?.task).first
    let metrics = request.metrics ?? Comparing.standard(task ?? .classes)
    let numbers = metrics + ["sd", "lift", "p_value", "fit_ms", "predict_ms"]
    output = Flow(
      .table, schema: Schema([Field("model", .text)] + numbers.map { Field($0, .number) }),
      isExact: task != nil || request.metrics != nil)
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .compute(
      Comparing(names: names, choice: choice, request: request),
      [choice.lower(Operator.required(input))] + models.map(\.lowerable))
  }
}

struct Comparing: Computation {
  let names: [String]
  let choice: RowChoice
  let request: Evaluate.Request

  /// What one model scored: a value a fold (or just one), for each metric.
  private struct Row {
    var name: String
    var scores: [[Double?]]
    var losses: [Double]
    var fit: Double
    var predict: Double
  }

  static func standard(_ task: Task) -> [String] {
    task == .numbers ? ["rmse", "r2"] : ["log_loss", "auc"]
  }

  func run(_ inputs: [Outcome], _ run: RunContext) throws -> Outcome {
    let table = try inputs.table(0)
    let models = try (1..<inputs.count).map { try inputs.model($0) }
    guard let first = models.first else {
      throw DataError("item-missing", "there is no model to compare")
    }
    if let other = models.first(where: { $0.target != first.target || $0.task != first.task }) {
      throw DataError(
        "unlike-models",
        "the models learn different things: `\(first.target ?? "")` and `\(other.target ?? "")`")
    }
    let metrics = try MetricChoice.metrics(
      request.metrics ?? Self.standard(first.task), for: first.task)
    var rows: [Row] = []
    var shares = (train: 1.0, test: 0.0)
    if let folds = request.folds {
      let folding = FoldedFit(folds: folds, seed: request.seed)
      for (name, model) in zip(names, models) {
        let scores = try folding.scores(of: model, on: table, run)
        if let first = scores.first { shares = (first.trainRows, first.testRows) }
        if rows.isEmpty { rows.append(try baseline(scores.map(\.judging), metrics)) }
        rows.append(
          Row(
            name: name,
            scores: try metrics.map { metric in
              try scores.map { try metric.compute($0.judging.judgement).value }
            },
            losses: [], fit: scores.map(\.fitMilliseconds).reduce(0, +) / Double(scores.count),
            predict: scores.map(\.predictMilliseconds).reduce(0, +) / Double(scores.count)))
      }
    } else {
      choice.countLook(run)
      for (name, model) in zip(names, models) {
        let overlap = Judging.overlap(table, model)
        guard overlap > 0 else { continue }
        run.warn("`\(name)` was trained on \(overlap) of these \(table.rowCount) rows")
      }
      for (name, model) in zip(names, models) {
        let started = run.host.now()
        let judging = try Judging(model, on: table, rows.isEmpty ? run : run.quiet)
        let took = run.host.now() - started
        if rows.isEmpty { rows.append(try baseline([judging], metrics)) }
        rows.append(
          Row(
            name: name, scores: try metrics.map { [try $0.compute(judging.judgement).value] },
            losses: judging.losses, fit: model.fitMilliseconds, predict: took))
      }
    }
    return .table(ranked(rows, metrics, shares))
  }

  private func baseline(_ judgings: [Judging], _ metrics: [Metric]) throws -> Row {
    Row(
      name: "baseline",
      scores: try metrics.map { metric in
        try judgings.map { try metric.compute($0.baseline).value }
      },
      losses: judgings.flatMap(\.naiveLosses), fit: 0, predict: 0)
  }

  private func ranked(
    _ rows: [Row], _ metrics: [Metric], _ shares: (train: Double, test: Double)
  ) -> Table {
    let sign: Double = metrics[0].direction == .higher ? 1 : -1
    let reference = rows.first { $0.name == names[0] && $0.name != "baseline" } ?? rows[1]
    func lead(_ row: Row) -> Double { mean(row.scores[0]).map { $0 * sign } ?? -.infinity }
    let order = rows.enumerated().sorted {
      lead($0.element) != lead($1.element)
        ? lead($0.element) > lead($1.element) : $0.offset < $1.offset
    }.map(\.element)
    let isReference = { (row: Row) in row.name == reference.name }
    let p = order.map { isReference($0) ? nil : pValue($0, reference, shares) }
    let lifts = order.map { row -> Double? in
      guard let a = mean(row.scores[0]), let b = mean(reference.scores[0]) else { return nil }
      return (a - b) * sign
    }
    var columns: [(name: String, column: Column)] = [
      ("model", .text(TextValues(order.map(\.name))))
    ]
    for (number, metric) in metrics.enumerated() {
      columns.append((metric.name, Column(order.map { mean($0.scores[number]) })))
    }
    columns.append(("sd", Column(order.map { standardDeviation($0.scores[0]) })))
    columns.append(("lift", Column(lifts)))
    columns.append(("p_value", Column(p)))
    columns.append(("fit_ms", Column(order.map { $0.fit })))
    columns.append(("predict_ms", Column(order.map { $0.predict })))
    return Table(columns)
  }

  private func pValue(_ a: Row, _ b: Row, _ shares: (train: Double, test: Double)) -> Double? {
    guard request.folds == nil else {
      let first = a.scores[0].compactMap(\.self)
      let second = b.scores[0].compactMap(\.self)
      guard first.count == a.scores[0].count, second.count == first.count else { return nil }
      return PairedTest(first, second, trainRows: shares.train, testRows: shares.test).pValue
    }
    guard a.losses.count == b.losses.count, a.losses.count > 1 else { return nil }
    // Rows are independent: the variance is not corrected.
    return PairedTest(a.losses, b.losses, trainRows: 1, testRows: 0).pValue
  }
}

extension Judging {
  /// A loss a row: log loss for classes, squared error for numbers.
  var losses: [Double] { Self.losses(truth, prediction) }
  var naiveLosses: [Double] { Self.losses(truth, naive) }

  private static func losses(_ truth: Target, _ prediction: Prediction) -> [Double] {
    switch (truth, prediction) {
    case (.classes(let codes, let labels), .classes(let probabilities, _)):
      codes.enumerated().map { row, code in
        -Glibc.log(max(1e-15, probabilities[row * labels.count + Int(code)]))
      }
    case (.numbers(let actual), .numbers(let predicted)):
      zip(actual, predicted).map { ($0 - $1) * ($0 - $1) }
    default: []
    }
  }
}
