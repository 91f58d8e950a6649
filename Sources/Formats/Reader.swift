package import Columns

/// What is to be read, and how.
package struct ReadRequest: Sendable {
  /// A path, a pattern for several files (`data/2024-*.csv`), or `-` for the standard input.
  package var path: String
  /// Settings of `FormatCatalog.readParameters`.
  package var settings: Settings
  /// Bytes a worker takes at a time; only tests choose another size.
  var pieceSize = Fingerprint.block

  package init(path: String, settings: Settings = Settings(of: FormatCatalog.readParameters)) {
    self.path = path
    self.settings = settings
  }
}

/// A table that was read, and what is to be told about it.
package struct ReadResult: Sendable {
  package var table: Table
  package var notes: [ReadNote]
  /// Name of the format.
  package var format: String
  /// Size of the source, or of all sources.
  package var bytes: Int
}

/// Names and types, before everything is read.
package struct Inspection: Sendable {
  package var schema: Schema
  /// The whole source was looked at. Otherwise a type may turn out wider.
  package var isExact: Bool
  package var notes: [ReadNote]
  package var format: String
  package var bytes: Int

  package init(schema: Schema, isExact: Bool, notes: [ReadNote], format: String, bytes: Int) {
    self.schema = schema
    self.isExact = isExact
    self.notes = notes
    self.format = format
    self.bytes = bytes
  }
}

/// Reads sources of every format.
package enum Reader {
  package static func read(_ request: ReadRequest, workers: Workers) throws -> ReadResult {
    let paths = try SourceOpening.paths(request.path)
    var parts: [TableStack.Part] = []
    for path in paths {
      try workers.check()
      parts.append(try part(path, request, isHead: false, workers: workers).part)
    }
    var result = try TableStack.joined(parts, request: request) { path, types in
      try part(path, request, types: types, isHead: false, workers: workers).part
    }
    let rows = result.table.rowCount
    let fingerprint =
      parts.count == 1
      ? parts[0].loaded.fingerprint
      : Fingerprint.combined(parts.map(\.loaded.fingerprint), count: parts.count)
    result.table.lineage = Lineage(source: fingerprint, rows: .range(0..<rows))
    return result
  }

  package static func inspect(_ request: ReadRequest, workers: Workers) throws -> Inspection {
    let paths = try SourceOpening.paths(request.path)
    let (part, isExact) = try part(paths[0], request, isHead: true, workers: workers)
    let result = try TableStack.joined([part], request: request) { _, _ in part }
    return Inspection(
      schema: result.table.schema, isExact: isExact && paths.count == 1, notes: result.notes,
      format: part.format, bytes: part.bytes)
  }

  /// The content's hash: equal for equal bytes, whatever the file is called and however it is read.
  package static func fingerprint(_ path: String, workers: Workers) throws -> UInt64 {
    let prints = try SourceOpening.paths(path).map { path in
      let store = try SourceOpening.store(path, workers: workers)
      let print = try Fingerprint.of(store, workers: workers)
      try store.checkUnchanged()
      return print
    }
    return prints.count == 1 ? prints[0] : Fingerprint.combined(prints, count: prints.count)
  }

  /// Reads bytes that are in memory already.
  package static func read(
    bytes: [UInt8], path: String, settings: Settings, workers: Workers
  ) throws -> ReadResult {
    var request = ReadRequest(path: path, settings: settings)
    request.pieceSize = Fingerprint.block
    return try read(bytes: bytes, request, workers: workers)
  }

  static func read(
    bytes: [UInt8], _ request: ReadRequest, workers: Workers
  ) throws -> ReadResult {
    let input = Input(path: request.path, store: ByteStore(bytes))
    let part = try part(input, request, types: [:], bytes: bytes.count, workers: workers)
    var result = try TableStack.joined([part], request: request) { _, _ in part }
    result.table.lineage = Lineage(
      source: part.loaded.fingerprint, rows: .range(0..<result.table.rowCount))
    return result
  }

  private static func part(
    _ path: String, _ request: ReadRequest, types: [String: ColumnType] = [:], isHead: Bool,
    workers: Workers
  ) throws -> (part: TableStack.Part, isExact: Bool) {
    let (input, bytes) = try SourceOpening.open(path, isHead: isHead, workers: workers)
    let part = try part(input, request, types: types, bytes: bytes, workers: workers)
    return (part, !input.isCut)
  }

  private static func part(
    _ input: Input, _ request: ReadRequest, types: [String: ColumnType], bytes: Int,
    workers: Workers
  ) throws -> TableStack.Part {
    var input = input
    input.pieceSize = request.pieceSize
    let format = try format(of: input, request.settings)
    try FormatCatalog.check(request.settings, for: format)
    var values = request.settings.values
    if !types.isEmpty {
      var entries: [Value.Entry] = []
      if case .dictionary(let given)? = values["types"] {
        entries = given.filter { types[$0.label] == nil }
      }
      entries += types.sorted { $0.key < $1.key }.map { .init($0.key, .text($0.value.rawValue)) }
      values["types"] = .dictionary(entries)
    }
    let loaded = try format.read(
      input, settings: Settings(values, of: FormatCatalog.readParameters), workers: workers)
    return TableStack.Part(
      path: input.path, format: format.names[0], bytes: bytes, loaded: loaded)
  }

  private static func format(
    of input: Input, _ settings: Settings
  ) throws -> any Format.Type {
    if let name = settings.word("format") {
      guard let format = FormatCatalog.named(name) else {
        let names = FormatCatalog.all.flatMap { $0.names }.joined(separator: ", ")
        throw DataError(
          "unknown-format", "there is no format `\(name)`", help: "the formats are \(names)")
      }
      return format
    }
    return try FormatCatalog.found(in: input.head(4096), path: input.path)
  }
}
