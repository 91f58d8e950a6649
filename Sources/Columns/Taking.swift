/// Rows to take, in order; -1 stands for a row of nulls.
struct Picks: Sendable {
  let rows: [Int32]
  let hasMissing: Bool

  /// - Precondition: each row is -1 or below `count`.
  init(_ rows: [Int32], of count: Int) {
    self.rows = rows
    var lowest: Int32 = 0
    var highest: Int32 = -1
    for row in rows {
      lowest = min(lowest, row)
      highest = max(highest, row)
    }
    precondition(lowest >= -1 && Int(highest) < count, "rows to take lie within the table")
    hasMissing = lowest < 0
  }

  /// The range that the rows are when they follow one another.
  var run: Range<Int>? {
    guard let first = rows.first, first >= 0 else { return rows.isEmpty ? 0..<0 : nil }
    guard Int(rows[rows.count - 1]) - Int(first) == rows.count - 1 else { return nil }
    var expected = first
    for row in rows {
      if row != expected { return nil }
      expected &+= 1
    }
    return Int(first)..<Int(first) + rows.count
  }

  /// Writes the elements of some rows; `missing` for none.
  @inline(__always)
  func write<Element: BitwiseCopyable>(
    _ source: ArraySlice<Element>, missing: Element, _ range: Range<Int>, to out: Shared<Element>
  ) {
    rows.withUnsafeBufferPointer { rows in
      source.withUnsafeBufferPointer { source in
        guard let base = source.baseAddress, !source.isEmpty else {
          for row in range { out[row] = missing }
          return
        }
        if hasMissing {
          for row in range {
            let from = Int(rows[row])
            out[row] = from < 0 ? missing : base[from]
          }
        } else {
          for row in range { out[row] = base[Int(rows[row])] }
        }
      }
    }
  }

  func writeStarts(_ start: Int, _ range: Range<Int>, to out: Shared<UInt32>) {
    for row in range {
      let from = Int(rows[row])
      out[row] = from < 0 ? 0 : UInt32(truncatingIfNeeded: start + from)
    }
  }

  func writeVectors(_ values: VectorValues, _ range: Range<Int>, to out: Shared<Float>) {
    let width = values.width
    values.elements.withUnsafeBufferPointer { source in
      for row in range {
        let from = Int(rows[row])
        for place in 0..<width {
          out[row * width + place] = from < 0 ? 0 : source[from * width + place]
        }
      }
    }
  }
}

/// How rows are gathered into a new array: at once, or by workers.
private struct Gatherer {
  let picks: Picks
  /// Nil gathers on this thread without asking whether to go on.
  let workers: Workers?

  func array<Element: BitwiseCopyable & Sendable>(
    _ count: Int, width: Int = 1, _ body: @Sendable (Range<Int>, Shared<Element>) -> Void
  ) throws -> [Element] {
    guard let workers else { return [Element](count: count * width) { body(0..<count, $0) } }
    return try [Element](unsafeUninitializedCapacity: count * width) { buffer, initialized in
      guard let base = buffer.baseAddress, count > 0 else { return }
      let out = Shared(base)
      try workers.forEach(count) { body($0, out) }
      initialized = count * width
    }
  }

  func flags(_ valid: ArraySlice<Bool>?) throws -> ArraySlice<Bool>? {
    let picks = picks
    guard valid != nil || picks.hasMissing else { return nil }
    let flags: [Bool] = try array(picks.rows.count) { range, out in
      if let valid {
        picks.write(valid, missing: false, range, to: out)
      } else {
        for row in range { out[row] = picks.rows[row] >= 0 }
      }
    }
    return flags.allSatisfy { $0 } ? nil : flags[...]
  }

  func values<Element: BitwiseCopyable & Sendable>(
    _ source: Values<Element>, _ missing: Element
  ) throws -> Values<Element> {
    let picks = picks
    let elements: [Element] = try array(picks.rows.count) { range, out in
      picks.write(source.elements, missing: missing, range, to: out)
    }
    return Values(elements[...], valid: try flags(source.valid))
  }

