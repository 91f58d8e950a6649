import Columns

/// Puts the tables of several files under each other.
enum TableStack {
  struct Part: Sendable {
    var path: String
    var format: String
    var bytes: Int
    var loaded: Loaded
  }

  /// All parts as one table. `again` reads a part with other types, where the files disagree.
  static func joined(
    _ parts: [Part], request: ReadRequest, again: (String, [String: ColumnType]) throws -> Part
  ) throws -> ReadResult {
    var parts = parts
    if parts.count > 1 { try agree(&parts, again) }
    let names = parts[0].loaded.table.schema.names
    var columns = names.map { name in
      (name, stacked(parts.compactMap { $0.loaded.table[name] }))
    }
    let rows = parts.reduce(0) { $0 + $1.loaded.table.rowCount }
    if request.settings.flag("source") {
      guard !names.contains("source") else {
        throw DataError(
          "duplicate-column",
          "the file has a column `source` already, so `source: true` cannot add one",
          column: "source")
      }
      columns.append(("source", source(parts)))
    }
    return ReadResult(
      table: Table(columns, rowCount: rows), notes: notes(parts), format: parts[0].format,
      bytes: parts.reduce(0) { $0 + $1.bytes })
  }

  /// With several files each note says which one it is about.
  private static func notes(_ parts: [Part]) -> [ReadNote] {
    guard parts.count > 1 else { return parts[0].loaded.notes }
    return parts.flatMap { part in
      part.loaded.notes.map { note in
        var note = note
        note.message = "\(part.path): \(note.message)"
        return note
      }
    }
  }

  /// Same names everywhere, and for each name one type.
  private static func agree(
    _ parts: inout [Part], _ again: (String, [String: ColumnType]) throws -> Part
  ) throws {
    let schema = parts[0].loaded.table.schema
    var types = Dictionary(uniqueKeysWithValues: schema.fields.map { ($0.name, $0.type) })
    var isOpen = Dictionary(
      uniqueKeysWithValues: schema.names.map { ($0, isEmpty(parts[0].loaded.table, $0)) })
    for part in parts.dropFirst() {
      let table = part.loaded.table
      guard Set(table.schema.names) == Set(schema.names) else {
        let odd = Set(table.schema.names).symmetricDifference(schema.names).sorted()
        throw DataError(
          "schema-mismatch",
          "\(part.path) and \(parts[0].path) do not have the same columns: \(odd.joined(separator: ", "))",
          help: "load them one by one, or choose common columns with `columns:`")
      }
      for field in table.schema.fields where !isEmpty(table, field.name) {
        if isOpen[field.name] == true {
          types[field.name] = field.type
          isOpen[field.name] = false
        } else if let known = types[field.name], known != field.type {
          types[field.name] = known.isNumeric && field.type.isNumeric ? .number : .text
        }
      }
    }
    for at in parts.indices {
      let wrong = parts[at].loaded.table.schema.fields.filter { types[$0.name] != $0.type }
      if wrong.isEmpty { continue }
      parts[at] = try again(
        parts[at].path,
        Dictionary(uniqueKeysWithValues: wrong.map { ($0.name, types[$0.name] ?? .text) }))
    }
  }

  private static func isEmpty(_ table: Table, _ name: String) -> Bool {
    table[name].map { $0.nullCount == $0.count } ?? true
  }

  private static func source(_ parts: [Part]) -> Column {
    var codes: [UInt32] = []
    for (number, part) in parts.enumerated() {
      codes.append(contentsOf: repeatElement(UInt32(number), count: part.loaded.table.rowCount))
    }
    return .text(
      TextValues(
        heap: TextHeap(parts.map(\.path), isDistinct: true), rows: .codes(codes[...])))
  }

  // MARK: Columns

  /// Columns of one type under each other.
  private static func stacked(_ columns: [Column]) -> Column {
    guard columns.count > 1, let first = columns.first else {
      return columns.first ?? .text(TextValues([]))
    }
    let valid = validity(columns)
    switch first {
    case .bool: return .bool(fixed(columns, valid) { if case .bool(let v) = $0 { v } else { nil } })
    case .int: return .int(fixed(columns, valid) { if case .int(let v) = $0 { v } else { nil } })
    case .number:
      return .number(fixed(columns, valid) { if case .number(let v) = $0 { v } else { nil } })
    case .date: return .date(fixed(columns, valid) { if case .date(let v) = $0 { v } else { nil } })
    case .time: return .time(fixed(columns, valid) { if case .time(let v) = $0 { v } else { nil } })
    case .duration:
      return .duration(fixed(columns, valid) { if case .duration(let v) = $0 { v } else { nil } })
    case .text: return .text(texts(columns, valid))
    case .category: return .category(texts(columns, valid))
    case .vector(let model):
      let all = columns.compactMap { if case .vector(let v) = $0 { v } else { nil } }
      let elements = all.flatMap { $0.elements }
      return .vector(
        VectorValues(
          width: model.width, elements: elements[...], valid: valid,
          count: all.reduce(0) { $0 + $1.count }))
    }
  }

  private static func validity(_ columns: [Column]) -> ArraySlice<Bool>? {
    guard columns.contains(where: { $0.valid != nil }) else { return nil }
    return columns.flatMap { $0.valid ?? [Bool](repeating: true, count: $0.count)[...] }[...]
  }

  private static func fixed<Element>(
    _ columns: [Column], _ valid: ArraySlice<Bool>?, _ values: (Column) -> Values<Element>?
  ) -> Values<Element> {
    var all: [Element] = []
    all.reserveCapacity(columns.reduce(0) { $0 + $1.count })
    for column in columns { all.append(contentsOf: values(column)?.elements ?? []) }
    return Values(all[...], valid: valid)
  }

  /// Distinct texts are numbered anew if every part has numbered ones.
  private static func texts(_ columns: [Column], _ valid: ArraySlice<Bool>?) -> TextValues {
    let parts = columns.compactMap { column -> TextValues? in
      if case .text(let values) = column { return values }
      if case .category(let values) = column { return values }
      return nil
    }
    let dictionary = TextDictionary()
    var codes: [UInt32] = []
    for part in parts {
      let heap = part.heap
      let numbers = renumbered(heap, into: dictionary)
      for row in 0..<part.count { codes.append(numbers[part.piece(row)]) }
    }
    let heap = dictionary.heap()
    if heap.count * 2 <= codes.count {
      return TextValues(heap: heap, rows: .codes(codes[...]), valid: valid)
    }
    return TextAssembly.spread(heap, codes, valid)
  }

  private static func renumbered(_ heap: TextHeap, into dictionary: TextDictionary) -> [UInt32] {
    let text = GrowingBytes()
    return (0..<heap.count).map { piece in
      text.removeAll()
      for byte in heap.bytes[heap.offsets[piece]..<heap.offsets[piece + 1]] { text.append(byte) }
      return UInt32(dictionary.insert(text.bytes, text.count))
    }
  }
}
