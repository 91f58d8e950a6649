import Columns
import Glibc

/// One column's cells in one work item, as they are read. Used by one thread at a time.
final class ColumnPart {
  /// What is known when the item has been read.
  struct Report: Sendable {
    /// One per row; nil when no cell is null.
    var valid: [Bool]?
    /// Nulls that a word of `nulls` or a quoted empty cell stood for.
    var nullWords = 0
    var quotedNulls = 0
    /// Times with digits past the microsecond.
    var cutTimes = 0
    /// The first row (of the item) that did not fit the kind, or -1.
    var failedRow = -1
    /// The types of the cells from the one that failed.
    var types: CellTypes = .all
    /// A text column with too many distinct texts to number them.
    var isCrowded = false
    /// Texts that the base dictionary lacked, numbered after it.
    var added: TextDictionary?
    /// The texts of a column of pieces.
    var text: HeldBytes?
    /// Cells that are none of the types searched for, with the first of them.
    var misfits = Misfits()
  }

  private let target: ColumnTarget
  private let rules: CellRules
  private let base: TextDictionary
  private let firstRow: Int
  private let rowCount: Int
  private var report = Report()
  private var rowsRead = 0
  private var text = GrowingBytes(capacity: 0)
  private let unescaped = GrowingBytes(capacity: 0)

  init(
    _ target: ColumnTarget, rules: CellRules, base: TextDictionary, firstRow: Int, rowCount: Int
  ) {
    self.target = target
    self.rules = rules
    self.base = base
    self.firstRow = firstRow
    self.rowCount = rowCount
  }

  func finish() -> Report {
    if target.kind == .pieces { report.text = text.finish() }
    return report
  }

  func read(_ slab: Slab, column: Int) {
    defer { rowsRead += slab.rows }
    var first = 0
    if report.failedRow < 0 {
      first = readCells(slab, column)
      if first < slab.rows { report.failedRow = rowsRead + first }
    }
    if report.failedRow >= 0 && !report.isCrowded { classify(slab, column, from: first) }
  }

  /// Answers with the row that did not fit, or the number of rows.
  private func readCells(_ slab: Slab, _ column: Int) -> Int {
    switch target.kind {
    case .int where rules.thousands == 0:
      readFixed(slab, column, Int64.self) { _, start, count in NumberScan.parseInt(start, count) }
    case .int:
      readFixed(slab, column, Int64.self) { rules, start, count in rules.int(start, count) }
    case .number where rules.areNumbersPlain:
      readFixed(slab, column, Double.self) { _, start, count in
        NumberScan.parseDecimal(start, count, exactIntegers: true)
      }
    case .number:
      readFixed(slab, column, Double.self) { rules, start, count in rules.number(start, count) }
    case .bool:
      readFixed(slab, column, Bool.self) { _, start, count in
        let value = CellRules.bool(start, count)
        return (value == 1, value >= 0)
      }
    case .date:
      readFixed(slab, column, Int32.self) { rules, start, count in
        TimeText.parseDate(start, count, rules.dates)
      }
    case .time: readTimes(slab, column)
    case .codes: readCodes(slab, column)
    case .pieces: readPieces(slab, column)
    case .unknown: readNothing(slab, column)
    case .searched(let types): search(slab, column, for: types)
    }
  }

  // MARK: Cells of a fixed size

  @inline(__always)
  private func readFixed<Element: BitwiseCopyable>(
    _ slab: Slab, _ column: Int, _: Element.Type,
    _ parse: (CellRules, UnsafePointer<UInt8>, Int) -> (value: Element, ok: Bool)
  ) -> Int {
    let out = target.start.assumingMemoryBound(to: Element.self) + (firstRow + rowsRead)
    let rules = rules
    let hasWords = !rules.nulls.isEmpty
    var row = 0
    while true {
      row = slab.scan(column, from: row) { row, start, count, _ in
        if hasWords && rules.isNull(start, count) { return false }
        let (value, ok) = parse(rules, start, count)
        out[row] = value
        return ok
      }
      if row == slab.rows { return row }
      // Off the common path: a null, blanks around the value, or something else.
      var isTaken = false
      _ = slab.scan(column, from: row) { row, start, count, isQuoted in
        if takesNull(row, start, count, isQuoted) {
          isTaken = true
        } else {
          let (inner, length) = CellRules.trimmed(start, count)
          let (value, ok) = parse(rules, inner, length)
          out[row] = value
          isTaken = ok
        }
        return false
      }
      if !isTaken { return row }
      row += 1
    }
  }

  private func readTimes(_ slab: Slab, _ column: Int) -> Int {
    var cut = 0
    let rows = readFixed(slab, column, Int64.self) { rules, start, count in
      let (value, ok, isCut) = TimeText.parseTime(start, count, rules.dates)
      if isCut { cut += 1 }
      return (value, ok)
    }
    report.cutTimes += cut
    return rows
  }

