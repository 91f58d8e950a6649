import Glibc

extension Metric {
  /// Mean of minus the logarithm of the probability that the true class was given.
  static let logLoss = Metric(
    "log_loss",
    "mean of -ln(probability of the true class), probabilities clipped to 2.2e-16 from 0 and 1",
    .lower, range: 0...Double.infinity, best: 0, needs: .probabilities
  ) { classes, weights in
    var sum = 0.0
    var total = 0.0
    for row in classes.actual.indices {
      let weight = weights?[row] ?? 1
      let share = classes.probabilities[row * classes.labels.count + Int(classes.actual[row])]
      sum -= weight * log(min(1, max(Double.ulpOfOne, share)))
      total += weight
    }
    return .value(max(0, sum / total))
  }
}
