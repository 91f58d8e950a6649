/// Which pairs of rows a join keeps.
package enum JoinKind: String, Sendable, CaseIterable {
  /// Pairs with equal keys.
  case inner
  /// Those, and left rows without a partner.
  case left
  /// Those, and right rows without a partner, in the order of the right table.
  case right
  /// Those, and the rows of both sides without a partner.
  case full
  /// Left rows that have a partner, once each.
  case semi
  /// Left rows that have none.
  case anti
  /// Every pair; keys are not looked at.
  case cross
}

/// The rows of a join, and what became of both sides.
package struct JoinResult: Sendable, Equatable {
  /// -1 stands for a right row without a partner.
  package var leftRows: [Int32]
  /// -1 stands for a left row without a partner. Empty for `semi` and `anti`.
  package var rightRows: [Int32]
  package var matchedLeft: Int
  package var unmatchedLeft: Int
  package var unmatchedRight: Int
  /// The most partners that a left row has.
  package var maxMatchesPerLeft: Int
  /// True when two right rows have the same key, null apart.
  package var duplicatesRight: Bool
}

package enum Join {
  /// The rows of a join on pairs of key columns, in the order of the left rows and then of the right
  /// ones; unmatched right rows of a full join come last.
  ///
  /// Null equals nothing, not even null. An int equals the number of the same value, NaN equals NaN,
  /// and text equals a category of the same letters. Throws `type-mismatch` for other pairs of types,
  /// and `too-many-rows` when the result cannot be numbered with 31 bits.
  package static func rows(
    left: [Column], right: [Column], leftCount: Int, rightCount: Int, kind: JoinKind,
    workers: Workers
  ) throws -> JoinResult {
    if kind == .cross { return try cross(leftCount, rightCount, workers) }
    let keys = try JoinKeys(
      left, right, leftCount: leftCount, rightCount: rightCount, workers: workers)
    let index = try JoinIndex(keys, workers: workers)
    return try JoinProbe(index: index, leftCount: leftCount, rightCount: rightCount, workers)
      .result(kind)
  }

  /// The same where there is at least one pair of keys.
  package static func rows(
    left: [Column], right: [Column], kind: JoinKind, workers: Workers
  ) throws -> JoinResult {
    try rows(
      left: left, right: right, leftCount: left.first?.count ?? 0,
      rightCount: right.first?.count ?? 0, kind: kind, workers: workers)
  }

  private static func cross(_ left: Int, _ right: Int, _ workers: Workers) throws -> JoinResult {
    let count = try checkedCount(left, right)
    let leftRows = try workers.filled(count, as: Int32.self) { range, out in
      for row in range { out[row] = Int32(truncatingIfNeeded: row / right) }
    }
    let rightRows = try workers.filled(count, as: Int32.self) { range, out in
      for row in range { out[row] = Int32(truncatingIfNeeded: row % right) }
    }
    return JoinResult(
      leftRows: leftRows, rightRows: rightRows, matchedLeft: right > 0 ? left : 0,
      unmatchedLeft: right > 0 ? 0 : left, unmatchedRight: left > 0 ? 0 : right,
      maxMatchesPerLeft: left > 0 ? right : 0, duplicatesRight: right > 1)
  }

  private static func checkedCount(_ left: Int, _ right: Int) throws -> Int {
    let (count, isOut) = left.multipliedReportingOverflow(by: right)
    guard !isOut, count <= Int(Int32.max) else { throw tooManyRows }
    return count
  }

  static var tooManyRows: DataError {
    DataError(
      "too-many-rows", "the join would have more than 2,147,483,647 rows",
      help: "join on keys that are unique on the right, or aggregate it by them first")
  }
}

/// Finds the partners of the left rows.
private struct JoinProbe {
  let index: JoinIndex
  let leftCount: Int
  let rightCount: Int
  let workers: Workers

  init(index: JoinIndex, leftCount: Int, rightCount: Int, _ workers: Workers) {
    self.index = index
    self.leftCount = leftCount
    self.rightCount = rightCount
    self.workers = workers
  }

  /// What a morsel of left rows met.
  private struct Tally: Sendable {
    var matched = 0
    var pairs = 0
    var most = 0
  }

