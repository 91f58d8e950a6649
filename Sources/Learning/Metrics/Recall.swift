extension Metric {
  /// True positives over all that are positive.
  static let recall = Metric(
    "recall",
    "share of positive rows that are found; mean over several classes; 0 when there are none",
    .higher, range: 0...1, best: 1
  ) { classes, weights in
    let confusion = Confusion(classes, weights: weights)
    return confusion.macro { Confusion.share(confusion.right($0), confusion.actual($0)) }
  }
}
