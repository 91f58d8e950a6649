extension Metric {
  /// True positives over all said to be positive.
  static let precision = Metric(
    "precision",
    "share of rows said to be positive that are; mean over several classes; 0 when none was said to be",
    .higher, range: 0...1, best: 1
  ) { classes, weights in
    let confusion = Confusion(classes, weights: weights)
    return confusion.macro { Confusion.share(confusion.right($0), confusion.predicted($0)) }
  }
}
