import Columns

/// Records of JSON as columns of places in the text; what type a column has is decided afterwards.
final class JSONColumns {
  struct Cell: Sendable {
    var start: Int
    var count: UInt32
    /// Nil for a name that the record lacks.
    var kind: JSONParser.Kind?

    static let missing = Cell(start: 0, count: 0, kind: nil)
  }

  private(set) var names = TextDictionary()
  private(set) var cells: [[Cell]] = []
  private(set) var rows = 0
  /// Values put in, against the places that there are for them.
  private var filled = 0
  /// Names given twice in a record; the last value stands.
  private(set) var duplicates: [(column: Int, row: Int)] = []
  private(set) var duplicateCount = 0
  private let path = GrowingBytes()

  /// Adds the value at a node as a record.
  func add(_ parser: JSONParser, _ node: Int) throws {
    let value = parser.tape[node]
    switch value.kind {
    case .object: try addMembers(parser, node, prefix: 0)
    case .array:
      var at = node + 1
      var number = 1
      while at < value.next {
        path.removeAll()
        for byte in "c\(number)".utf8 { path.append(byte) }
        try put(column(), parser.tape[at])
        at = parser.tape[at].next
        number += 1
      }
    default:
      path.removeAll()
      for byte in "value".utf8 { path.append(byte) }
      try put(column(), value)
    }
    try endRow()
  }

  private func endRow() throws {
    rows += 1
    // Names that differ from record to record are data, and would fill the memory with nothing.
    if cells.count * rows > 1 << 22 && cells.count * rows / 64 > filled {
      throw DataError(
        "too-many-columns",
        "\(cells.count) different names in the first \(rows) records are too many for columns")
    }
    for at in cells.indices where cells[at].count < rows { cells[at].append(.missing) }
  }

  /// Members of inner objects are columns of their own: `a.b`.
  private func addMembers(_ parser: JSONParser, _ node: Int, prefix: Int) throws {
    var at = node + 1
    let end = parser.tape[node].next
    while at < end {
      let name = parser.tape[at]
      path.cut(to: prefix)
      if name.kind == .escaped {
        JSONParser.unescape(parser.bytes + name.start, name.end - name.start, into: path)
      } else {
        path.append(parser.bytes + name.start, name.end - name.start)
      }
      let value = parser.tape[at + 1]
      if value.kind == .object && value.next > at + 2 {
        path.append(0x2E)
        try addMembers(parser, at + 1, prefix: path.count)
      } else {
        try put(column(), value)
      }
      at = value.next
    }
  }

  /// The column that `path` names.
  private func column() -> Int {
    _ = path.room(for: 0)
    let at = names.insert(path.bytes, path.count)
    if at == cells.count { cells.append([Cell](repeating: .missing, count: rows)) }
    return at
  }

  private func put(_ column: Int, _ value: JSONParser.Node) throws {
    guard let count = UInt32(exactly: value.end - value.start) else {
      throw DataError("value-too-long", "a value is longer than 4 GB")
    }
    let cell = Cell(start: value.start, count: count, kind: value.kind)
    filled += 1
    if cells[column].count > rows {
      cells[column][rows] = cell
      duplicateCount += 1
      if duplicates.count < 5 { duplicates.append((column, rows)) }
    } else {
      cells[column].append(cell)
    }
  }

  /// A column of given values, one a row, for objects of arrays.
  func addColumn(_ parser: JSONParser, name: JSONParser.Node, values: Int) throws {
    path.removeAll()
    path.append(parser.bytes + name.start, name.end - name.start)
    if name.kind == .escaped {
      path.removeAll()
      JSONParser.unescape(parser.bytes + name.start, name.end - name.start, into: path)
    }
    let at = column()
    if !cells[at].isEmpty { duplicateCount += 1 }
    cells[at].removeAll()
    var node = values + 1
    let end = parser.tape[values].next
    while node < end {
      let value = parser.tape[node]
      cells[at].append(
        Cell(start: value.start, count: UInt32(clamping: value.end - value.start), kind: value.kind)
      )
      node = value.next
    }
    rows = max(rows, cells[at].count)
  }

  /// Puts the records of a later piece of the text behind these.
  func append(_ later: JSONColumns) {
    for number in 0..<later.cells.count {
      let at = later.names.withText(number) { names.insert($0, $1) }
      if at == cells.count { cells.append([Cell](repeating: .missing, count: rows)) }
      cells[at].append(contentsOf: later.cells[number])
    }
    for duplicate in later.duplicates.prefix(5 - min(5, duplicates.count)) {
      let at = later.names.withText(duplicate.column) { names.insert($0, $1) }
      duplicates.append((at, rows + duplicate.row))
    }
    duplicateCount += later.duplicateCount
    rows += later.rows
    for at in cells.indices where cells[at].count < rows {
      cells[at].append(contentsOf: repeatElement(.missing, count: rows - cells[at].count))
    }
  }

  func name(_ column: Int) -> String {
    names.withText(column) {
      String(decoding: UnsafeBufferPointer(start: $0, count: $1), as: UTF8.self)
    }
  }
}

extension GrowingBytes {
  func cut(to shorter: Int) { advance(by: shorter - count) }
}
