extension Column {
  /// The rows of all columns, one after the other.
  ///
  /// - Precondition: there is a column, all are of one type, and vectors of one width; verbs see to
  ///   that beforehand.
  package static func concatenated(_ columns: [Column]) -> Column {
    guard let first = columns.first else { preconditionFailure("there is a column to append to") }
    let parts = columns.filter { $0.count > 0 }
    guard parts.count > 1 else { return parts.first ?? first }
    switch first {
    case .bool: return .bool(join(parts) { if case .bool(let values) = $0 { values } else { nil } })
    case .int: return .int(join(parts) { if case .int(let values) = $0 { values } else { nil } })
    case .number:
      return .number(join(parts) { if case .number(let values) = $0 { values } else { nil } })
    case .date: return .date(join(parts) { if case .date(let values) = $0 { values } else { nil } })
    case .time: return .time(join(parts) { if case .time(let values) = $0 { values } else { nil } })
    case .duration:
      return .duration(join(parts) { if case .duration(let values) = $0 { values } else { nil } })
    case .text:
      return .text(joinTexts(parts.map { if case .text(let values) = $0 { values } else { nil } }))
    case .category:
      let all: [TextValues?] = parts.map { if case .category(let all) = $0 { all } else { nil } }
      return .category(joinTexts(all, isDistinct: true))
    case .vector: return .vector(joinVectors(parts))
    }
  }

  private static func flags(_ columns: [Column]) -> ArraySlice<Bool>? {
    guard columns.contains(where: { $0.valid != nil }) else { return nil }
    var flags: [Bool] = []
    flags.reserveCapacity(columns.reduce(0) { $0 + $1.count })
    for column in columns {
      if let valid = column.valid {
        flags.append(contentsOf: valid)
      } else {
        flags.append(contentsOf: repeatElement(true, count: column.count))
      }
    }
    return flags[...]
  }

  private static func join<Element: Sendable>(
    _ columns: [Column], _ unwrap: (Column) -> Values<Element>?
  ) -> Values<Element> {
    var elements: [Element] = []
    elements.reserveCapacity(columns.reduce(0) { $0 + $1.count })
    for column in columns {
      guard let values = unwrap(column) else {
        preconditionFailure("columns that follow one another have one type")
      }
      elements.append(contentsOf: values.elements)
    }
    return Values(elements[...], valid: flags(columns))
  }

  private static func joinVectors(_ columns: [Column]) -> VectorValues {
    var elements: [Float] = []
    var width: Int?
    var count = 0
    // A column of nulls may not know how wide it would be.
    for case .vector(let values) in columns where values.width > 0 { width = values.width }
    for case .vector(let values) in columns {
      precondition(
        values.width == width ?? 0 || values.width == 0 && values.valid?.contains(true) == false,
        "vectors that follow one another have one width")
      if values.width == 0 {
        elements.append(contentsOf: repeatElement(0, count: values.count * (width ?? 0)))
      } else {
        elements.append(contentsOf: values.elements)
      }
      count += values.count
    }
    return VectorValues(
      width: width ?? 0, elements: elements[...], valid: flags(columns), count: count)
  }

  private static func joinTexts(_ given: [TextValues?], isDistinct: Bool = false) -> TextValues {
    let texts = given.compactMap { $0 }
    precondition(texts.count == given.count, "columns that follow one another have one type")
    let valid = flags(texts.map(Column.text))
    let count = texts.reduce(0) { $0 + $1.count }
    let heaps = texts.map(\.heap)
    if heaps.allSatisfy({ $0 === heaps[0] }) {
      var codes: [UInt32] = []
      codes.reserveCapacity(count)
      for text in texts { text.appendCodes(to: &codes) { $0 } }
      return TextValues(heap: heaps[0], rows: .codes(codes[...]), valid: valid)
    }
    let pieces = heaps.reduce(0) { $0 + $1.count }
    if isDistinct || heaps.allSatisfy(\.isDistinct) && pieces <= count / 2 {
      return joinDictionaries(texts, count, valid)
    }
    return joinHeaps(texts, count, valid)
  }

