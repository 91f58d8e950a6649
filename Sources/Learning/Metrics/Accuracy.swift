extension Metric {
  /// Right answers over all.
  static let accuracy = Metric(
    "accuracy", "share of rows that are classified right", .higher, range: 0...1, best: 1,
    isSymmetric: true
  ) { classes, weights in
    let confusion = Confusion(classes, weights: weights)
    return .value(confusion.right / confusion.total)
  }
}
