import Glibc

/// Order statistics of plain numbers.
enum Order {
  /// Linear interpolation between the closest ranks (type 7, as numpy, R and pandas do).
  static func quantile(_ share: Double, ofSorted values: [Double]) -> Double {
    assert(!values.isEmpty)
    let place = share * Double(values.count - 1)
    let below = Int(floor(place))
    guard below + 1 < values.count else { return values[values.count - 1] }
    let part = place - Double(below)
    // Equal neighbours answer themselves, also infinite ones.
    if part == 0 || values[below] == values[below + 1] { return values[below] }
    return values[below] + part * (values[below + 1] - values[below])
  }

  /// The mean of the two middle values when the weight can be halved between them.
  static func weightedMedian(_ values: [Double], weights: [Double]?) -> Double {
    guard let weights else { return quantile(0.5, ofSorted: values.sorted()) }
    let order = values.indices.filter { weights[$0] > 0 }.sorted { values[$0] < values[$1] }
    let half = order.reduce(0) { $0 + weights[$1] } / 2
    var sum = 0.0
    for (place, at) in order.enumerated() {
      sum += weights[at]
      if sum > half || place + 1 == order.count { return values[at] }
      if sum == half { return (values[at] + values[order[place + 1]]) / 2 }
    }
    return .nan
  }
}
