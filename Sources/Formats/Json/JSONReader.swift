import Columns

/// Reads JSON into a table.
struct JSONReader {
  private let input: Input
  private let text: TextSource
  private let options: DelimitedOptions
  private let path: String?
  private let workers: Workers

  init(_ input: Input, settings: Settings, workers: Workers) throws {
    self.input = input
    self.workers = workers
    path = settings.word("path")
    var options = DelimitedOptions()
    options.columns = try settings.names("columns")
    options.types = try ReadOptions.types(settings)
    options.rules.nulls = ReadOptions.nulls(settings)
    options.rules.dates = ReadOptions.dates(settings)
    self.options = options
    let encoding = settings.word("encoding")
    var text = try TextSource(input, encoding: encoding, workers: workers)
    let (store, first) = (text.store, text.start)
    let pieces = stride(from: 0, to: store.count, by: Fingerprint.block).map {
      $0..<min($0 + Fingerprint.block, store.count)
    }.filter { $0.upperBound > first }
    // JSON is UTF-8 unless somebody says otherwise; a guess could change names and values.
    _ = try text.check(pieces, encoding: encoding ?? "utf-8", workers: workers)
    self.text = text
  }

  /// A single JSON text.
  func readText() throws -> Loaded {
    try whole { bytes, count in
      var parser = JSONParser(bytes, count)
      parser.skipBlanks()
      let columns = JSONColumns()
      if parser.byte == 0x5B && path == nil {
        try elements(&parser, columns)
        return (columns, [])
      }
      try parser.value()
      try parser.end()
      return (columns, try records(parser, columns))
    }
  }

  /// A JSON text on each line; blank lines are left out.
  func readLines() throws -> Loaded {
    try whole { bytes, count in
      let ranges = JSONReader.pieces(bytes, count, size: input.pieceSize, isCut: input.isCut)
      // The bytes stay where they are and as they are until all workers are done.
      nonisolated(unsafe) let bytes = bytes
      let parts = try workers.map(ranges.count) { number -> PieceResult in
        try JSONReader.lines(bytes, ranges[number])
      }
      let columns = JSONColumns()
      for part in parts { columns.append(part.columns) }
      return (columns, [])
    }
  }

  // Made by one worker, then used by one other thread.
  private struct PieceResult: @unchecked Sendable {
    var columns: JSONColumns
  }

  private static func lines(
    _ bytes: UnsafePointer<UInt8>, _ range: Range<Int>
  ) throws -> PieceResult {
    let columns = JSONColumns()
    var at = range.lowerBound
    while at < range.upperBound {
      var end = at
      while end < range.upperBound && bytes[end] != Byte.newline { end += 1 }
      var parser = JSONParser(bytes, end)
      parser.move(to: at)
      parser.skipBlanks()
      if parser.at < end {
        try parser.value()
        try parser.end()
        try columns.add(parser, 0)
      }
      at = end + 1
    }
    return PieceResult(columns: columns)
  }

  /// Runs of whole lines, of about the same size.
  private static func pieces(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, size: Int, isCut: Bool
  ) -> [Range<Int>] {
    var end = count
    if isCut { while end > 0 && bytes[end - 1] != Byte.newline { end -= 1 } }
    var ranges: [Range<Int>] = []
    var start = 0
    while start < end {
      var stop = min(start + size, end)
      while stop < end && bytes[stop - 1] != Byte.newline { stop += 1 }
      ranges.append(start..<stop)
      start = stop
    }
    return ranges
  }

  /// Gathers the records of the text with `gather` and makes the table.
  private func whole(
    _ gather: (UnsafePointer<UInt8>, Int) throws -> (JSONColumns, [ReadNote])
  ) throws -> Loaded {
    let count = text.store.count - text.start
    return try text.store.withBytes(text.start..<text.store.count) { bytes in
      do {
        let (columns, found) = try gather(bytes, count)
        let made = try JSONTable.make(
          JSONTable.Source(bytes: bytes, columns: columns), options: options, workers: workers)
        try text.store.checkUnchanged()
        let fingerprint =
          try text.fingerprint ?? Fingerprint.of(text.store, workers: workers)
        let table = Table(made.map { ($0.name, $0.column) }, rowCount: columns.rows)
        return Loaded(
          table: table, fingerprint: fingerprint,
          notes: text.notes + found + duplicates(columns) + made.flatMap(\.notes))
      } catch let failure as JSONParser.Failure {
        throw JSON.problem(bytes, count, failure, source: text.path)
      }
    }
  }

