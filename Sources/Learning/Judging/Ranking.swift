/// Scores of one class against whether a row is of it, as rank metrics need them.
struct Ranking {
  /// For each distinct score from the highest down: weights of the positive and negative rows.
  private(set) var steps: [(positive: Double, negative: Double)] = []
  private(set) var positive = 0.0
  private(set) var negative = 0.0

  init(_ classes: Judgement.Classes, label: Int, weights: [Double]?) {
    let scores = classes.probability(of: label)
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    var last = Double.nan
    for row in order {
      let weight = weights?[row] ?? 1
      guard weight > 0 else { continue }
      if scores[row] != last {
        steps.append((0, 0))
        last = scores[row]
      }
      if classes.actual[row] == Int32(label) {
        steps[steps.count - 1].positive += weight
        positive += weight
      } else {
        steps[steps.count - 1].negative += weight
        negative += weight
      }
    }
  }

  /// For two classes the positive one, else the plain mean over the classes that have an answer.
  static func macro(
    _ classes: Judgement.Classes, _ weights: [Double]?, reason: String,
    _ measure: (Ranking) -> Double?
  ) -> Metric.Score {
    let labels = classes.labels.count == 2 ? [1] : Array(classes.labels.indices)
    let answers = labels.compactMap {
      measure(Ranking(classes, label: $0, weights: weights))
    }
    if answers.isEmpty { return .undefined(reason) }
    return .value(answers.reduce(0, +) / Double(answers.count))
  }
}
