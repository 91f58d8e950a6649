extension Metric {
  /// The correlation between what was the case and what was said (Gorodkin 2004 for several classes).
  static let mcc = Metric(
    "mcc", "Matthews correlation of classes and predictions; 0 when one of them never varies",
    .higher, range: -1...1, best: 1, isSymmetric: true
  ) { classes, weights in
    let confusion = Confusion(classes, weights: weights)
    let total = confusion.total
    var chance = 0.0
    var actual = 0.0
    var predicted = 0.0
    for label in confusion.labels.indices {
      let a = confusion.actual(label)
      let p = confusion.predicted(label)
      chance += a * p
      actual += a * a
      predicted += p * p
    }
    let size = ((total * total - predicted) * (total * total - actual)).squareRoot()
    guard size > 0 else { return .value(0) }
    return .value(min(1, max(-1, (confusion.right * total - chance) / size)))
  }
}
