/// Counts of values in equal parts of their range.
package enum Histogram {
  /// How many finite values lie in each of `bins` equal parts from the least to the greatest finite
  /// one, which belongs to the last part; a single value is in the first. Empty without such values.
  package static func counts(
    _ column: Column, bins: Int, workers: Workers
  ) throws -> [Int] {
    try counts(column, bins: bins, known: (.null, .null), workers: workers)
  }

  /// The same with the least and the greatest value at hand, which serve if they are finite.
  static func counts(
    _ column: Column, bins: Int, known: (Value, Value), workers: Workers
  ) throws -> [Int] {
    var bounds: Bounds?
    if case .number(let lower) = known.0, case .number(let upper) = known.1, lower.isFinite,
      upper.isFinite
    {
      bounds = Bounds(lower: lower, upper: upper)
    }
    switch column {
    case .bool(let values): return try counts(values, bins, bounds, workers) { $0 ? 1 : 0 }
    case .int(let values), .time(let values), .duration(let values):
      return try counts(values, bins, bounds, workers) { Double($0) }
    case .date(let values): return try counts(values, bins, bounds, workers) { Double($0) }
    case .number(let values): return try counts(values, bins, bounds, workers) { $0 }
    case .text, .category, .vector: return []
    }
  }

  private struct Bounds: Sendable {
    var lower = Double.infinity
    var upper = -Double.infinity
  }

  /// Where a value lies among equal parts of a range.
  struct Bins: Sendable {
    private let count: Double
    private let lower: Double
    private let width: Double
    /// Parts for each unit of width; 0 where that is no normal number.
    private let scale: Double
    /// A half where the difference of the two ends is not finite, else 1.
    private let unit: Double

    init(_ count: Int, _ lower: Double, _ upper: Double) {
      unit = (upper - lower).isFinite ? 1 : 0.5
      self.count = Double(count)
      self.lower = lower * unit
      width = upper > lower ? upper * unit - lower * unit : 1
      let scale = Double(count) / width
      self.scale = scale.isNormal ? scale : 0
    }

    /// - Precondition: the value lies in the range.
    @inline(__always)
    func callAsFunction(_ value: Double) -> Int {
      let distance = value * unit - lower
      let place = scale > 0 ? distance * scale : distance / width * count
      return Int(place < count ? place : count - 1)
    }
  }

  @inline(__always)
  private static func counts<Element: BitwiseCopyable & Sendable>(
    _ values: Values<Element>, _ bins: Int, _ known: Bounds?, _ workers: Workers,
    _ convert: @escaping @Sendable (Element) -> Double
  ) throws -> [Int] {
    let bounds = try known ?? Self.bounds(values, workers, convert)
    guard bounds.lower.isFinite, bounds.upper.isFinite else { return [] }
    let bin = Bins(bins, bounds.lower, bounds.upper)
    let counts = try workers.morsels(of: values.count) { range in
      var counts = [Int](repeating: 0, count: bins)
      counts.withUnsafeMutableBufferPointer { counts in
        GroupSums.forEach(values, nil, range) { value, _ in
          let value = convert(value)
          guard value.isFinite else { return }
          counts[bin(value)] &+= 1
        }
      }
      return counts
    }
    return counts.reduce(into: [Int](repeating: 0, count: bins)) { sums, part in
      for bin in sums.indices { sums[bin] += part[bin] }
    }
  }

  @inline(__always)
  private static func bounds<Element: BitwiseCopyable & Sendable>(
    _ values: Values<Element>, _ workers: Workers,
    _ convert: @escaping @Sendable (Element) -> Double
  ) throws -> Bounds {
    let parts = try workers.morsels(of: values.count) { range in
      var bounds = Bounds()
      GroupSums.forEach(values, nil, range) { value, _ in
        let value = convert(value)
        // Comparisons with NaN are false.
        if value < bounds.lower, value > -.infinity { bounds.lower = value }
        if value > bounds.upper, value < .infinity { bounds.upper = value }
      }
      return bounds
    }
    return parts.reduce(into: Bounds()) { bounds, part in
      bounds.lower = min(bounds.lower, part.lower)
      bounds.upper = max(bounds.upper, part.upper)
    }
  }
}
