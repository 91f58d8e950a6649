extension Metric {
  /// Median of the absolute errors.
  static let medianAE = Metric(
    "median_ae", "median of the absolute errors", .lower, range: 0...Double.infinity, best: 0,
    isSymmetric: true
  ) { numbers, weights in
    .value(
      Order.weightedMedian(
        zip(numbers.actual, numbers.predicted).map { abs($0 - $1) }, weights: weights))
  }
}