  /// Whether a cell of a column that is not text is null; notes it if so.
  private func takesNull(
    _ row: Int, _ start: UnsafePointer<UInt8>, _ count: Int, _ isQuoted: Bool
  ) -> Bool {
    if count == 0 {
      if isQuoted { report.quotedNulls += 1 }
    } else if rules.isNull(start, count) {
      report.nullWords += 1
    } else {
      return false
    }
    setNull(rowsRead + row)
    return true
  }

  private func setNull(_ row: Int) {
    if report.valid == nil { report.valid = [Bool](repeating: true, count: rowCount) }
    report.valid?[row] = false
  }

  // MARK: Text

  private func readNothing(_ slab: Slab, _ column: Int) -> Int {
    slab.scan(column) { row, start, count, isQuoted in
      !(count == 0 && isQuoted) && takesNull(row, start, count, isQuoted)
    }
  }

  private func isNullText(
    _ start: UnsafePointer<UInt8>, _ count: Int, _ isQuoted: Bool
  ) -> Bool {
    if count == 0 { return !isQuoted }
    guard !rules.nulls.isEmpty, rules.isNull(start, count) else { return false }
    report.nullWords += 1
    return true
  }

  private func readCodes(_ slab: Slab, _ column: Int) -> Int {
    let out = target.start.assumingMemoryBound(to: UInt32.self) + (firstRow + rowsRead)
    let known = base.view
    let quote = slab.quote
    let hasWords = !rules.nulls.isEmpty
    let before = rowsRead
    return slab.scan(column) { row, start, count, isQuoted in
      if count == 0 || hasWords {
        if isNullText(start, count, isQuoted) {
          out[row] = 0
          setNull(before + row)
          return true
        }
      }
      var (text, length) = (start, count)
      if isQuoted && memchr(start, Int32(quote), count) != nil {
        (text, length) = unescape(start, count, quote)
      }
      let key = TextDictionary.Key(text, length)
      let found = known.find(text, length, key)
      if found >= 0 {
        out[row] = UInt32(truncatingIfNeeded: found)
        return true
      }
      guard let code = add(text, length, key, row: before + row) else { return false }
      out[row] = code
      return true
    }
  }

  /// A text that the base lacks; nil when there are too many of them.
  private func add(
    _ text: UnsafePointer<UInt8>, _ length: Int, _ key: TextDictionary.Key, row: Int
  ) -> UInt32? {
    let added: TextDictionary
    if let known = report.added {
      added = known
    } else {
      added = TextDictionary()
      report.added = added
    }
    let number = added.insert(text, length, key)
    if added.count > 4096 && added.count * 2 > row {
      report.isCrowded = true
      return nil
    }
    return UInt32(base.count + number)
  }

  private func readPieces(_ slab: Slab, _ column: Int) -> Int {
    let out = target.start.assumingMemoryBound(to: Int.self) + (firstRow + rowsRead + 1)
    let quote = slab.quote
    let before = rowsRead
    let most = Int(slab.ends[slab.rows * slab.width - 1]) - Int(slab.ends[-1])
    let place = text.room(for: most)
    let held = text.count
    var used = 0
    let rows = slab.scan(column) { row, start, count, isQuoted in
      if isNullText(start, count, isQuoted) {
        setNull(before + row)
      } else if isQuoted && memchr(start, Int32(quote), count) != nil {
        let (text, length) = unescape(start, count, quote)
        (place + used).update(from: text, count: length)
        used &+= length
      } else {
        (place + used).update(from: start, count: count)
        used &+= count
      }
      out[row] = held &+ used
      return true
    }
    text.advance(by: used)
    return rows
  }

  /// The cell with each doubled quote once.
  private func unescape(
    _ start: UnsafePointer<UInt8>, _ count: Int, _ quote: UInt8
  ) -> (UnsafePointer<UInt8>, Int) {
    unescaped.removeAll()
    let place = unescaped.room(for: count)
    var used = 0
    var at = 0
    while at < count {
      let byte = start[at]
      place[used] = byte
      used += 1
      at += byte == quote && at + 1 < count && start[at + 1] == quote ? 2 : 1
    }
    return (UnsafePointer(place), used)
  }

  // MARK: What else it could be

  private func search(_ slab: Slab, _ column: Int, for types: CellTypes) -> Int {
    let rules = rules
    var misfits = report.misfits
    let first = firstRow + rowsRead
    let rows = slab.scan(column) { row, start, count, _ in
      if count == 0 || rules.isNull(start, count) { return true }
      if rules.types(start, count).isDisjoint(with: types) {
        misfits.add(start, count, row: first + row)
      }
      return true
    }
    report.misfits = misfits
    return rows
  }

  private func classify(_ slab: Slab, _ column: Int, from first: Int) {
    let rules = rules
    var types = report.types
    _ = slab.scan(column, from: first) { _, start, count, _ in
      if count == 0 || rules.isNull(start, count) { return true }
      types.formIntersection(rules.types(start, count))
      return !types.isEmpty
    }
    report.types = types
  }
}
