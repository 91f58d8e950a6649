package import Columns

/// The position of each level, from 0.
package struct EncodeOrdinal: Transform {
  package static let name = "encode.ordinal"
  package static let summary =
    "the position of each level, from 0; null stays null, unseen levels are -1"
  package static let parameters = [
    Parameter(
      "levels", .list(.text), defaultNote: "the levels of the training rows, sorted",
      "the levels in their order")
  ]
  package static let needsTarget = false

  let levels: [String]?

  package init(_ settings: Settings) throws {
    levels = settings.words("levels")
    if let levels, Set(levels).count < levels.count {
      throw DataError(
        "duplicate-level", "the levels should differ, and one is given twice",
        help: "name each level once")
    }
  }

  package static func accepts(_ type: ColumnType) -> Bool { LevelEncoding.accepts(type) }

  package func output(
    of input: Schema, columns: [String]
  ) -> (schema: Schema, open: [String]) {
    let chosen = Set(columns)
    return (
      Schema(input.fields.map { chosen.contains($0.name) ? Field($0.name, .int) : $0 }), []
    )
  }

  package func fit(
    _ table: Table, columns: [String], target: Target?, weights: [Double]?, seed: UInt64,
    workers: Workers
  ) throws -> any FittedTransform {
    let chosen = try table.chosen(columns, for: Self.self)
    let learned = try chosen.named.map { name, column in
      try workers.check()
      let seen = LevelEncoding.learn(name, column, weights: weights)
      guard let levels else { return seen }
      if let other = seen.levels.first(where: { !levels.contains($0) }) {
        throw DataError(
          "unknown-level", "`\(name)` has a level that is not in the levels given: \(other)",
          help: "add it to levels:", column: name, value: other)
      }
      return LevelEncoding.Levels(name: name, levels: levels)
    }
    return OrdinalEncoded(body: .init(columns: learned))
  }
}

struct OrdinalEncoded: FittedTransform, Embodied {
  struct Content: Body {
    var columns: [LevelEncoding.Levels]

    func check() throws { try LevelEncoding.check(columns, OrdinalEncoded.title) }
  }

  static let transform = EncodeOrdinal.name
  static let title = OrdinalEncoded.transform
  let body: Content

  func apply(_ table: Table, workers: Workers) throws -> Table {
    let new = try body.columns.map { column -> (name: String, column: Column) in
      try workers.check()
      let codes = try LevelEncoding.codes(
        table, column.name, levels: column.levels, transform: Self.transform)
      let hasNulls = codes.contains(-1)
      return (
        column.name,
        .int(
          Values(codes.map { Int64(max(-1, $0)) }, valid: hasNulls ? codes.map { $0 != -1 } : nil))
      )
    }
    return table.setting(new)
  }

  func applyToTraining(_ table: Table, workers: Workers) throws -> Table {
    try apply(table, workers: workers)
  }

  var facts: [(name: String, value: String)] {
    body.columns.map { ($0.name, "0 to \(max(0, $0.levels.count - 1)): \(listed($0.levels))") }
  }
}
