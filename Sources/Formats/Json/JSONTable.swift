import Columns

/// Makes typed columns of what `JSONColumns` gathered.
struct JSONTable {
  let bytes: UnsafePointer<UInt8>
  let rules: CellRules
  let type: ColumnType?
  let name: String

  // Nothing is written while columns are made side by side.
  /// What all columns are made of.
  struct Source: @unchecked Sendable {
    let bytes: UnsafePointer<UInt8>
    let columns: JSONColumns
  }

  struct Made: Sendable {
    var name: String
    var column: Column
    var notes: [ReadNote]
  }

  static func make(
    _ source: Source, options: DelimitedOptions, workers: Workers
  ) throws -> [Made] {
    let names = (0..<source.columns.cells.count).map { source.columns.name($0) }
    var types: [String: ColumnType] = [:]
    if case .some(let asked) = options.types { types = asked }
    for name in types.keys.sorted() + (options.columns ?? []) where !names.contains(name) {
      throw DataError(
        "column-not-found", "the file has no column \(name)",
        help: "its columns: \(names.prefix(30).joined(separator: ", "))", column: name)
    }
    let wanted = options.columns?.compactMap(names.firstIndex(of:)) ?? Array(names.indices)
    let given = types
    return try workers.map(wanted.count) { number in
      let name = names[wanted[number]]
      let type = options.types == .allText ? .text : given[name]
      let table = JSONTable(
        bytes: source.bytes, rules: options.rules, type: type, name: name)
      return try table.column(source.columns.cells[wanted[number]])
    }
  }

  /// How many cells of each sort a column has.
  private struct Census {
    var types = CellTypes.all
    var filled = 0
    var strings = 0
    var numbers = 0
    var arrays = 0
    var others = 0
    var misfits = Misfits()
  }

  // MARK: One column

  private func column(_ cells: [JSONColumns.Cell]) throws -> Made {
    let census = census(cells)
    if type == nil && census.arrays == census.filled && census.filled > 0,
      let vectors = vectors(cells)
    {
      return vectors
    }
    var notes: [ReadNote] = []
    let found = type ?? (census.filled == 0 ? .text : census.types.first ?? .text)
    if type == nil && found == .text { notes += textNotes(census) }
    let column: Column
    switch found {
    case .bool:
      column = try .bool(
        fixed(cells) { (CellRules.bool($0, $1) == 1, CellRules.bool($0, $1) >= 0) })
    case .int: column = try .int(fixed(cells) { rules.int($0, $1) })
    case .number: column = try .number(fixed(cells) { rules.number($0, $1) })
    case .date: column = try .date(fixed(cells) { TimeText.parseDate($0, $1, rules.dates) })
    case .time:
      column = try .time(
        fixed(cells) {
          let time = TimeText.parseTime($0, $1, rules.dates)
          return (time.value, time.ok)
        })
    case .category: column = .category(text(cells, isCategory: true))
    default: column = .text(text(cells, isCategory: false))
    }
    return Made(name: name, column: column, notes: notes)
  }

  private func census(_ cells: [JSONColumns.Cell]) -> Census {
    var census = Census()
    for (row, cell) in cells.enumerated() {
      guard let kind = kind(cell) else { continue }
      let start = bytes + cell.start
      let count = Int(cell.count)
      census.filled += 1
      var types: CellTypes = []
      switch kind {
      case .null: break
      case .bool: types = .bool
      case .number:
        census.numbers += 1
        types = rules.types(start, count).intersection([.int, .number])
        if types.isEmpty { census.misfits.add(start, count, row: row) }
      case .string:
        census.strings += 1
        types = rules.types(start, count).intersection([.date, .time])
      case .escaped: census.strings += 1
      case .array: census.arrays += 1
      case .object: census.others += 1
      }
      census.types.formIntersection(types)
    }
    return census
  }

  /// Nil for null.
  private func kind(_ cell: JSONColumns.Cell) -> JSONParser.Kind? {
    guard let kind = cell.kind, kind != .null else { return nil }
    if kind == .string && rules.isNull(bytes + cell.start, Int(cell.count)) { return nil }
    return kind
  }

  private func textNotes(_ census: Census) -> [ReadNote] {
    if census.filled == 0 { return [ReadNote("all-null", column: name, "every cell is null")] }
    if census.strings == census.filled { return [] }
    if census.numbers == census.filled {
      let misfits = census.misfits
      return [
        ReadNote(
          "large-integers", column: name,
          "text, because some numbers would be changed by 64 bits",
          count: max(1, misfits.count), rows: misfits.rows.map { $0 + 1 }, values: misfits.values)
      ]
    }
    return [
      ReadNote(
        "mixed-values", column: name,
        "text, because its values are of several kinds; what is no text is kept as JSON",
        count: census.filled - census.strings)
    ]
  }

