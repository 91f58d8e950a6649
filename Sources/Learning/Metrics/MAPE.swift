extension Metric {
  /// Mean of the absolute errors as shares of the actual values.
  static let mape = Metric(
    "mape", "mean of |error| / |actual| as a share of 1; none when an actual value is 0", .lower,
    range: 0...Double.infinity, best: 0
  ) { numbers, weights in
    let zeros = numbers.actual.indices.count { numbers.actual[$0] == 0 && weights?[$0] != 0 }
    if zeros > 0 {
      return .undefined("\(zeros) actual \(zeros == 1 ? "value is" : "values are") 0")
    }
    return .value(numbers.mean(weights) { abs($0 - $1) / abs($0) })
  }
}
