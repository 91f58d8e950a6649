extension Metric {
  /// The chance that a positive row has a higher score than a negative one, ties counting half.
  static let auc = Metric(
    "auc",
    "area under the ROC curve: chance that a positive row outranks a negative one; mean of one class against the rest for several",
    .higher, range: 0...1, best: 1, needs: .probabilities
  ) { classes, weights in
    Ranking.macro(classes, weights, reason: "only one class occurs") { ranking in
      guard ranking.positive > 0, ranking.negative > 0 else { return nil }
      var above = 0.0
      var sum = 0.0
      for step in ranking.steps {
        sum += step.negative * (above + step.positive / 2)
        above += step.positive
      }
      return sum / (ranking.positive * ranking.negative)
    }
  }
}
