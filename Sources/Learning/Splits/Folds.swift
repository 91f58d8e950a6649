import Columns

/// Cuts rows into folds for cross-validation, by the same ranks as `Partition`.
package enum Folds {
  /// The fold of each row, from 0. Rows of the same hash (or group) share a fold; with `strata` each
  /// stratum is dealt out evenly.
  package static func assign(
    hashes: [UInt64], folds: Int, seed: UInt64 = 0, strata: [Int32]? = nil, groups: [Int32]? = nil
  ) throws -> [Int32] {
    let units = SplitUnits(hashes: hashes, seed: seed, strata: strata, groups: groups)
    guard folds >= 2, units.all.count >= folds else {
      throw DataError(
        "too-few-rows",
        "\(folds) folds need at least \(max(2, folds)) \(groups == nil ? "distinct rows" : "groups"), and there are \(units.all.count)",
        help: "ask for fewer folds, at least 2")
    }
    var answer = [Int32](repeating: 0, count: hashes.count)
    let chosen = groups == nil ? dealt(units, folds: folds) : spread(units, folds: folds)
    for (unit, fold) in zip(units.all, chosen) {
      for row in unit.rows { answer[Int(row)] = Int32(fold) }
    }
    return answer
  }

  /// Units of each stratum in the order of rank, each to the fold that has least of the stratum, then
  /// least of all.
  private static func dealt(_ units: SplitUnits, folds: Int) -> [Int] {
    var answer = [Int](repeating: 0, count: units.all.count)
    var total = [Int](repeating: 0, count: folds)
    for stratum in units.strataRange {
      var own = [Int](repeating: 0, count: folds)
      for place in units.ranked(in: stratum) {
        let size = units.all[place].rows.count
        var best = 0
        for fold in 1..<folds where (own[fold], total[fold]) < (own[best], total[best]) {
          best = fold
        }
        own[best] += size
        total[best] += size
        answer[place] = best
      }
    }
    return answer
  }

  /// Groups from the largest down, each to the fold where the strata stay most even.
  private static func spread(_ units: SplitUnits, folds: Int) -> [Int] {
    let sizes = units.strataSizes.map { Double($0) }
    var filled = [[Double]](repeating: [Double](repeating: 0, count: sizes.count), count: folds)
    var used = [Int](repeating: 0, count: folds)
    var answer = [Int](repeating: 0, count: units.all.count)
    let order = units.all.indices.sorted {
      let (a, b) = (units.all[$0], units.all[$1])
      return (b.rows.count, a.rank) < (a.rows.count, b.rank)
    }
    for (turn, place) in order.enumerated() {
      let counts = units.counts(place)
      let left = order.count - turn
      let empty = used.count { $0 == 0 }
      var best = (cost: Double.infinity, fold: 0)
      for fold in 0..<folds where left > empty || used[fold] == 0 {
        // What the squares of the filled shares grow by.
        let cost = counts.reduce(0) { sum, part in
          let before = filled[fold][part.stratum]
          return sum + (2 * before + part.count) * part.count / max(1, sizes[part.stratum])
        }
        if cost < best.cost { best = (cost, fold) }
      }
      for (stratum, count) in counts { filled[best.fold][stratum] += count }
      used[best.fold] += 1
      answer[place] = best.fold
    }
    return answer
  }
}
