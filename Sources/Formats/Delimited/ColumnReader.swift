import Columns

/// Reads the columns of a planned text, each with the narrowest type that all its cells have.
struct ColumnReader {
  let reader: ItemReader
  let plan: RecordPlan
  let names: [String]
  let options: DelimitedOptions
  let workers: Workers
  private(set) var notes: [ReadNote] = []

  init(
    reader: ItemReader, plan: RecordPlan, names: [String], options: DelimitedOptions,
    workers: Workers
  ) {
    self.reader = reader
    self.plan = plan
    self.names = names
    self.options = options
    self.workers = workers
  }

  /// A column on its way.
  private struct Work {
    var name: String
    var position: Int
    var kind: ColumnKind
    /// Asked for; nil when the type is to be found.
    var type: ColumnType?
    var base: TextDictionary
    var hints = ColumnHints()
    var column: Column?
    /// A cell did not fit the type guessed first.
    var wasNarrower = false
  }

  mutating func read() throws -> [(name: String, column: Column)] {
    var works = try wanted()
    try guess(&works)
    while true {
      let open = works.indices.filter { works[$0].column == nil }
      if open.isEmpty { break }
      let targets = open.map { ColumnTarget(works[$0].kind, rows: plan.rows) }
      let reports = try parse(open.map { works[$0] }, targets)
      var texts: [TextAssembly] = []
      for (number, at) in open.enumerated() {
        let parts = reports.map { $0[number] }
        if try widen(&works[at], parts) { continue }
        if works[at].kind.isText || works[at].kind == .unknown {
          texts.append(
            TextAssembly(
              number: at, target: targets[number], parts: parts, base: works[at].base, plan: plan))
        } else {
          works[at].column = targets[number].column(valid: Self.validity(parts, plan))
        }
        tell(parts, works[at])
      }
      for (at, values) in try TextAssembly.finish(texts, workers: workers) {
        works[at].column = works[at].type == .category ? .category(values) : .text(values)
      }
    }
    try explain(works)
    return works.map { ($0.name, $0.column ?? .text(TextValues([]))) }
  }

  // MARK: What is to be read

  private func wanted() throws -> [Work] {
    var types: [String: ColumnType] = [:]
    if case .some(let given) = options.types { types = given }
    for name in types.keys.sorted() where !names.contains(name) {
      throw unknownColumn(name, option: "types")
    }
    let asked = options.columns ?? names
    return try asked.map { name in
      guard let position = names.firstIndex(of: name) else {
        throw unknownColumn(name, option: "columns")
      }
      let type = options.types == .allText ? .text : types[name]
      return Work(
        name: name, position: position, kind: type.map(ColumnKind.init) ?? .unknown, type: type,
        base: TextDictionary())
    }
  }

  private func unknownColumn(_ name: String, option: String) -> DataError {
    let shown = names.prefix(30).joined(separator: ", ") + (names.count > 30 ? ", …" : "")
    return DataError(
      "column-not-found", "`\(option):` names the column \(name), which the file does not have",
      help: "its columns: \(shown)", column: name)
  }

  /// Guesses from the first cells of up to sixteen items. A wrong guess costs time, nothing else.
  private func guess(_ works: inout [Work]) throws {
    let count = min(16, plan.items.count)
    let size = count == 1 ? 1 << 16 : 1 << 14
    let index = CellIndex(width: reader.width, cells: ItemReader.slabCells)
    defer { index.deallocate() }
    for number in 0..<count {
      let item = plan.items[number * plan.items.count / count].range
      let range = item.prefix(size)
      let isComplete = range.count == item.count
      try reader.store.withBytes(range) { bytes in
        if reader.dialect.comment == 0 {
          let filled = index.fill(
            bytes, from: 0, end: range.count, width: reader.width, dialect: reader.dialect,
            isComplete: isComplete)
          if !filled.isIrregular {
            look(
              Slab(
                bytes: bytes, ends: index.ends, width: reader.width, rows: filled.rows,
                quote: reader.dialect.quote, dropsReturn: reader.dialect.newline == Byte.newline),
              &works)
            return
          }
        }
        guard reader.isExact else { return }
        try reader.eachCopy(bytes, 0..<range.count, isComplete: isComplete) { slab in
          look(slab, &works)
          return false
        }
      }
    }
    for at in works.indices {
      if let type = works[at].type {
        if type.isTextual { works[at].kind = works[at].hints.textKind }
      } else {
        works[at].kind = works[at].hints.kind
      }
    }
  }

  private func look(_ slab: Slab, _ works: inout [Work]) {
    for at in works.indices {
      works[at].hints.look(slab, works[at].position, rules: options.rules, base: works[at].base)
    }
  }

  private func parse(
    _ works: [Work], _ targets: [ColumnTarget]
  ) throws -> [[ColumnPart.Report]] {
    let columns = zip(works, targets).map { ($0.position, $1, $0.base) }
    let (reader, plan, rules) = (reader, plan, options.rules)
    return try workers.map(plan.items.count) { number in
      try reader.read(plan.items[number], columns, rules: rules)
    }
  }

