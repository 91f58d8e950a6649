extension Metric {
  /// One minus the squared errors over those of the mean.
  static let r2 = Metric(
    "r2",
    "1 - squared errors / squared errors of the mean; for a target that never varies 1 if all is right, else 0",
    .higher, range: -Double.infinity...1, best: 1
  ) { numbers, weights in
    let rows = weights.map { $0.count { $0 > 0 } } ?? numbers.actual.count
    guard rows > 1 else { return .undefined("it needs two rows") }
    let mean = weightedMean(numbers.actual, weights: weights)
    let error = numbers.mean(weights) { ($0 - $1) * ($0 - $1) }
    let spread = numbers.mean(weights) { actual, _ in (actual - mean) * (actual - mean) }
    if spread == 0 { return .value(error == 0 ? 1 : 0) }
    return .value(1 - error / spread)
  }
}
