extension Metric {
  /// The harmonic mean of precision and recall.
  static let f1 = Metric(
    "f1", "harmonic mean of precision and recall; mean over several classes; 0 for 0/0", .higher,
    range: 0...1, best: 1, isSymmetric: true
  ) { classes, weights in
    let confusion = Confusion(classes, weights: weights)
    return confusion.macro {
      Confusion.share(
        2 * confusion.right($0), confusion.actual($0) + confusion.predicted($0))
    }
  }
}
