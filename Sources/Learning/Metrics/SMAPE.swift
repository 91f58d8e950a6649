extension Metric {
  /// Mean of the absolute errors as shares of the mean size of both.
  static let smape = Metric(
    "smape", "mean of 2 |error| / (|actual| + |predicted|), from 0 to 2; 0 for 0/0", .lower,
    range: 0...2, best: 0, isSymmetric: true
  ) { numbers, weights in
    .value(
      numbers.mean(weights) {
        let size = abs($0) + abs($1)
        return size == 0 ? 0 : 2 * abs($0 - $1) / size
      })
  }
}
