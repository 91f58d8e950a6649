extension Metric {
  /// Root of the mean squared error.
  static let rmse = Metric(
    "rmse", "root of the mean squared error", .lower, range: 0...Double.infinity, best: 0,
    isSymmetric: true
  ) { numbers, weights in
    .value(numbers.mean(weights) { ($0 - $1) * ($0 - $1) }.squareRoot())
  }
}
