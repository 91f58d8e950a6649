extension Judgement.Numbers {
  /// The weighted mean of an error over the rows.
  func mean(_ weights: [Double]?, of error: (Double, Double) -> Double) -> Double {
    var sum = 0.0
    var total = 0.0
    for row in actual.indices {
      let weight = weights?[row] ?? 1
      guard weight > 0 else { continue }
      sum += weight * error(actual[row], predicted[row])
      total += weight
    }
    return sum / total
  }
}
