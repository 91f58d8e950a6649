import Columns

/// Which part of the data a row belongs to.
package enum Part: String, Sendable, Hashable, Codable, CaseIterable {
  case train
  case valid
  case test
  /// Left out between parts that follow each other in time.
  case gap
}

/// Cuts rows into training, validation and test parts.
///
/// Rows are ranked by a hash of their content and the seed, so neither their order nor how they are
/// stored matters, and rows of the same hash stay together.
package enum Partition {
  /// `test` and `valid` are shares of the rows. With `strata` each stratum is cut in the same shares,
  /// with `groups` rows of a group stay together, with `order` (a rank a row) the last rows are test
  /// rows, those before them validation rows, and `gap` rows are left out before each.
  package static func assign(
    hashes: [UInt64], test: Double, valid: Double = 0, seed: UInt64 = 0, strata: [Int32]? = nil,
    groups: [Int32]? = nil, order: [Int32]? = nil, gap: Int = 0
  ) throws -> [Part] {
    guard test >= 0, valid >= 0, test + valid < 1 else {
      throw DataError(
        "split-shares",
        "test and valid should be shares that leave rows for training, and they are \(short(test)) and \(short(valid))",
        help: "split test: 20%, valid: 10%")
    }
    let rows = hashes.count
    guard rows > 0 else { return [] }
    if let order {
      if strata != nil || groups != nil {
        throw DataError(
          "split-options", "order: cannot be combined with stratify: or group:",
          help: "leave out one of them")
      }
      return try ordered(order, test: test, valid: valid, gap: gap)
    }
    let units = SplitUnits(hashes: hashes, seed: seed, strata: strata, groups: groups)
    let quotas = [(Part.test, test), (Part.valid, valid)].filter { $0.1 > 0 }
    let parts: [Part]
    if groups != nil, strata != nil {
      parts = spread(units, quotas: quotas)
    } else {
      parts = filled(units, quotas: quotas)
    }
    var answer = [Part](repeating: .train, count: rows)
    for (unit, part) in zip(units.all, parts) {
      for row in unit.rows { answer[Int(row)] = part }
    }
    try refuseEmpty(answer, asked: [.train] + quotas.map(\.0), groups: groups != nil)
    return answer
  }

  private static func refuseEmpty(_ parts: [Part], asked: [Part], groups: Bool) throws {
    for part in asked where !parts.contains(part) {
      throw DataError(
        "split-empty",
        "there are too few \(groups ? "groups" : "distinct rows") for a \(part.rawValue) part: it would be empty",
        help: "ask for a larger share, or for fewer parts")
    }
  }

  // MARK: By rank

  /// Fills each part within each stratum with the units of lowest rank that fit.
  private static func filled(_ units: SplitUnits, quotas: [(Part, Double)]) -> [Part] {
    var parts = [Part](repeating: .train, count: units.all.count)
    let sizes = units.strataSizes
    let total = sizes.reduce(0, +)
    for (part, share) in quotas {
      let goal = Int((share * Double(total)).rounded())
      let goals = largestRemainder(sizes.map { share * Double($0) }, total: goal)
      for (stratum, goal) in goals.enumerated() {
        var left = goal
        for place in units.ranked(in: stratum) where parts[place] == .train && left > 0 {
          let size = units.all[place].rows.count
          // A group may overshoot where that comes closer than stopping short.
          if size <= left || (units.areGroups && size - left < left) {
            parts[place] = part
            left -= size
          }
        }
      }
    }
    return parts
  }

  /// Whole numbers with the given sum, next to the given ones.
  static func largestRemainder(_ shares: [Double], total: Int) -> [Int] {
    var answer = shares.map { Int($0.rounded(.down)) }
    let order = shares.indices.sorted {
      let a = shares[$0] - Double(answer[$0])
      let b = shares[$1] - Double(answer[$1])
      return a == b ? $0 < $1 : a > b
    }
    var left = total - answer.reduce(0, +)
    for place in order where left > 0 {
      answer[place] += 1
      left -= 1
    }
    return answer
  }

  /// Groups from the largest down, each to the part where it brings all strata closest to their shares.
  private static func spread(_ units: SplitUnits, quotas: [(Part, Double)]) -> [Part] {
    let sizes = units.strataSizes.map { Double($0) }
    let all = quotas + [(Part.train, 1 - quotas.reduce(0) { $0 + $1.1 })]
    var filled = [[Double]](
      repeating: [Double](repeating: 0, count: sizes.count), count: all.count)
    var parts = [Part](repeating: .train, count: units.all.count)
    let order = units.all.indices.sorted {
      let (a, b) = (units.all[$0], units.all[$1])
      return (b.rows.count, a.rank) < (a.rows.count, b.rank)
    }
    for place in order {
      let counts = units.counts(place)
      var best = (cost: Double.infinity, part: 0)
      for (number, (_, share)) in all.enumerated() {
        var cost = 0.0
        for (stratum, count) in counts {
          let before = filled[number][stratum] - share * sizes[stratum]
          let after = before + count
          cost += (after * after - before * before) / (share * sizes[stratum])
        }
        if cost < best.cost { best = (cost, number) }
      }
      for (stratum, count) in counts { filled[best.part][stratum] += count }
      parts[place] = all[best.part].0
    }
    return parts
  }

  // MARK: By order

  private static func ordered(
    _ order: [Int32], test: Double, valid: Double, gap: Int
  ) throws -> [Part] {
    let rows = order.count
    let sorted = order.indices.sorted { (order[$0], $0) < (order[$1], $1) }
    // Rows of equal rank are not told apart: a boundary moves to the nearer end of them.
    func boundary(_ wanted: Int) -> Int {
      guard wanted > 0, wanted < rows else { return wanted }
      let rank = order[sorted[wanted]]
      let first = sorted.partitioningIndex { order[$0] >= rank }
      let end = sorted.partitioningIndex { order[$0] > rank }
      if first == wanted { return wanted }
      return wanted - first <= end - wanted && first > 0 || end == rows ? first : end
    }
    let testRows = Int((test * Double(rows)).rounded())
    let validRows = Int((valid * Double(rows)).rounded())
    let testStart = boundary(rows - testRows)
    let validStart = boundary(max(0, testStart - validRows))
    var parts = [Part](repeating: .train, count: rows)
    for place in validStart..<testStart { parts[sorted[place]] = .valid }
    for place in testStart..<rows { parts[sorted[place]] = .test }
    if gap > 0 {
      if test > 0 {
        for place in max(0, testStart - gap)..<testStart { parts[sorted[place]] = .gap }
      }
      if valid > 0 {
        for place in max(0, validStart - gap)..<validStart { parts[sorted[place]] = .gap }
      }
    }
    let asked: [Part] = [.train] + (test > 0 ? [.test] : []) + (valid > 0 ? [.valid] : [])
    try refuseEmpty(parts, asked: asked, groups: false)
    return parts
  }

  // MARK: Strata

  /// Numbers as strata: which quarter each is in (by quantiles of type 7); nulls are one of their own.
  package static func strata(of values: [Double?], bins: Int = 4) -> [Int32] {
    let sorted = values.compactMap { $0 }.filter { !$0.isNaN }.sorted()
    guard !sorted.isEmpty else { return [Int32](repeating: 0, count: values.count) }
    let edges = (1..<max(2, bins)).map {
      Order.quantile(Double($0) / Double(max(2, bins)), ofSorted: sorted)
    }
    return values.map { value in
      guard let value, !value.isNaN else { return Int32(bins) }
      return Int32(edges.count { $0 < value })
    }
  }
}

extension Array {
  /// The first place where the condition holds, given that it holds for all after it.
  fileprivate func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
