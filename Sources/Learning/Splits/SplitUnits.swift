import Columns

/// Rows that must stay together: those of one content, or of one group.
struct SplitUnits {
  struct Unit {
    var rows: [Int32]
    /// Decides the place among the others.
    var rank: UInt64
  }

  let all: [Unit]
  let areGroups: Bool
  /// Stratum of each row, from 0 in the order of first appearance; all 0 without strata.
  private let strata: [Int32]
  private let strataCount: Int
  /// Places of units by stratum (that of their first row) in the order of rank.
  private let places: [[Int]]

  init(hashes: [UInt64], seed: UInt64, strata: [Int32]?, groups: [Int32]?) {
    let salt = mixed(seed &+ 0x9E37_79B9_7F4A_7C15)
    areGroups = groups != nil
    (self.strata, strataCount) = Self.dense(strata, rows: hashes.count)
    var units: [Unit] = []
    if let groups {
      var known: [Int32: Int] = [:]
      for (row, group) in groups.enumerated() {
        let place = known[group, default: units.count]
        if place == units.count {
          known[group] = place
          units.append(Unit(rows: [], rank: 0))
        }
        units[place].rows.append(Int32(row))
        // A sum does not depend on the order of the rows.
        units[place].rank &+= mixed(hashes[row])
      }
    } else {
      var known: [UInt64: Int] = [:]
      known.reserveCapacity(hashes.count)
      for (row, hash) in hashes.enumerated() {
        let place = known[hash, default: units.count]
        if place == units.count {
          known[hash] = place
          units.append(Unit(rows: [], rank: hash))
        }
        units[place].rows.append(Int32(row))
      }
    }
    for place in units.indices { units[place].rank = mixed(units[place].rank ^ salt) }
    all = units
    var places = [[Int]](repeating: [], count: groups == nil ? strataCount : 1)
    let ranks = units.map(\.rank)
    let firsts = units.map { Int($0.rows[0]) }
    for place in units.indices.sorted(by: { (ranks[$0], $0) < (ranks[$1], $1) }) {
      places[groups == nil ? Int(self.strata[firsts[place]]) : 0].append(place)
    }
    self.places = places
  }

  private static func dense(_ strata: [Int32]?, rows: Int) -> ([Int32], Int) {
    guard let strata else { return ([Int32](repeating: 0, count: rows), 1) }
    // By value, so that the order of rows does not matter.
    let values = Set(strata).sorted()
    let known = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, Int32($0)) })
    return (strata.map { known[$0] ?? 0 }, max(1, values.count))
  }

  /// Rows by stratum; of all rows when groups come first.
  var strataSizes: [Int] {
    if areGroups && strataCount == 1 { return [strata.count] }
    var sizes = [Int](repeating: 0, count: strataCount)
    for stratum in strata { sizes[Int(stratum)] += 1 }
    return sizes
  }

  func ranked(in stratum: Int) -> [Int] { stratum < places.count ? places[stratum] : [] }
  var strataRange: Range<Int> { places.indices }

  /// Rows of a unit by stratum.
  func counts(_ place: Int) -> [(stratum: Int, count: Double)] {
    var counts: [Int: Double] = [:]
    for row in all[place].rows { counts[Int(strata[Int(row)]), default: 0] += 1 }
    return counts.map { ($0.key, $0.value) }.sorted { $0.stratum < $1.stratum }
  }
}
