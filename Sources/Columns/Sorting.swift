extension Table {
  /// The rows in the order of the keys, the first key most significant. Rows that are equal in all
  /// keys stay in their order.
  ///
  /// Null comes last unless its key says first, and NaN after all numbers, in both directions. Text
  /// is in the order of code points.
  package func sortedRows(by keys: [SortKey], workers: Workers) throws -> [Int32] {
    try Self.order(
      SortWord.words(keys, of: self, workers: workers), count: rowCount, workers: workers)
  }

  package func sorted(by keys: [SortKey], workers: Workers) throws -> Table {
    try taking(sortedRows(by: keys, workers: workers), workers: workers)
  }

  /// The first `n` of the sorted rows, without sorting the others.
  package func topRows(_ n: Int, by keys: [SortKey], workers: Workers) throws -> [Int32] {
    let words = try SortWord.words(keys, of: self, workers: workers)
    guard let first = words.first, n < rowCount / 8 else {
      return Array(try Self.order(words, count: rowCount, workers: workers).prefix(max(0, n)))
    }
    guard n > 0 else { return [] }
    let bound = try RankSelection.values(at: [n - 1], of: first.values, workers: workers)[0]
    let isCandidate = try workers.filled(rowCount, as: Bool.self) { range, out in
      for row in range { out[row] = first.values[row] <= bound }
    }
    let candidates = try Selection.rows(where: Values(isCandidate), workers: workers).rows
    let picked = words.map { word in
      SortWord(values: candidates.map { word.values[Int($0)] }, highest: word.highest)
    }
    let order = try Self.order(picked, count: candidates.count, workers: workers)
    return order.prefix(n).map { candidates[Int($0)] }
  }

  /// Positions in the order of words: by the last word first, since each sort keeps what is equal.
  private static func order(
    _ words: [SortWord], count: Int, workers: Workers
  ) throws -> [Int32] {
    guard let last = words.last else {
      return (0..<count).map { Int32(truncatingIfNeeded: $0) }
    }
    var order = try RadixSort.order(last.values, highest: last.highest, workers: workers)
    for word in words.dropLast().reversed() {
      let values = try workers.filled(count, as: UInt64.self) { [order] range, out in
        for row in range { out[row] = word.values[Int(order[row])] }
      }
      let next = try RadixSort.order(values, highest: word.highest, workers: workers)
      order = try workers.filled(count) { [order] range, out in
        for row in range { out[row] = order[Int(next[row])] }
      }
    }
    return order
  }
}
