extension Metric {
  /// True negatives over all that are negative.
  static let specificity = Metric(
    "specificity",
    "share of negative rows that are left alone; mean over several classes; 0 when there are none",
    .higher, range: 0...1, best: 1
  ) { classes, weights in
    let confusion = Confusion(classes, weights: weights)
    let total = confusion.total
    return confusion.macro {
      let negatives = total - confusion.actual($0)
      return Confusion.share(negatives - (confusion.predicted($0) - confusion.right($0)), negatives)
    }
  }
}
