extension Metric {
  /// For two classes the mean of (p - y) squared, for several the sum of that over the classes.
  static let brier = Metric(
    "brier",
    "mean squared error of the probability of the positive class; for several classes summed over them",
    .lower, range: 0...2, best: 0, needs: .probabilities
  ) { classes, weights in
    let count = classes.labels.count
    let labels = count == 2 ? 1..<2 : 0..<count
    var sum = 0.0
    var total = 0.0
    for row in classes.actual.indices {
      let weight = weights?[row] ?? 1
      var part = 0.0
      for label in labels {
        let error =
          classes.probabilities[row * count + label]
          - (classes.actual[row] == Int32(label) ? 1 : 0)
        part += error * error
      }
      sum += weight * part
      total += weight
    }
    return .value(sum / total)
  }
}