  private func fixed<Element>(
    _ cells: [JSONColumns.Cell],
    _ parse: (UnsafePointer<UInt8>, Int) -> (value: Element, ok: Bool)
  ) throws -> Values<Element> where Element: ExpressibleByZero {
    var elements: [Element] = []
    elements.reserveCapacity(cells.count)
    var valid: [Bool]?
    for (row, cell) in cells.enumerated() {
      guard kind(cell) != nil else {
        if valid == nil { valid = [Bool](repeating: true, count: cells.count) }
        valid?[row] = false
        elements.append(.zero)
        continue
      }
      let (value, ok) = parse(bytes + cell.start, Int(cell.count))
      guard ok else {
        throw DataError(
          "type-mismatch",
          "row \(row + 1) of column \(name) is not of the type that `types:` asks",
          help: "read it as text with `types: [\(name): text]`", column: name, row: row + 1)
      }
      elements.append(value)
    }
    return Values(elements, valid: valid)
  }

  private func text(_ cells: [JSONColumns.Cell], isCategory: Bool) -> TextValues {
    let distinct = TextDictionary()
    let scratch = GrowingBytes()
    var codes: [UInt32] = []
    codes.reserveCapacity(cells.count)
    var valid: [Bool]?
    for (row, cell) in cells.enumerated() {
      guard let kind = kind(cell) else {
        if valid == nil { valid = [Bool](repeating: true, count: cells.count) }
        valid?[row] = false
        codes.append(0)
        continue
      }
      let start = bytes + cell.start
      scratch.removeAll()
      switch kind {
      case .escaped: JSONParser.unescape(start, Int(cell.count), into: scratch)
      case .array, .object: JSONTable.squeeze(start, Int(cell.count), into: scratch)
      default: scratch.append(start, Int(cell.count))
      }
      _ = scratch.room(for: slack)
      codes.append(UInt32(distinct.insert(scratch.bytes, scratch.count)))
    }
    let heap = distinct.heap()
    if isCategory || distinct.count * 2 <= cells.count {
      return TextValues(heap: heap, rows: .codes(codes[...]), valid: valid.map { $0[...] })
    }
    return TextAssembly.spread(heap, codes, valid.map { $0[...] })
  }

  /// JSON without the blanks between its values.
  private static func squeeze(
    _ start: UnsafePointer<UInt8>, _ count: Int, into text: GrowingBytes
  ) {
    var isInString = false
    var at = 0
    while at < count {
      let byte = start[at]
      if isInString {
        text.append(byte)
        if byte == 0x5C {
          at += 1
          text.append(start[at])
        }
        if byte == 0x22 { isInString = false }
      } else if byte > 0x20 {
        text.append(byte)
        if byte == 0x22 { isInString = true }
      }
      at += 1
    }
  }

  // MARK: Vectors

  /// The column as vectors, if its arrays are numbers and equally long.
  private func vectors(_ cells: [JSONColumns.Cell]) -> Made? {
    var width = -1
    var elements: [Float] = []
    var rounded = 0
    var valid: [Bool]?
    // Nulls before the first array do not know the width yet.
    guard let first = cells.first(where: { kind($0) != nil }), let model = numbers(first),
      !model.isEmpty
    else { return nil }
    width = model.count
    for (row, cell) in cells.enumerated() {
      guard kind(cell) != nil else {
        if valid == nil { valid = [Bool](repeating: true, count: cells.count) }
        valid?[row] = false
        elements.append(contentsOf: repeatElement(0, count: width))
        continue
      }
      guard let numbers = numbers(cell), numbers.count == width else { return nil }
      for number in numbers {
        let value = Float(number)
        guard value.isFinite else { return nil }
        // Decimal fractions are never exact; what is lost beyond that is digits.
        if NumberScan.double(value.description) != number { rounded += 1 }
        elements.append(value)
      }
    }
    var notes: [ReadNote] = []
    if rounded > 0 {
      notes.append(
        ReadNote(
          "vector-rounded", column: name, "vectors keep about seven digits of each number",
          count: rounded))
    }
    let vectors = VectorValues(
      width: width, elements: elements[...], valid: valid.map { $0[...] }, count: cells.count)
    return Made(name: name, column: .vector(vectors), notes: notes)
  }

  private func numbers(_ cell: JSONColumns.Cell) -> [Double]? {
    var parser = JSONParser(bytes + cell.start, Int(cell.count))
    guard (try? parser.value()) != nil else { return nil }
    var numbers: [Double] = []
    for node in parser.tape.dropFirst() {
      guard node.kind == .number else { return nil }
      let parsed = NumberScan.parseDecimal(
        parser.bytes + node.start, node.end - node.start, exactIntegers: false)
      guard parsed.ok else { return nil }
      numbers.append(parsed.value)
    }
    return numbers
  }
}

/// What stands in the place of a null.
protocol ExpressibleByZero: Sendable {
  static var zero: Self { get }
}

extension Int64: ExpressibleByZero {}
extension Int32: ExpressibleByZero {}
extension Double: ExpressibleByZero {}
extension Bool: ExpressibleByZero {
  static var zero: Bool { false }
}
