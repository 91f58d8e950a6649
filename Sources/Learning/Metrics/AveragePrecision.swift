extension Metric {
  /// Precision at each distinct score, weighted by the recall that the score adds.
  static let averagePrecision = Metric(
    "average_precision",
    "mean precision over the recall that each score adds (not the trapezoid area); mean over several classes",
    .higher, range: 0...1, best: 1, needs: .probabilities
  ) { classes, weights in
    Ranking.macro(classes, weights, reason: "no positive rows") { ranking in
      guard ranking.positive > 0 else { return nil }
      var found = 0.0
      var taken = 0.0
      var sum = 0.0
      for step in ranking.steps {
        found += step.positive
        taken += step.positive + step.negative
        sum += step.positive * found / taken
      }
      return min(1, sum / ranking.positive)
    }
  }
}
