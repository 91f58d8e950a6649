import Columns

/// Reads a text or category column as bins: the number of the level, `none` for null and `other` for
/// a text that is no level.
struct LevelReader: Sendable {
  private let values: TextValues
  private let index: LevelIndex
  private let none: UInt8
  private let other: UInt8
  /// The bin of each piece of the heap, where rows share pieces.
  private let ofPiece: [UInt8]?

  /// Nil for columns of other types.
  init?(_ column: Column, index: LevelIndex, none: UInt8, other: UInt8) {
    guard case .text(let values) = column.asText, index.count <= 254 else { return nil }
    self.values = values
    self.index = index
    self.none = none
    self.other = other
    if case .codes = values.rows, values.heap.count <= min(1_000_000, 4 * values.count + 1024) {
      let heap = values.heap
      ofPiece = (0..<heap.count).map { piece in
        heap.withPiece(piece) { text in
          let level = index.find(text)
          return level < 0 ? other : UInt8(level)
        }
      }
    } else {
      ofPiece = nil
    }
  }

  func read(_ range: Range<Int>, to out: UnsafeMutablePointer<UInt8>) {
    for row in range { out[row - range.lowerBound] = bin(row) }
  }

  @inline(__always)
  func bin(_ row: Int) -> UInt8 {
    guard values.isValid(row) else { return none }
    let piece = values.piece(row)
    if let ofPiece { return ofPiece[piece] }
    let level = values.heap.withPiece(piece) { index.find($0) }
    return level < 0 ? other : UInt8(level)
  }
}

extension Column {
  /// A category column as text, anything else as it is.
  var asText: Column {
    if case .category(let values) = self { .text(values) } else { self }
  }
}

extension TextHeap {
  @inline(__always)
  func withPiece<Result>(
    _ piece: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    let range = offsets[piece]..<offsets[piece + 1]
    return try bytes.withUnsafeBufferPointer {
      try body(UnsafeBufferPointer(rebasing: $0[range]))
    }
  }
}

/// Which levels of a text column get a bin of their own: the most frequent ones.
enum FrequentLevels {
  static func find(_ values: TextValues, most: Int, workers: Workers) throws -> (
    index: LevelIndex, isComplete: Bool
  ) {
    var all = LevelIndex()
    var counts: [Int] = []
    func add(_ piece: Int, _ rows: Int) {
      let level = values.heap.withPiece(piece) { all.insert($0) }
      if level == counts.count { counts.append(0) }
      counts[level] += rows
    }
    switch values.rows {
    case .codes(let codes):
      var rows = [Int](repeating: 0, count: values.heap.count)
      for (row, code) in codes.enumerated() {
        if row % morselSize == 0 { try workers.check() }
        if values.isValid(row) { rows[Int(code)] += 1 }
      }
      for piece in rows.indices where rows[piece] > 0 { add(piece, rows[piece]) }
    case .pieces(let start, let count):
      for row in 0..<count {
        if row % morselSize == 0 { try workers.check() }
        if values.isValid(row) { add(start + row, 1) }
      }
    }
    let order = mostFrequent(counts, all, most).sorted { a, b in
      counts[a] != counts[b]
        ? counts[a] > counts[b]
        : all.bytes[all.offsets[a]..<all.offsets[a + 1]].lexicographicallyPrecedes(
          all.bytes[all.offsets[b]..<all.offsets[b + 1]])
    }
    return (LevelIndex(order.map { all[$0] }), counts.count <= most)
  }

  /// The levels with the highest counts; of those that occur equally often, some that depend on
  /// their texts alone. There may be millions, so nothing is sorted by its text.
  private static func mostFrequent(_ counts: [Int], _ all: LevelIndex, _ most: Int) -> [Int] {
    guard counts.count > most else { return Array(counts.indices) }
    var keys = counts.map { UInt64($0) }
    OrderedKeys.sort(&keys)
    let limit = Int(keys[keys.count - most])
    let above = counts.indices.filter { counts[$0] > limit }
    let equal = counts.indices.filter { counts[$0] == limit }
    let hashes = equal.map { all.hash($0) }
    var order = hashes
    OrderedKeys.sort(&order)
    let last = order[most - above.count - 1]
    let chosen = equal.indices.filter { hashes[$0] <= last }.map { equal[$0] }
    return above + chosen.prefix(most - above.count)
  }
}
