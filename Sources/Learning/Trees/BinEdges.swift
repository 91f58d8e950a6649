/// Where a numeric feature is cut into bins: bin `b` holds values above `edges[b - 1]` and not above
/// `edges[b]`; the last edge is infinite.
enum BinEdges {
  /// Cuts of about equal counts. A value that fills a bin by itself gets one, and where there are
  /// few distinct values each has its own, as long as a bin has `least` rows of the sample.
  static func find(sorted keys: [UInt64], bins: Int, least: Int = 3) -> [Double] {
    var values: [Double] = []
    var counts: [Int] = []
    var last: UInt64?
    for key in keys {
      if key == last {
        counts[counts.count - 1] += 1
      } else {
        values.append(OrderedKeys.value(key))
        counts.append(1)
        last = key
      }
    }
    guard values.count > 1 else { return values.isEmpty ? [] : [.infinity] }
    let cuts =
      values.count <= bins
      ? eachValue(counts, least: least) : equalCounts(counts, bins: bins, least: least)
    var edges = cuts.map { between(values[$0], values[$0 + 1]) }
    edges.append(.infinity)
    return edges
  }

  /// A threshold `t` with `low <= t < high`.
  private static func between(_ low: Double, _ high: Double) -> Double {
    let middle = low / 2 + high / 2
    return low <= middle && middle < high ? middle : low
  }

  /// The positions after which a bin ends; the last bin is not among them.
  private static func eachValue(_ counts: [Int], least: Int) -> [Int] {
    var cuts: [Int] = []
    var rows = 0
    var rest = counts.reduce(0, +)
    for position in 0..<counts.count - 1 {
      rows += counts[position]
      rest -= counts[position]
      if rows >= least && rest >= least {
        cuts.append(position)
        rows = 0
      }
    }
    return cuts
  }

  private static func equalCounts(_ counts: [Int], bins: Int, least: Int) -> [Int] {
    let total = counts.reduce(0, +)
    let bins = max(1, min(bins, total / least))
    // Values with at least an even share stand alone; the others share what is left.
    let share = Double(total) / Double(bins)
    let isBig = counts.map { Double($0) >= share }
    var restRows = 0
    var restBins = bins
    for position in counts.indices {
      if isBig[position] { restBins -= 1 } else { restRows += counts[position] }
    }
    var cuts: [Int] = []
    var rows = 0
    var aim = Double(restRows) / Double(max(1, restBins))
    for position in 0..<counts.count - 1 {
      if !isBig[position] { restRows -= counts[position] }
      rows += counts[position]
      let isFull =
        isBig[position] || Double(rows) >= aim
        || (isBig[position + 1] && Double(rows) >= max(1, aim / 2))
      guard isFull else { continue }
      cuts.append(position)
      if cuts.count >= bins - 1 { break }
      rows = 0
      if !isBig[position] {
        restBins -= 1
        aim = Double(restRows) / Double(max(1, restBins))
      }
    }
    return cuts
  }
}