  private static func joinDictionaries(
    _ texts: [TextValues], _ count: Int, _ valid: ArraySlice<Bool>?
  ) -> TextValues {
    var dictionary = TextDictionary()
    var codes: [UInt32] = []
    codes.reserveCapacity(count)
    for text in texts {
      let numbers = text.heap.withView { view in
        (0..<text.heap.count).map {
          UInt32(
            dictionary.insert(UnsafeBufferPointer(start: view.start($0), count: view.count($0))))
        }
      }
      text.appendCodes(to: &codes) { numbers[Int($0)] }
    }
    return TextValues(heap: dictionary.heap, rows: .codes(codes[...]), valid: valid)
  }

  private static func joinHeaps(
    _ texts: [TextValues], _ count: Int, _ valid: ArraySlice<Bool>?
  ) -> TextValues {
    var bytes: [UInt8] = []
    var offsets = [0]
    var codes: [UInt32] = []
    // Where every row is the next piece no codes are needed.
    let isPlain = texts.allSatisfy { if case .pieces = $0.rows { true } else { false } }
    bytes.reserveCapacity(texts.reduce(0) { $0 + $1.heap.bytes.count })
    for text in texts {
      let base = bytes.count
      let piece = UInt32(offsets.count - 1)
      switch text.rows {
      case .pieces(let start, let rows):
        let from = text.heap.offsets[start]
        bytes.append(contentsOf: text.heap.bytes[from..<text.heap.offsets[start + rows]])
        offsets.append(
          contentsOf: text.heap.offsets[(start + 1)..<(start + rows + 1)].lazy.map {
            $0 - from + base
          })
        if !isPlain { codes.append(contentsOf: piece..<piece + UInt32(rows)) }
      case .codes:
        bytes.append(contentsOf: text.heap.bytes)
        offsets.append(contentsOf: text.heap.offsets.dropFirst().lazy.map { $0 + base })
        text.appendCodes(to: &codes) { $0 + piece }
      }
    }
    return TextValues(
      heap: TextHeap(bytes: bytes, offsets: offsets, isDistinct: false),
      rows: isPlain ? .pieces(start: 0, count: count) : .codes(codes[...]), valid: valid)
  }
}

extension TextValues {
  fileprivate func appendCodes(to codes: inout [UInt32], _ change: (UInt32) -> UInt32) {
    switch rows {
    case .pieces(let start, let count):
      for piece in start..<start + count { codes.append(change(UInt32(piece))) }
    case .codes(let own): for code in own { codes.append(change(code)) }
    }
  }
}

extension Table {
  /// The rows of all tables, one after the other. Lineage is kept when all come from one source.
  ///
  /// - Precondition: there is a table, and all have the same schema; verbs see to that beforehand.
  package static func concatenated(_ tables: [Table]) -> Table {
    guard let first = tables.first else { preconditionFailure("there is a table to append to") }
    guard tables.count > 1 else { return first }
    precondition(
      tables.allSatisfy { $0.schema == first.schema }, "tables that are appended have one schema")
    let columns = first.schema.names.enumerated().map { position, name in
      (name, Column.concatenated(tables.map { $0.columns[position] }))
    }
    let lineages = tables.compactMap(\.lineage)
    return Table(
      columns, rowCount: tables.reduce(0) { $0 + $1.rowCount },
      lineage: lineages.count == tables.count ? Lineage.concatenated(lineages) : nil)
  }
}

extension Lineage {
  /// Nil when the rows come from several sources.
  static func concatenated(_ parts: [Lineage]) -> Lineage? {
    guard let first = parts.first, parts.allSatisfy({ $0.source == first.source }) else {
      return nil
    }
    var rows: [Int32] = []
    for part in parts {
      switch part.rows {
      case .range(let range): rows.append(contentsOf: range.lazy.map { Int32($0) })
      case .picked(let picked): rows.append(contentsOf: picked)
      }
    }
    return Lineage(source: first.source, rows: .picked(rows[...]))
  }
}
