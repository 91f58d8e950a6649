package import Columns
import Learning
import Syntax
import Text

/// `predict churn_model`
package struct Predict: Verb {
  package static let signature = Signature(
    "predict", "adds what a model says about each row", group: .models, stage: .integrate,
    leakage: .model,
    items: Items([.name], 1...1, "the name of a model"),
    options: [
      Parameter(
        "classes", .word(["one", "all"]), standard: .text("one"),
        "all: a column p_<class> for every class")
    ],
    details: """
      Adds `predicted` and, for classes, `probability` (of the positive class for two, else of the predicted one). \
      A clustering adds `cluster` and `distance`. The stages before the fit are replayed; no row is ever dropped. \
      A category that training did not have is unknown to every level.
      """,
    examples: [
      Example(
        """
        data = load "samples/churn.csv" | split test: 25%, stratify: churned, seed: 7
        m = data | fit churned ~ tenure + monthly, model: logistic
        data.test | predict m | select customer, predicted, probability | head 2
        #> customer  predicted  probability
        #> <text>    <bool>           <num>
        #> K10007    false         0.146074
        #> K10008    true          0.537893
        """),
      Example(
        """
        points = table x = [0, 1, 9, 10]
        m = points | fit ~ ., model: kmeans, clusters: 2
        points | predict m | select x, distance
        #>     x  distance
        #> <int>     <num>
        #>     0       0.5
        #>     1       0.5
        #>     9       0.5
        #>    10       0.5
        """),
    ])

  package let output: Flow
  let model: Node
  let all: Bool

  package var uses: [Node] { [model] }

  package init(_ call: Call, _ checker: inout Checker) throws {
    guard let item = call.items.first else { throw Refused() }
    model = try checker.node(item, kind: .model)
    try Leakage.refuseTwice(model, of: call, checker)
    all = call.settings.word("classes") == "all"
    var flow = checker.flow
    let outline = model.flow.model
    let new: [Field]
    switch outline?.task {
    case .clusters: new = [Field("cluster", .int), Field("distance", .number)]
    case .numbers: new = [Field("predicted", .number)]
    case .classes, nil:
      new = [
        Field("predicted", outline?.predictedType ?? .text),
        Field("probability", .number),
      ]
      flow.isExact = false
    }
    for field in new where flow.schema.contains(field.name) {
      throw Diagnostic(
        code: "duplicate-column", "the table has a column `\(field.name)` already",
        at: call.stage.verb.span, label: "rename or drop it first")
    }
    output = flow.with(
      Schema(flow.schema.fields + new), open: all ? flow.open + ["p_"] : flow.open)
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .compute(Scoring(all: all), [Operator.required(input), model.lowerable])
  }
}

struct Scoring: Computation {
  let all: Bool

  func run(_ inputs: [Outcome], _ run: RunContext) throws -> Outcome {
    let table = try inputs.table(0)
    let model = try inputs.model(1)
    let prediction = try model.predict(table, workers: run.workers)
    return .table(table.setting(Self.columns(prediction, all: all)))
  }

  /// The columns that a prediction adds.
  static func columns(_ prediction: Prediction, all: Bool) -> [(name: String, column: Column)] {
    switch prediction {
    case .numbers(let values): return [("predicted", .number(Values(values)))]
    case .clusters(let labels, let distances):
      return [
        ("cluster", .int(Values(labels.map { Int64($0) }))),
        ("distance", .number(Values(distances))),
      ]
    case .classes(let probabilities, let labels):
      let width = labels.count
      let count = width == 0 ? 0 : probabilities.count / width
      var chosen = [Int32](repeating: 0, count: count)
      var shown = [Double](repeating: 0, count: count)
      for row in 0..<count {
        let row0 = row * width
        var best = 0
        for label in 1..<max(1, width)
        where probabilities[row0 + label] > probabilities[row0 + best] {
          best = label
        }
        chosen[row] = Int32(best)
        shown[row] = probabilities[row0 + (width == 2 ? 1 : best)]
      }
      let levels =
        (try? Column(values: labels, type: labels.first?.columnType ?? .text))
        ?? .text(TextValues([]))
      var columns = [("predicted", levels.taking(chosen)), ("probability", .number(Values(shown)))]
      guard all else { return columns }
      for (label, value) in labels.enumerated() {
        let each = (0..<count).map { probabilities[$0 * width + label] }
        columns.append(("p_\(value.plainText)", .number(Values(each))))
      }
      return columns
    }
  }
}

extension Node {
  /// Reads the kept result where there is one, and makes it otherwise.
  package var lowerable: Operator { isNamed ? reference() : lowered() }
}

extension Value {
  /// The value in words, as in names of columns.
  package var plainText: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): "\(value)"
    case .number(let value): NumberText.text(value)
    case .text(let value): value
    case .date(let value): DateText.text(date: value)
    case .time(let value): DateText.text(time: value)
    case .duration(let months, let microseconds):
      months == 0 ? DurationText.text(microseconds) : "\(months)mo"
    case .vector(let all): "[" + all.map { "\($0)" }.joined(separator: ", ") + "]"
    case .list(let all): "[" + all.map(\.plainText).joined(separator: ", ") + "]"
    case .dictionary(let all):
      "[" + all.map { "\($0.label): \($0.value.plainText)" }.joined(separator: ", ") + "]"
    }
  }
}
