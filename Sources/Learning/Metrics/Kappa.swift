extension Metric {
  /// Agreement beyond chance (Cohen 1960).
  static let kappa = Metric(
    "kappa", "Cohen's kappa: agreement beyond what chance would give", .higher, range: -1...1,
    best: 1, isSymmetric: true
  ) { classes, weights in
    let confusion = Confusion(classes, weights: weights)
    let total = confusion.total
    var chance = 0.0
    for label in confusion.labels.indices {
      chance += confusion.actual(label) / total * (confusion.predicted(label) / total)
    }
    guard chance < 1 else { return .undefined("only one class occurs and is predicted") }
    return .value((confusion.right / total - chance) / (1 - chance))
  }
}
