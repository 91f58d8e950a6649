/// Sums over plain numbers in four interleaved lanes: as fast as memory, and in an order that depends
/// on nothing but their count.
enum Sums {
  /// The mean, by way of the first value as a guess, so that large values of one size lose no digits.
  static func mean(_ values: UnsafeBufferPointer<Double>, weights: [Double]?) -> Double {
    guard let first = values.first else { return .nan }
    var sum = 0.0
    var total = 0.0
    if let weights {
      for row in values.indices {
        sum += weights[row] * (values[row] - first)
        total += weights[row]
      }
    } else {
      var lanes = SIMD4<Double>.zero
      let shift = SIMD4(repeating: first)
      let whole = values.count / 4 * 4
      for row in stride(from: 0, to: whole, by: 4) { lanes += four(values, row) - shift }
      sum = lanes.sum()
      for row in whole..<values.count { sum += values[row] - first }
      total = Double(values.count)
    }
    let mean = first + sum / total
    if mean.isFinite { return mean }
    // Differences beyond the range of doubles: divide first.
    return values.indices.reduce(0) { $0 + values[$1] * ((weights?[$1] ?? 1) / total) }
  }

  /// The weighted mean of the squared distances from a point.
  static func variance(
    _ values: UnsafeBufferPointer<Double>, about mean: Double, weights: [Double]?
  ) -> Double {
    var sum = 0.0
    if let weights {
      var total = 0.0
      for row in values.indices {
        sum += weights[row] * (values[row] - mean) * (values[row] - mean)
        total += weights[row]
      }
      return sum / total
    }
    var lanes = SIMD4<Double>.zero
    let shift = SIMD4(repeating: mean)
    let whole = values.count / 4 * 4
    for row in stride(from: 0, to: whole, by: 4) {
      let distance = four(values, row) - shift
      lanes += distance * distance
    }
    sum = lanes.sum()
    for row in whole..<values.count { sum += (values[row] - mean) * (values[row] - mean) }
    return sum / Double(values.count)
  }

  private static func four(_ values: UnsafeBufferPointer<Double>, _ row: Int) -> SIMD4<Double> {
    SIMD4(values[row], values[row + 1], values[row + 2], values[row + 3])
  }
}

func weightedMean(_ values: [Double], weights: [Double]?) -> Double {
  values.withUnsafeBufferPointer { Sums.mean($0, weights: weights) }
}
