/// Rows put into groups of equal keys. Groups are numbered in the order of their first rows.
package struct Grouping: Sendable, Equatable {
  package var groupCount: Int
  /// The group of each row.
  package var groups: [Int32]
  /// The first row of each group.
  package var firstRows: [Int32]

  package init(groupCount: Int, groups: [Int32], firstRows: [Int32]) {
    assert(firstRows.count == groupCount)
    self.groupCount = groupCount
    self.groups = groups
    self.firstRows = firstRows
  }

  /// How many rows each group has.
  package func sizes(workers: Workers = .serial) throws -> [Int] {
    let pieces = Pieces(rows: groups.count, states: groupCount)
    let parts = try workers.map(pieces.count) { piece in
      [Int32](count: groupCount) { sizes in
        sizes.base.initialize(repeating: 0, count: groupCount)
        groups.withUnsafeBufferPointer { groups in
          for row in pieces[piece] { sizes[Int(groups[row])] &+= 1 }
        }
      }
    }
    var sizes = [Int](repeating: 0, count: groupCount)
    for part in parts {
      for group in 0..<groupCount { sizes[group] += Int(part[group]) }
    }
    return sizes
  }

  /// The rows of each group one after the other: group `g` has `rows[starts[g]..<starts[g + 1]]`, in
  /// their order in the table.
  package func segments(workers: Workers = .serial) throws -> (rows: [Int32], starts: [Int]) {
    let sizes = try sizes(workers: workers)
    var (starts, total) = runningTotals(sizes)
    starts.append(total)
    var next = starts
    var rows = [Int32](repeating: 0, count: groups.count)
    for start in stride(from: 0, to: groups.count, by: 1 << 20) {
      try workers.check()
      for row in start..<min(groups.count, start + 1 << 20) {
        let group = Int(groups[row])
        rows[next[group]] = Int32(truncatingIfNeeded: row)
        next[group] += 1
      }
    }
    return (rows, starts)
  }
}

/// How rows are cut for work that keeps a state for each group: into pieces large enough that making
/// and joining the states is the smaller part. Depends on the data only.
struct Pieces: Sendable {
  let rows: Int
  let size: Int

  init(rows: Int, states: Int) {
    self.rows = rows
    size = max(morselSize, 4 * states)
  }

  var count: Int { rows == 0 ? 0 : max(1, rows / size) }

  /// The last piece takes what is left.
  subscript(piece: Int) -> Range<Int> {
    piece * size..<(piece == count - 1 ? rows : (piece + 1) * size)
  }
}

extension Table {
  /// Groups the rows by columns of their number. Null is a group of its own, and so is NaN; both zeros
  /// are equal. Without columns all rows are one group.
  package func grouping(by columns: [Column], workers: Workers) throws -> Grouping {
    try Grouping.of(columns, count: rowCount, workers: workers)
  }
}

extension Grouping {
  package static func of(_ columns: [Column], count: Int, workers: Workers) throws -> Grouping {
    precondition(columns.allSatisfy { $0.count == count }, "keys have a value for each row")
    guard count > 0 else { return Grouping(groupCount: 0, groups: [], firstRows: []) }
    guard let first = columns.first else {
      return Grouping(
        groupCount: 1, groups: [Int32](repeating: 0, count: count), firstRows: [0])
    }
    if columns.count == 1 { return try of(first, workers: workers) }
    return try combined(columns, count: count, workers: workers)
  }

  /// Tables of up to this many places are addressed by the key itself.
  private static func directLimit(_ count: Int) -> Int { max(65_536, 4 * count) }

  private static func of(_ column: Column, workers: Workers) throws -> Grouping {
    switch column {
    case .bool(let values):
      let bytes = try workers.filled(values.count, as: UInt8.self) { range, out in
        values.elements.withUnsafeBufferPointer { elements in
          for row in range { out[row] = elements[row] ? 1 : 0 }
        }
      }
      return try DirectGrouping.groups(
        bytes[...], valid: values.valid, lowest: 0, domain: 2, workers: workers)
    case .int(let values), .time(let values), .duration(let values):
      return try ofInts(values, workers) ?? hashed(column, workers)
    case .date(let values): return try ofInts(values, workers) ?? hashed(column, workers)
    case .number: return try hashed(column, workers)
    case .text(let values), .category(let values): return try ofText(values, workers)
    case .vector(let values): return try ofVectors(values, workers)
    }
  }

  private static func hashed(_ column: Column, _ workers: Workers) throws -> Grouping {
    guard let bits = try column.orderedBits(workers: workers) else {
      preconditionFailure("a column hashed by its bits has them")
    }
    return try HashGrouping.groups(bits, valid: column.valid, workers: workers)
  }