  func text(_ source: TextValues) throws -> TextValues {
    let picks = picks
    let codes: [UInt32] = try array(picks.rows.count) { range, out in
      switch source.rows {
      case .codes(let codes): picks.write(codes, missing: 0, range, to: out)
      case .pieces(let start, _): picks.writeStarts(start, range, to: out)
      }
    }
    return TextValues(
      heap: source.heap.count == 0 ? .blank : source.heap, rows: .codes(codes[...]),
      valid: try flags(source.valid))
  }

  func column(_ source: Column) throws -> Column {
    switch source {
    case .bool(let values): return .bool(try self.values(values, false))
    case .int(let values): return .int(try self.values(values, 0))
    case .number(let values): return .number(try self.values(values, 0))
    case .text(let values): return .text(try text(values))
    case .category(let values): return .category(try text(values))
    case .date(let values): return .date(try self.values(values, 0))
    case .time(let values): return .time(try self.values(values, 0))
    case .duration(let values): return .duration(try self.values(values, 0))
    case .vector(let values):
      let picks = picks
      let elements: [Float] = try array(picks.rows.count, width: values.width) { range, out in
        picks.writeVectors(values, range, to: out)
      }
      return .vector(
        VectorValues(
          width: values.width, elements: elements[...], valid: try flags(values.valid),
          count: picks.rows.count))
    }
  }
}

extension TextHeap {
  /// One empty piece: what the codes of null rows point into when there is nothing else.
  static let blank = TextHeap(bytes: [], offsets: [0, 0], isDistinct: true)
}

extension Column {
  /// The given 0-based rows in the given order; -1 gives null. Text shares its heap.
  package func taking(_ rows: [Int32]) -> Column {
    let picks = Picks(rows, of: count)
    if let run = picks.run { return slice(run) }
    // Without workers nothing is thrown.
    return (try? Gatherer(picks: picks, workers: nil).column(self)) ?? self
  }

  package func taking(_ rows: [Int32], workers: Workers) throws -> Column {
    try taking(Picks(rows, of: count), workers: workers)
  }

  func taking(_ picks: Picks, workers: Workers) throws -> Column {
    if let run = picks.run { return slice(run) }
    return try Gatherer(picks: picks, workers: workers).column(self)
  }
}

extension Table {
  /// The given 0-based rows in the given order; -1 gives a row of nulls. A table with such a row has
  /// no lineage.
  package func taking(_ rows: [Int32], workers: Workers) throws -> Table {
    let picks = Picks(rows, of: rowCount)
    if let run = picks.run { return slice(run) }
    let columns = columns
    let taken: [Column]
    if columns.count >= 2 * workers.threads, rows.count <= 1 << 22 {
      let serial = Workers(threads: 1, cancellation: workers.cancellation)
      taken = try workers.map(columns.count) {
        try Gatherer(picks: picks, workers: serial).column(columns[$0])
      }
    } else {
      taken = try columns.map { try Gatherer(picks: picks, workers: workers).column($0) }
    }
    return Table(
      Array(zip(schema.names, taken)), rowCount: rows.count,
      lineage: picks.hasMissing ? nil : try lineage?.taking(picks, workers: workers))
  }
}

extension Lineage {
  func taking(_ picks: Picks, workers: Workers) throws -> Lineage {
    let source = rows
    let taken = try workers.filled(picks.rows.count, as: Int32.self) { range, out in
      switch source {
      case .picked(let rows): picks.write(rows, missing: -1, range, to: out)
      case .range(let all):
        let start = Int32(truncatingIfNeeded: all.lowerBound)
        for row in range { out[row] = start &+ picks.rows[row] }
      }
    }
    return Lineage(source: self.source, rows: .picked(taken[...]))
  }
}