  private func duplicates(_ columns: JSONColumns) -> [ReadNote] {
    guard columns.duplicateCount > 0 else { return [] }
    return [
      ReadNote(
        "duplicate-keys", column: columns.duplicates.first.map { columns.name($0.column) },
        "a record names a value twice; the last one counts", count: columns.duplicateCount,
        rows: columns.duplicates.map { $0.row + 1 })
    ]
  }

  // MARK: Where the records are

  /// An array at the top: one element after the other, so that memory holds one at a time.
  private func elements(_ parser: inout JSONParser, _ columns: JSONColumns) throws {
    parser.move(to: parser.at + 1)
    parser.skipBlanks()
    if parser.byte == 0x5D {
      parser.move(to: parser.at + 1)
    } else {
      while true {
        do {
          try parser.value(depth: 1)
        } catch let failure as JSONParser.Failure {
          if input.isCut && failure.offset >= parser.count { return }
          throw failure
        }
        parser.skipBlanks()
        if input.isCut && parser.at >= parser.count { return }
        try columns.add(parser, 0)
        if columns.rows & 0xFFF == 0 { try workers.check() }
        guard parser.byte == 0x2C else { break }
        parser.move(to: parser.at + 1)
      }
      try parser.close()
    }
    try parser.end()
  }

  private func records(_ parser: JSONParser, _ columns: JSONColumns) throws -> [ReadNote] {
    if let path { return try take(try node(parser, path), parser, columns) }
    guard parser.tape[0].kind == .object else { return try take(0, parser, columns) }
    let members = JSONReader.members(parser, 0)
    let tables = members.filter { parser.tape[$0.value].holdsObjects(parser, $0.value) }
    if tables.count == 1 {
      let notes = try take(tables[0].value, parser, columns)
      let others = members.count - 1
      guard others > 0 else { return notes }
      return notes + [
        ReadNote(
          "other-members",
          "the records are those of \(tables[0].name); the text's other members are left out",
          count: others, values: members.map(\.name).filter { $0 != tables[0].name })
      ]
    }
    if tables.count > 1 {
      let names = tables.map { "`path: \"\($0.name)\"`" }
      throw DataError(
        "several-tables", "\(text.path) holds \(tables.count) arrays of records",
        help: "choose one with \(names.joined(separator: " or "))")
    }
    let lengths = Set(members.map { JSONReader.elementCount(parser, $0.value) })
    if lengths.count == 1, lengths != [nil] {
      for member in members {
        try columns.addColumn(parser, name: parser.tape[member.value - 1], values: member.value)
      }
      return []
    }
    try columns.add(parser, 0)
    return []
  }

  private func take(
    _ node: Int, _ parser: JSONParser, _ columns: JSONColumns
  ) throws -> [ReadNote] {
    guard parser.tape[node].kind == .array else {
      try columns.add(parser, node)
      return []
    }
    var at = node + 1
    while at < parser.tape[node].next {
      try columns.add(parser, at)
      at = parser.tape[at].next
    }
    return []
  }

  private static func members(
    _ parser: JSONParser, _ node: Int
  ) -> [(name: String, value: Int)] {
    var members: [(String, Int)] = []
    var at = node + 1
    while at < parser.tape[node].next {
      members.append((JSON.text(parser, parser.tape[at]), at + 1))
      at = parser.tape[at + 1].next
    }
    return members
  }

  /// Nil for what is no array.
  private static func elementCount(_ parser: JSONParser, _ node: Int) -> Int? {
    guard parser.tape[node].kind == .array else { return nil }
    var count = 0
    var at = node + 1
    while at < parser.tape[node].next {
      count += 1
      at = parser.tape[at].next
    }
    return count
  }

  private func node(_ parser: JSONParser, _ path: String) throws -> Int {
    var node = 0
    for name in path.split(separator: ".") {
      let members =
        parser.tape[node].kind == .object ? JSONReader.members(parser, node) : []
      guard let found = members.last(where: { $0.name == name }) else {
        let names = members.map(\.name).prefix(30).joined(separator: ", ")
        throw DataError(
          "path-not-found", "\(text.path) has no `\(name)` on the way to \(path)",
          help: names.isEmpty ? nil : "there are: \(names)")
      }
      node = found.value
    }
    return node
  }
}

extension JSONParser.Node {
  /// An array whose first element is an object.
  fileprivate func holdsObjects(_ parser: JSONParser, _ own: Int) -> Bool {
    kind == .array && next > own + 1 && parser.tape[own + 1].kind == .object
  }
}