  // MARK: What was found

  /// Whether the column must be read again, with another kind.
  private func widen(_ work: inout Work, _ parts: [ColumnPart.Report]) throws -> Bool {
    guard parts.contains(where: { $0.failedRow >= 0 }) else { return false }
    if let type = work.type, !type.isTextual {
      for (item, part) in zip(plan.items, parts) where part.failedRow >= 0 {
        throw try misfit(work, type, row: item.firstRow + part.failedRow)
      }
    }
    if parts.contains(where: \.isCrowded) {
      work.kind = .pieces
      return true
    }
    var types = work.kind.types
    for part in parts where part.failedRow >= 0 { types.formIntersection(part.types) }
    work.wasNarrower = work.kind != .unknown
    let isOnlyQuotedEmpty = work.kind == .unknown && types == .all
    if let type = types.first, !isOnlyQuotedEmpty {
      work.kind = ColumnKind(type)
    } else {
      work.kind = work.hints.textKind
    }
    return true
  }

  private func misfit(_ work: Work, _ type: ColumnType, row: Int) throws -> DataError {
    let cells = try search(work, for: work.kind.types)
    let value = cells.values.first ?? ""
    return DataError(
      "type-mismatch",
      "row \(row + 1) of column \(work.name) is not \(Self.article(type)) as `types:` asks",
      help: "read it as text with `types: [\(work.name): text]`", column: work.name, row: row + 1,
      value: value)
  }

  private static func article(_ type: ColumnType) -> String {
    type == .int ? "an int" : "a \(type.rawValue)"
  }

  static func validity(_ parts: [ColumnPart.Report], _ plan: RecordPlan) -> [Bool]? {
    guard parts.contains(where: { $0.valid != nil }) else { return nil }
    var all: [Bool] = []
    all.reserveCapacity(plan.rows)
    for (item, part) in zip(plan.items, parts) {
      if let valid = part.valid {
        all.append(contentsOf: valid)
      } else {
        all.append(contentsOf: repeatElement(true, count: item.rows))
      }
    }
    return all
  }

  private mutating func tell(_ parts: [ColumnPart.Report], _ work: Work) {
    func sum(_ count: (ColumnPart.Report) -> Int) -> Int { parts.reduce(0) { $0 + count($1) } }
    let words = sum(\.nullWords)
    if words > 0 {
      notes.append(
        ReadNote(
          "null-words", column: work.name, "cells with a word of `nulls:` are null", count: words))
    }
    let quoted = sum(\.quotedNulls)
    if quoted > 0 {
      notes.append(
        ReadNote(
          "quoted-nulls", column: work.name, "empty cells in quotes are null", count: quoted))
    }
    let cut = sum(\.cutTimes)
    if cut > 0 {
      notes.append(
        ReadNote(
          "times-cut", column: work.name, "times were cut to microseconds", count: cut))
    }
  }

  // MARK: Why a column is text

  private mutating func explain(_ works: [Work]) throws {
    for work in works where work.type == nil {
      guard case .text(let values)? = work.column else { continue }
      if values.count > 0 && values.nullCount == values.count {
        notes.append(ReadNote("all-null", column: work.name, "every cell is null"))
        continue
      }
      if let note = work.hints.ambiguity(column: work.name) {
        notes.append(note)
      } else if let common = work.hints.common(wasNarrower: work.wasNarrower) {
        notes.append(misfitNote(work.name, try search(work, for: common.types), common.words))
      }
    }
  }

  private func search(_ work: Work, for types: CellTypes) throws -> Misfits {
    var work = work
    work.kind = .searched(types)
    let reports = try parse([work], [ColumnTarget(work.kind, rows: plan.rows)])
    return reports.reduce(into: Misfits()) { sum, parts in
      for part in parts { sum.add(part.misfits) }
    }
  }

  private func misfitNote(_ name: String, _ misfits: Misfits, _ words: String) -> ReadNote {
    let rows = misfits.rows.map { $0 + 1 }
    let cells = misfits.count == 1 ? "1 cell" : "\(misfits.count) cells"
    if misfits.leadingZeros == misfits.count && misfits.count > 0 {
      return ReadNote(
        "leading-zeros", column: name, "text, because \(cells) begin with a zero",
        count: misfits.count, rows: rows, values: misfits.values)
    }
    if misfits.tooLarge == misfits.count {
      return ReadNote(
        "large-integers", column: name,
        "text, because \(cells) hold whole numbers that would lose digits as numbers",
        count: misfits.count, rows: rows, values: misfits.values)
    }
    return ReadNote(
      "mixed-text", column: name,
      "text, because \(cells) \(misfits.count == 1 ? "is" : "are") not \(words)",
      count: misfits.count, rows: rows, values: misfits.values)
  }
}

extension Range where Bound == Int {
  fileprivate func prefix(_ most: Int) -> Range<Int> {
    lowerBound..<Swift.min(upperBound, lowerBound + most)
  }
}
