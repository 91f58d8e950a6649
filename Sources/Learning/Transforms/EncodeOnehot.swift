package import Columns

/// A column of 0 and 1 for each level, in sorted order.
package struct EncodeOnehot: Transform {
  package static let name = "encode.onehot"
  package static let summary = "a column `name=level` of 0 and 1 for each level"
  package static let parameters = [
    Parameter(
      "unknown", .word(["zeros", "column"]), standard: .text("zeros"),
      "what null and levels not seen in training become: 0 everywhere, or 1 in a column `name=unknown`"
    )
  ]
  package static let needsTarget = false

  let hasBucket: Bool

  package init(_ settings: Settings) throws { hasBucket = settings.word("unknown") == "column" }

  package static func accepts(_ type: ColumnType) -> Bool { LevelEncoding.accepts(type) }

  package func output(
    of input: Schema, columns: [String]
  ) -> (schema: Schema, open: [String]) {
    let chosen = Set(columns)
    return (Schema(input.fields.filter { !chosen.contains($0.name) }), columns.map { $0 + "=" })
  }

  package func fit(
    _ table: Table, columns: [String], target: Target?, weights: [Double]?, seed: UInt64,
    workers: Workers
  ) throws -> any FittedTransform {
    let chosen = try table.chosen(columns, for: Self.self)
    let learned = try chosen.named.map { name, column in
      try workers.check()
      let learned = LevelEncoding.learn(name, column, weights: weights)
      guard learned.levels.count <= Design.limit / max(1, table.rowCount) else {
        throw DataError(
          "too-many-columns",
          "`\(name)` has \(learned.levels.count) levels, more columns than memory should hold",
          help: "encode \(name), method: target", column: name)
      }
      if hasBucket && learned.levels.contains("unknown") {
        throw DataError(
          "duplicate-column", "`\(name)` has a level `unknown` of its own",
          help: "unknown: zeros", column: name)
      }
      return learned
    }
    return OnehotEncoded(body: .init(columns: learned, hasBucket: hasBucket))
  }
}

struct OnehotEncoded: FittedTransform, Embodied {
  struct Content: Body {
    var columns: [LevelEncoding.Levels]
    var hasBucket: Bool

    func check() throws { try LevelEncoding.check(columns, OnehotEncoded.title) }
  }

  static let transform = EncodeOnehot.name
  static let title = OnehotEncoded.transform
  let body: Content

  func apply(_ table: Table, workers: Workers) throws -> Table {
    var new: [String: [(name: String, column: Column)]] = [:]
    for column in body.columns {
      let codes = try LevelEncoding.codes(
        table, column.name, levels: column.levels, transform: Self.transform)
      let parts = try workers.map(column.levels.count) { level in
        codes.map { $0 == Int32(level) ? Int64(1) : 0 }
      }
      var columns = zip(column.levels, parts).map { level, part in
        (name: "\(column.name)=\(level)", column: Column.int(Values(part)))
      }
      if body.hasBucket {
        columns.append(
          ("\(column.name)=unknown", .int(Values(codes.map { $0 < 0 ? Int64(1) : 0 }))))
      }
      new[column.name] = columns
    }
    return try table.replacing(new)
  }

  func applyToTraining(_ table: Table, workers: Workers) throws -> Table {
    try apply(table, workers: workers)
  }

  var facts: [(name: String, value: String)] {
    body.columns.map { ($0.name, "\($0.levels.count) columns: \(listed($0.levels))") }
  }
}
