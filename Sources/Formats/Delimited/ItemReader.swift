import Columns

/// Reads the cells of one work item into the columns' targets.
struct ItemReader: Sendable {
  /// Why an item was not read.
  enum Obstacle: Error {
    /// The records are not what the survey said; an exact plan is needed.
    case irregular
  }

  let store: ByteStore
  let dialect: Dialect
  let width: Int
  /// Records that are not plain are dealt with one by one; otherwise they are an obstacle.
  let isExact: Bool
  let fillsRagged: Bool

  static let slabCells = 2048

  func read(
    _ item: WorkItem, _ columns: [(position: Int, target: ColumnTarget, base: TextDictionary)],
    rules: CellRules
  ) throws -> [ColumnPart.Report] {
    let parts = columns.map {
      ColumnPart(
        $0.target, rules: rules, base: $0.base, firstRow: item.firstRow, rowCount: item.rows)
    }
    guard item.range.count < Int(UInt32.max) - slack else {
      throw DataError("record-too-long", "a record of the file is longer than 4 GB")
    }
    let index = CellIndex(width: width, cells: ItemReader.slabCells)
    defer { index.deallocate() }
    try store.withBytes(item.range) { bytes in
      let end = item.range.count
      var at = 0
      var rows = 0
      while at < end && dialect.comment == 0 {
        let filled = index.fill(bytes, from: at, end: end, width: width, dialect: dialect)
        if filled.isIrregular || filled.rows == 0 { break }
        rows += filled.rows
        guard rows <= item.rows else { throw Obstacle.irregular }
        let slab = Slab(
          bytes: bytes, ends: index.ends, width: width, rows: filled.rows, quote: dialect.quote,
          dropsReturn: dialect.newline == Byte.newline)
        for (part, column) in zip(parts, columns) { part.read(slab, column: column.position) }
        at = filled.next
      }
      if at < end {
        guard isExact else { throw Obstacle.irregular }
        try readOneByOne(bytes, at..<end, item, columns.map(\.position), parts, rows: &rows)
      }
      guard rows == item.rows else { throw Obstacle.irregular }
    }
    return parts.map { $0.finish() }
  }

  private func readOneByOne(
    _ bytes: UnsafePointer<UInt8>, _ range: Range<Int>, _ item: WorkItem, _ positions: [Int],
    _ parts: [ColumnPart], rows: inout Int
  ) throws {
    var read = rows
    try eachCopy(bytes, range, isComplete: true) { slab in
      read += slab.rows
      guard read <= item.rows else { throw Obstacle.irregular }
      for (part, position) in zip(parts, positions) { part.read(slab, column: position) }
      return true
    }
    rows = read
  }

  /// Copies the cells of each record beside each other, leaving out blank lines and comments and
  /// filling what short records lack, and calls `body` with the copies until it says false.
  func eachCopy(
    _ bytes: UnsafePointer<UInt8>, _ range: Range<Int>, isComplete: Bool,
    _ body: (Slab) throws -> Bool
  ) throws {
    var scanner = RecordScanner(dialect)
    let copy = GrowingBytes(capacity: 1 << 16)
    var ends: [UInt32] = [0]
    var held = 0
    func flush() throws -> Bool {
      guard held > 0 else { return true }
      // A copy is read like any other text, so slack must follow it.
      _ = copy.room(for: slack)
      let goesOn = try ends.withUnsafeBufferPointer { buffer -> Bool in
        guard let start = buffer.baseAddress else { return true }
        return try body(
          Slab(
            bytes: copy.bytes, ends: start + 1, width: width, rows: held, quote: dialect.quote,
            dropsReturn: false))
      }
      copy.removeAll()
      ends.removeAll(keepingCapacity: true)
      ends.append(0)
      held = 0
      return goesOn
    }
    var at = range.lowerBound
    while at < range.upperBound {
      let outcome = scanner.scan(bytes, from: at, end: range.upperBound, isLast: isComplete)
      if outcome == .incomplete && !isComplete { break }
      at = scanner.next
      switch outcome {
      case .comment: continue
      case .blank where width > 1: continue
      case .record, .blank: break
      case .incomplete, .unclosed, .afterQuote: throw Obstacle.irregular
      }
      guard scanner.cells.count <= width, scanner.cells.count == width || fillsRagged else {
        throw Obstacle.irregular
      }
      for number in 0..<width {
        if number < scanner.cells.count {
          let cell = scanner.cells[number]
          copy.append(bytes + cell.start, cell.end - cell.start)
        }
        copy.append(dialect.delimiter)
        ends.append(UInt32(truncatingIfNeeded: copy.count))
      }
      held += 1
      if held * width >= ItemReader.slabCells, try !flush() { return }
    }
    _ = try flush()
  }
}
