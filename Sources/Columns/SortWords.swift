/// What rows are ordered by.
package struct SortKey: Sendable {
  package enum Source: Sendable {
    /// A column of the table, by its 0-based number.
    case position(Int)
    /// Values of its own, one a row.
    case column(Column)
  }
  package var source: Source
  package var descending: Bool
  package var nullsFirst: Bool

  package init(_ position: Int, descending: Bool = false, nullsFirst: Bool = false) {
    source = .position(position)
    self.descending = descending
    self.nullsFirst = nullsFirst
  }

  package init(_ column: Column, descending: Bool = false, nullsFirst: Bool = false) {
    source = .column(column)
    self.descending = descending
    self.nullsFirst = nullsFirst
  }
}

/// Unsigned numbers, one a row, whose order is the order of rows.
struct SortWord: Sendable {
  var values: [UInt64]
  /// No value is greater.
  var highest: UInt64

  var bits: Int { 64 - highest.leadingZeroBitCount }

  /// The words of some keys, the most significant first; several keys share a word where they fit.
  static func words(_ keys: [SortKey], of table: Table, workers: Workers) throws -> [SortWord] {
    var words: [SortWord] = []
    for key in keys {
      let column: Column
      switch key.source {
      case .position(let position): column = table.columns[position]
      case .column(let own): column = own
      }
      precondition(column.count == table.rowCount, "keys have a value for each row")
      for part in try parts(column, key, workers) {
        guard let last = words.last, last.bits + part.bits <= 64 else {
          words.append(part)
          continue
        }
        words[words.count - 1] = try last.followed(by: part, workers)
      }
    }
    return words
  }

  private func followed(by part: SortWord, _ workers: Workers) throws -> SortWord {
    let shift = UInt64(part.bits)
    let first = values
    let joined = try workers.filled(values.count, as: UInt64.self) { range, out in
      for row in range { out[row] = first[row] << shift | part.values[row] }
    }
    return SortWord(values: joined, highest: highest << shift | part.highest)
  }

  /// One word a key; two when nulls and values do not fit into one.
  private static func parts(
    _ column: Column, _ key: SortKey, _ workers: Workers
  ) throws -> [SortWord] {
    switch column {
    case .bool(let values): return try parts(values, key, workers) { OrderedBits.of($0) }
    case .int(let values), .time(let values), .duration(let values):
      return try parts(values, key, workers) { OrderedBits.of($0) }
    case .date(let values): return try parts(values, key, workers) { OrderedBits.of($0) }
    case .number(let values):
      guard key.descending else {
        return try parts(values, key, workers) { OrderedBits.of($0) }
      }
      // NaN comes after all numbers in both directions.
      var ascending = key
      ascending.descending = false
      return try parts(values, ascending, workers) {
        $0.isNaN ? OrderedBits.notANumber : ~OrderedBits.of($0)
      }
    case .text(let values), .category(let values):
      let ranks = try Values(textRanks(values, workers)[...], valid: values.valid)
      return try parts(ranks, key, workers) { UInt64($0) }
    case .vector:
      throw DataError(
        "not-ordered", "rows are sorted by numbers, text, dates or bools, and this is a vector")
    }
  }

  /// The place of each row's text in the order of the different ones.
  static func textRanks(_ values: TextValues, _ workers: Workers) throws -> [UInt32] {
    switch values.rows {
    case .pieces(let start, let count):
      return try TextRanks.ranks(values.heap, start..<start + count, workers: workers).ranks
    case .codes(let codes) where values.heap.count <= 2 * codes.count + 1_024:
      let ranks = try TextRanks.ranks(values.heap, 0..<values.heap.count, workers: workers).ranks
      return try workers.filled(codes.count) { range, out in
        codes.withUnsafeBufferPointer { codes in
          for row in range { out[row] = ranks[Int(codes[row])] }
        }
      }
    case .codes(let codes):
      // Few of many pieces: rank only those that there are.
      let used = try Grouping.of(
        [.text(TextValues(heap: values.heap, rows: values.rows))],
        count: codes.count, workers: workers)
      let pieces = used.firstRows.map { values.piece(Int($0)) }
      var bytes: [UInt8] = []
      var offsets = [0]
      for piece in pieces {
        bytes += values.heap.bytes[values.heap.offsets[piece]..<values.heap.offsets[piece + 1]]
        offsets.append(bytes.count)
      }
      let heap = TextHeap(bytes: bytes, offsets: offsets, isDistinct: true)
      let ranks = try TextRanks.ranks(heap, 0..<heap.count, workers: workers).ranks
      return used.groups.map { ranks[Int($0)] }
    }
  }

  @inline(__always)
  private static func parts<Element: BitwiseCopyable & Sendable>(
    _ values: Values<Element>, _ key: SortKey, _ workers: Workers,
    _ bits: @escaping @Sendable (Element) -> UInt64
  ) throws -> [SortWord] {
    let bounds = try workers.morsels(of: values.count) { range in
      values.elements.withUnsafeBufferPointer { elements in
        withFlags(values.valid) { valid in
          var bounds = Bounds()
          for row in range where valid?[row] ?? true { bounds.include(bits(elements[row])) }
          return bounds
        }
      }
    }.reduce(into: Bounds()) { $0.join($1) }
    let (lower, upper) = bounds.lower > bounds.upper ? (0, 0) : (bounds.lower, bounds.upper)
    let span = upper - lower
    let isReversed = key.descending
    guard let valid = values.valid else {
      let words = try workers.filled(values.count, as: UInt64.self) { range, out in
        values.elements.withUnsafeBufferPointer { elements in
          for row in range {
            let value = bits(elements[row])
            out[row] = isReversed ? upper &- value : value &- lower
          }
        }
      }
      return [SortWord(values: words, highest: span)]
    }
    let isWide = span == .max
    let step: UInt64 = key.nullsFirst && !isWide ? 1 : 0
    let null: UInt64 = key.nullsFirst || isWide ? 0 : span + 1
    let words = try workers.filled(values.count, as: UInt64.self) { range, out in
      values.elements.withUnsafeBufferPointer { elements in
        withFlags(valid) { valid in
          for row in range {
            let value = bits(elements[row])
            let word = isReversed ? upper &- value : value &- lower
            out[row] = valid?[row] ?? true ? word &+ step : null
          }
        }
      }
    }
    guard isWide else { return [SortWord(values: words, highest: span + 1)] }
    let first: UInt64 = key.nullsFirst ? 0 : 1
    let flags = valid.map { $0 ? 1 - first : first }
    return [SortWord(values: flags, highest: 1), SortWord(values: words, highest: span)]
  }

  private struct Bounds: Sendable {
    var lower = UInt64.max
    var upper = UInt64.min

    @inline(__always)
    mutating func include(_ value: UInt64) {
      lower = value < lower ? value : lower
      upper = value > upper ? value : upper
    }

    mutating func join(_ other: Bounds) {
      lower = min(lower, other.lower)
      upper = max(upper, other.upper)
    }
  }
}
