import Columns
import Glibc

/// The rows of each leaf, one leaf after the other in one array, each in ascending order.
final class RowPartition: Sendable {
  let rows: Storage<Int32>
  private let scratch: Storage<Int32>
  private let team: WorkerTeam
  /// Rows that are worth another piece of work.
  private static let piece = 8192

  init(capacity: Int, team: WorkerTeam) {
    rows = Storage(repeating: 0, count: capacity)
    scratch = Storage(repeating: 0, count: capacity)
    self.team = team
  }

  /// Puts the rows of `range` that go left first, in their order, and the others after them.
  /// `left` rows go left.
  func split(_ range: Range<Int>, left: Int, bins: UnsafePointer<UInt8>, table: [UInt8]) throws {
    let pieces = min(team.size * 2, range.count / Self.piece)
    if pieces < 2 {
      _ = part(range, bins, table)
      let rows = rows.base + range.lowerBound + left
      rows.update(from: scratch.base + range.lowerBound, count: range.count - left)
      return
    }
    nonisolated(unsafe) let bins = bins
    let cuts = (0...pieces).map { range.lowerBound + $0 * range.count / pieces }
    let lefts = try team.map(pieces) { number in
      self.part(cuts[number]..<cuts[number + 1], bins, table)
    }
    // Left rows move down over places that hold nothing any more, so in order; right rows lie in
    // the scratch array and can be put in place by several threads.
    var to = range.lowerBound
    for number in 0..<pieces {
      if to != cuts[number] {
        memmove(
          rows.base + to, rows.base + cuts[number],
          lefts[number] * MemoryLayout<Int32>.stride)
      }
      to += lefts[number]
    }
    var starts = [to]
    for number in 0..<pieces {
      starts.append(starts[number] + cuts[number + 1] - cuts[number] - lefts[number])
    }
    let places = starts
    try team.run(pieces) { number in
      (self.rows.base + places[number]).update(
        from: self.scratch.base + cuts[number], count: places[number + 1] - places[number])
    }
  }

  /// Left rows to the front of the range, right rows to the same range of the scratch array.
  private func part(_ range: Range<Int>, _ bins: UnsafePointer<UInt8>, _ table: [UInt8]) -> Int {
    let rows = rows.base + range.lowerBound
    let others = scratch.base + range.lowerBound
    return table.withUnsafeBufferPointer { table in
      var left = 0
      for at in 0..<range.count {
        let row = rows[at]
        let goesLeft = Int(table[Int(bins[Int(row)])])
        rows[left] = row
        others[at &- left] = row
        left &+= goesLeft
      }
      return left
    }
  }
}
