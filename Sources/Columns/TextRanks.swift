/// The order of pieces of text by their bytes, which is that of code points.
enum TextRanks {
  /// For each piece of a heap's range its place in the order of the different pieces, and how many
  /// different ones there are.
  static func ranks(
    _ heap: TextHeap, _ range: Range<Int>, workers: Workers
  ) throws -> (ranks: [UInt32], count: Int) {
    let order = try order(heap, range, workers: workers)
    var count = 0
    let ranks = [UInt32](count: range.count) { ranks in
      heap.withView { view in
        var previous = -1
        for piece in order {
          let piece = Int(piece)
          if previous >= 0, !view.isEqual(previous, piece) { count += 1 }
          ranks[piece - range.lowerBound] = UInt32(truncatingIfNeeded: count)
          previous = piece
        }
      }
    }
    return (ranks, range.isEmpty ? 0 : count + 1)
  }

  /// The pieces in ascending order.
  static func order(_ heap: TextHeap, _ range: Range<Int>, workers: Workers) throws -> [Int32] {
    var order = range.map { Int32(truncatingIfNeeded: $0) }
    try sort(&order, heap, 0..<order.count, from: 0, workers: workers)
    return order
  }

  /// Sorts some of the pieces, which are equal in their first `depth` bytes.
  private static func sort(
    _ order: inout [Int32], _ heap: TextHeap, _ span: Range<Int>, from depth: Int,
    workers: Workers
  ) throws {
    var pending = [(span: span, depth: depth)]
    while let (span, depth) = pending.popLast() {
      try workers.check()
      if span.count <= 64 {
        compareSort(&order, heap, span)
        continue
      }
      let part = Array(order[span])
      let words = try words(part, heap, depth, workers)
      let sorted = try RadixSort.order(words, highest: words.max() ?? 0, workers: workers)
      for (at, position) in zip(span, sorted) { order[at] = part[Int(position)] }
      var start = 0
      while start < sorted.count {
        let word = words[Int(sorted[start])]
        var end = start + 1
        while end < sorted.count, words[Int(sorted[end])] == word { end += 1 }
        let run = span.lowerBound + start..<span.lowerBound + end
        if run.count > 1 {
          if isBeyondEnd(order, heap, run, depth + 8) {
            compareSort(&order, heap, run)
          } else {
            pending.append((run, depth + 8))
          }
        }
        start = end
      }
    }
  }

  /// Eight bytes of each piece, the first one most significant, zeros after the end.
  private static func words(
    _ pieces: [Int32], _ heap: TextHeap, _ depth: Int, _ workers: Workers
  ) throws -> [UInt64] {
    try workers.filled(pieces.count) { range, out in
      heap.withView { view in
        for row in range {
          let piece = Int(pieces[row])
          let length = view.count(piece) - depth
          let start = UnsafeRawPointer(view.start(piece) + depth)
          if length >= 8 {
            out[row] = UInt64(bigEndian: start.loadUnaligned(as: UInt64.self))
          } else {
            var word: UInt64 = 0
            for place in 0..<max(0, length) {
              word |=
                UInt64(start.load(fromByteOffset: place, as: UInt8.self))
                << UInt64(56 - 8 * place)
            }
            out[row] = word
          }
        }
      }
    }
  }

  /// Whether no piece goes on after a depth, so that only lengths can differ.
  private static func isBeyondEnd(
    _ order: [Int32], _ heap: TextHeap, _ run: Range<Int>, _ depth: Int
  ) -> Bool {
    heap.withView { view in run.allSatisfy { view.count(Int(order[$0])) <= depth } }
  }

  private static func compareSort(_ order: inout [Int32], _ heap: TextHeap, _ run: Range<Int>) {
    heap.withView { view in
      order.withUnsafeMutableBufferPointer { order in
        var part = UnsafeMutableBufferPointer(rebasing: order[run])
        part.sort { a, b in
          let compared = view.compare(Int(a), Int(b))
          return compared < 0 || compared == 0 && a < b
        }
      }
    }
  }
}