  func result(_ kind: JoinKind) throws -> JoinResult {
    let tallies = try workers.morsels(of: leftCount) { range in
      var tally = Tally()
      index.forEach(range) { _, partners in
        tally.matched &+= partners.isEmpty ? 0 : 1
        tally.pairs &+= partners.count
        tally.most = max(tally.most, partners.count)
      }
      return tally
    }
    let matched = tallies.reduce(0) { $0 + $1.matched }
    let isMatched = try matchedRight()
    let unmatchedRight = isMatched.lazy.filter { !$0 }.count
    var result = JoinResult(
      leftRows: [], rightRows: [], matchedLeft: matched, unmatchedLeft: leftCount - matched,
      unmatchedRight: unmatchedRight, maxMatchesPerLeft: tallies.reduce(0) { max($0, $1.most) },
      duplicatesRight: index.hasDuplicates)
    switch kind {
    case .semi: result.leftRows = try leftRows(tallies, matched: true)
    case .anti: result.leftRows = try leftRows(tallies, matched: false)
    case .inner: try setPairs(&result, tallies, keepsLeft: false)
    case .left: try setPairs(&result, tallies, keepsLeft: true)
    case .right:
      try setPairs(&result, tallies, keepsLeft: false)
      try reorder(&result, isMatched)
    case .full:
      try setPairs(&result, tallies, keepsLeft: true)
      guard result.leftRows.count + unmatchedRight <= Int(Int32.max) else {
        throw Join.tooManyRows
      }
      for row in 0..<rightCount where !isMatched[row] {
        result.rightRows.append(Int32(truncatingIfNeeded: row))
      }
      result.leftRows.append(contentsOf: repeatElement(-1, count: unmatchedRight))
    case .cross: preconditionFailure("a cross join has no keys")
    }
    return result
  }

  /// Which right rows have a partner.
  private func matchedRight() throws -> [Bool] {
    let pieces = Pieces(rows: leftCount, states: index.keyCount)
    let parts = try workers.map(pieces.count) { piece in
      [Bool](count: index.keyCount) { marks in
        marks.base.initialize(repeating: false, count: index.keyCount)
        index.forEachKey(pieces[piece]) { marks[$0] = true }
      }
    }
    var isMet = [Bool](repeating: false, count: index.keyCount)
    for part in parts {
      for key in isMet.indices where part[key] { isMet[key] = true }
    }
    var isMatched = [Bool](repeating: false, count: rightCount)
    for key in isMet.indices where isMet[key] {
      for row in index.partners(key) { isMatched[Int(row)] = true }
    }
    return isMatched
  }

  private func leftRows(_ tallies: [Tally], matched: Bool) throws -> [Int32] {
    let mask = try workers.filled(leftCount, as: Bool.self) { range, out in
      index.forEach(range) { row, partners in out[row] = partners.isEmpty != matched }
    }
    return try Selection.rows(where: Values(mask), workers: workers).rows
  }

  private func setPairs(_ result: inout JoinResult, _ tallies: [Tally], keepsLeft: Bool) throws {
    let counts = tallies.enumerated().map { piece, tally in
      let rows = min(leftCount, (piece + 1) * morselSize) - piece * morselSize
      return tally.pairs + (keepsLeft ? rows - tally.matched : 0)
    }
    let (starts, total) = runningTotals(counts)
    guard total <= Int(Int32.max) else { throw Join.tooManyRows }
    guard total > 0 else { return }
    var leftRows: [Int32] = []
    result.rightRows = try [Int32](unsafeUninitializedCapacity: total) { rights, rightsDone in
      guard let rightBase = rights.baseAddress else { return }
      let rightOut = Shared(rightBase)
      leftRows = try [Int32](unsafeUninitializedCapacity: total) { lefts, leftsDone in
        guard let leftBase = lefts.baseAddress else { return }
        let leftOut = Shared(leftBase)
        try workers.forEach(leftCount) { range in
          var at = starts[range.lowerBound / morselSize]
          index.forEach(range) { row, partners in
            if partners.isEmpty, keepsLeft {
              leftOut[at] = Int32(truncatingIfNeeded: row)
              rightOut[at] = -1
              at += 1
            }
            for partner in partners {
              leftOut[at] = Int32(truncatingIfNeeded: row)
              rightOut[at] = partner
              at += 1
            }
          }
        }
        leftsDone = total
      }
      rightsDone = total
    }
    result.leftRows = leftRows
  }

  /// Puts pairs in the order of their right rows, with those that have no partner among them.
  private func reorder(_ result: inout JoinResult, _ isMatched: [Bool]) throws {
    var counts = isMatched.map { $0 ? 0 : 1 }
    for row in result.rightRows { counts[Int(row)] += 1 }
    var (next, total) = runningTotals(counts)
    guard total <= Int(Int32.max) else { throw Join.tooManyRows }
    var leftRows = [Int32](repeating: -1, count: total)
    var rightRows = [Int32](repeating: -1, count: total)
    for row in 0..<rightCount where !isMatched[row] {
      rightRows[next[row]] = Int32(truncatingIfNeeded: row)
    }
    for (left, right) in zip(result.leftRows, result.rightRows) {
      leftRows[next[Int(right)]] = left
      rightRows[next[Int(right)]] = right
      next[Int(right)] += 1
    }
    result.leftRows = leftRows
    result.rightRows = rightRows
  }
}
