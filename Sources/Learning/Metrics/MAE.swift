extension Metric {
  /// Mean of the absolute errors.
  static let mae = Metric(
    "mae", "mean of the absolute errors", .lower, range: 0...Double.infinity, best: 0,
    isSymmetric: true
  ) { numbers, weights in
    .value(numbers.mean(weights) { abs($0 - $1) })
  }
}