  /// Nil when the values lie too far apart for a table addressed by them.
  private static func ofInts<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Values<Element>, _ workers: Workers
  ) throws -> Grouping? {
    guard let bounds = try values.bounds(workers: workers) else {
      return try DirectGrouping.groups(
        values.elements, valid: values.valid, lowest: 0, domain: 1, workers: workers)
    }
    let (span, isOut) = Int64(bounds.upper).subtractingReportingOverflow(Int64(bounds.lower))
    guard !isOut, span < directLimit(values.count) else { return nil }
    return try DirectGrouping.groups(
      values.elements, valid: values.valid, lowest: bounds.lower, domain: Int(span) + 1,
      workers: workers)
  }

  private static func ofText(_ values: TextValues, _ workers: Workers) throws -> Grouping {
    guard case .codes(let codes) = values.rows else {
      return try TextGrouping.groups(values, workers: workers)
    }
    let heap = values.heap
    if heap.isDistinct {
      if heap.count <= directLimit(codes.count) {
        return try DirectGrouping.groups(
          codes, valid: values.valid, lowest: 0, domain: heap.count, workers: workers)
      }
      let keys = try workers.filled(codes.count, as: UInt64.self) { range, out in
        codes.withUnsafeBufferPointer { codes in
          for row in range { out[row] = UInt64(codes[row]) }
        }
      }
      return try HashGrouping.groups(keys, valid: values.valid, workers: workers)
    }
    guard heap.count <= 2 * codes.count else {
      return try TextGrouping.groups(values, workers: workers)
    }
    // One number for each distinct piece, then as with a dictionary.
    let pieces = try TextGrouping.groups(
      TextValues(heap: heap, rows: .pieces(start: 0, count: heap.count)), workers: workers)
    let numbers = try workers.filled(codes.count, as: UInt32.self) { range, out in
      codes.withUnsafeBufferPointer { codes in
        for row in range { out[row] = UInt32(bitPattern: pieces.groups[Int(codes[row])]) }
      }
    }
    return try DirectGrouping.groups(
      numbers[...], valid: values.valid, lowest: 0, domain: pieces.groupCount, workers: workers)
  }

  private static func ofVectors(_ values: VectorValues, _ workers: Workers) throws -> Grouping {
    let hashes = try RowHash.hashes([.vector(values)], seed: 0, workers: workers)
    let width = values.width
    return try HashGrouping.groups(hashes, valid: values.valid, workers: workers) { a, b in
      values.elements.withUnsafeBufferPointer { elements in
        (0..<width).allSatisfy {
          let (x, y) = (elements[a * width + $0], elements[b * width + $0])
          return x == y || x.isNaN && y.isNaN
        }
      }
    }
  }

  /// Numbers each column by itself, then combines the numbers as digits of one key.
  private static func combined(
    _ columns: [Column], count: Int, workers: Workers
  ) throws -> Grouping {
    var keys = [UInt64](repeating: 0, count: count)
    var domain: UInt64 = 1
    for column in columns {
      let grouping = try of(column, workers: workers)
      let digits = UInt64(max(1, grouping.groupCount))
      if domain.multipliedReportingOverflow(by: digits).overflow {
        let dense = try HashGrouping.groups(keys, valid: nil, workers: workers)
        keys = try workers.filled(count) { range, out in
          for row in range { out[row] = UInt64(dense.groups[row]) }
        }
        domain = UInt64(dense.groupCount)
      }
      keys = try workers.filled(count) { [keys] range, out in
        keys.withUnsafeBufferPointer { keys in
          grouping.groups.withUnsafeBufferPointer { groups in
            for row in range {
              out[row] = keys[row] &* digits &+ UInt64(truncatingIfNeeded: groups[row])
            }
          }
        }
      }
      domain *= digits
    }
    if domain <= UInt64(directLimit(count)) {
      return try DirectGrouping.groups(
        keys[...], valid: nil, lowest: 0, domain: Int(domain), workers: workers)
    }
    return try HashGrouping.groups(keys, valid: nil, workers: workers)
  }
}

extension Values where Element: FixedWidthInteger & BitwiseCopyable {
  /// The least and the greatest value; nil when there is none.
  func bounds(workers: Workers) throws -> (lower: Element, upper: Element)? {
    let parts = try workers.morsels(of: count) { range in
      elements.withUnsafeBufferPointer { elements in
        withFlags(valid) { valid in
          var lower = Element.max
          var upper = Element.min
          if let valid {
            for row in range {
              let value = elements[row]
              lower = valid[row] && value < lower ? value : lower
              upper = valid[row] && value > upper ? value : upper
            }
          } else {
            for row in range {
              let value = elements[row]
              lower = value < lower ? value : lower
              upper = value > upper ? value : upper
            }
          }
          return [lower, upper]
        }
      }
    }
    let lower = parts.reduce(Element.max) { Swift.min($0, $1[0]) }
    let upper = parts.reduce(Element.min) { Swift.max($0, $1[1]) }
    return lower > upper ? nil : (lower, upper)
  }
}
