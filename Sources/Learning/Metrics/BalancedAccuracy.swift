extension Metric {
  /// The plain mean of the recalls of the classes that occur.
  static let balancedAccuracy = Metric(
    "balanced_accuracy", "mean of the recalls of the classes that occur", .higher, range: 0...1,
    best: 1
  ) { classes, weights in
    let confusion = Confusion(classes, weights: weights)
    let occurring = confusion.labels.indices.filter { confusion.actual($0) > 0 }
    let sum = occurring.reduce(0) { $0 + confusion.right($1) / confusion.actual($1) }
    return .value(sum / Double(occurring.count))
  }
}
