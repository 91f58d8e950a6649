/// Whether the first record names the columns, and the names.
struct Header {
  /// Names as they stand in the file; nil when the first record is data.
  private(set) var names: [String]?
  /// Number of cells in the first record.
  private(set) var width = 0
  /// Where the records begin that are data.
  private(set) var bodyStart = 0
  /// The decision was made here, and against a header.
  private(set) var isFoundMissing = false

  init(_ sniffer: Sniffer, dialect: Dialect, options: DelimitedOptions) {
    var first: [Cell] = []
    var columns: [Evidence] = []
    bodyStart = sniffer.skipped(dialect.newline)
    var afterFirst = bodyStart
    sniffer.eachRecord(dialect) { outcome, scanner in
      guard outcome == .record || outcome == .blank else { return true }
      let cells = scanner.cells.map {
        Cell(sniffer.bytes, $0.start, $0.end, quote: dialect.quote)
      }
      if columns.isEmpty {
        // Blank lines before anything else are not a header without a name.
        if outcome == .blank { return true }
        first = cells
        columns = [Evidence](repeating: Evidence(), count: cells.count)
        bodyStart = scanner.cells.first.map(\.start) ?? 0
        afterFirst = scanner.next
        return options.hasHeader == nil
      }
      for (at, cell) in cells.enumerated() where at < columns.count {
        columns[at].add(cell, first: first[at], rules: options.rules)
      }
      return columns.first.map { $0.cells < Sniffer.records } ?? false
    }
    width = first.count
    let isHeader = options.hasHeader ?? !Header.isData(first, columns, rules: options.rules)
    isFoundMissing = options.hasHeader == nil && !isHeader && width > 0
    if isHeader {
      names = first.map(\.text)
      bodyStart = afterFirst
    }
  }

  private struct Cell: Equatable {
    var text: String
    var types: CellTypes

    init(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, quote: UInt8) {
      var piece = UnsafeBufferPointer(start: bytes + start, count: end - start)[...]
      if quote != 0, piece.count >= 2, piece.first == quote, piece.last == quote {
        piece = piece.dropFirst().dropLast()
        var plain: [UInt8] = []
        var isSecond = false
        for byte in piece {
          isSecond = byte == quote && !isSecond
          if !isSecond { plain.append(byte) }
        }
        text = String(decoding: plain, as: UTF8.self)
      } else {
        text = String(decoding: piece, as: UTF8.self)
      }
      types = []
    }
  }

  /// What the records after the first say about a column.
  private struct Evidence {
    var cells = 0
    var filled = 0
    var types = CellTypes.all
    /// Cells that are the same as the first record's.
    var repeats = 0

    mutating func add(_ cell: Cell, first: Cell, rules: CellRules) {
      cells += 1
      if cell.text.isEmpty { return }
      filled += 1
      types.formIntersection(rules.types(cell.text))
      if cell.text == first.text { repeats += 1 }
    }
  }

  /// The first record is data if each of its cells has the type of its column, or if some cell that
  /// is no name comes again and again below.
  private static func isData(_ first: [Cell], _ columns: [Evidence], rules: CellRules) -> Bool {
    var typed = 0
    var repeated = 0
    for (cell, column) in zip(first, columns) {
      if cell.text.isEmpty {
        // A nameless index column; data would be filled here as below.
        if column.filled > 0 && column.filled == column.cells { return false }
        continue
      }
      let own = rules.types(cell.text)
      let shared = column.filled == 0 ? own : own.intersection(column.types)
      if !shared.isEmpty {
        typed += 1
        continue
      }
      // A word above numbers is a name.
      if column.filled > 0 && !column.types.isEmpty { return false }
      if column.repeats > 0 && column.repeats * 10 >= column.filled { repeated += 1 }
    }
    if repeated > 0 { return true }
    let filled = first.lazy.filter { !$0.text.isEmpty }.count
    return filled > 0 && typed == filled
  }

  /// Unique names, one a column, with notes on those that had to be changed.
  static func unique(_ names: [String], notes: inout [ReadNote]) -> [String] {
    var taken: Set<String> = []
    var result: [String] = []
    // Names as written win over names made here.
    let written = Set(names.map(CellRules.withoutBlanks))
    for (position, raw) in names.enumerated() {
      var name = CellRules.withoutBlanks(raw)
      if name.isEmpty {
        name = "c\(position + 1)"
        while written.contains(name) || taken.contains(name) { name += "_" }
        notes.append(
          ReadNote(
            "empty-name", column: name, "column \(position + 1) has no name; it is called \(name)"))
      } else if taken.contains(name) {
        var number = 2
        while written.contains("\(name)_\(number)") || taken.contains("\(name)_\(number)") {
          number += 1
        }
        let new = "\(name)_\(number)"
        notes.append(
          ReadNote(
            "duplicate-name", column: new,
            "column \(position + 1) is called \(name) like one before it; it is called \(new)",
            values: [raw]))
        name = new
      } else if name != raw {
        notes.append(
          ReadNote(
            "trimmed-name", column: name,
            "blanks around the name of column \(position + 1) dropped",
            values: [raw]))
      }
      taken.insert(name)
      result.append(name)
    }
    return result
  }
}

extension CellRules {
  func types(_ text: String) -> CellTypes {
    let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: slack)
    return bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { types($0, bytes.count - slack) } ?? []
    }
  }

  static func withoutBlanks(_ text: String) -> String {
    let blanks: Set<Character> = [" ", "\t", "\r", "\n", "\u{FEFF}"]
    var piece = text[...]
    while let first = piece.first, blanks.contains(first) { piece.removeFirst() }
    while let last = piece.last, blanks.contains(last) { piece.removeLast() }
    return String(piece)
  }
}
