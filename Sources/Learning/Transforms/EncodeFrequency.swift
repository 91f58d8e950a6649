package import Columns

/// How common each level is among training rows.
package struct EncodeFrequency: Transform {
  package static let name = "encode.frequency"
  package static let summary =
    "the share of training rows with the same level (or null); 0 for unseen levels"
  package static let parameters: [Parameter] = []
  package static let needsTarget = false

  package init(_ settings: Settings) throws {}

  package static func accepts(_ type: ColumnType) -> Bool { LevelEncoding.accepts(type) }

  package func output(
    of input: Schema, columns: [String]
  ) -> (schema: Schema, open: [String]) {
    let chosen = Set(columns)
    return (
      Schema(input.fields.map { chosen.contains($0.name) ? Field($0.name, .number) : $0 }), []
    )
  }

  package func fit(
    _ table: Table, columns: [String], target: Target?, weights: [Double]?, seed: UInt64,
    workers: Workers
  ) throws -> any FittedTransform {
    let chosen = try table.chosen(columns, for: Self.self)
    let learned = try chosen.named.map { name, column in
      try workers.check()
      let known = LevelEncoding.learn(name, column, weights: weights)
      var sums = [Double](repeating: 0, count: known.levels.count)
      var nulls = 0.0
      var total = 0.0
      let codes = try LevelEncoding.codes(chosen, name, levels: known.levels, transform: Self.name)
      for (row, code) in codes.enumerated() {
        let weight = weights?[row] ?? 1
        total += weight
        if code >= 0 { sums[Int(code)] += weight } else if code == -1 { nulls += weight }
      }
      guard total > 0 else { throw allNull(name, Self.name) }
      return FrequencyEncoded.Shares(
        known: known, shares: sums.map { $0 / total }, nulls: nulls / total)
    }
    return FrequencyEncoded(body: .init(columns: learned))
  }
}

struct FrequencyEncoded: FittedTransform, Embodied {
  struct Shares: Codable, Sendable, Equatable {
    var known: LevelEncoding.Levels
    var shares: [Double]
    var nulls: Double
  }

  struct Content: Body {
    var columns: [Shares]

    func check() throws {
      let title = FrequencyEncoded.title
      try LevelEncoding.check(columns.map(\.known), title)
      for column in columns {
        try require(
          column.shares.count == column.known.levels.count, title,
          "\(column.known.name) has \(column.shares.count) shares for \(column.known.levels.count) levels"
        )
        try require(
          column.shares.allFinite && column.nulls.isFinite, title, "a share is not finite")
      }
    }
  }

  static let transform = EncodeFrequency.name
  static let title = FrequencyEncoded.transform
  let body: Content

  func apply(_ table: Table, workers: Workers) throws -> Table {
    let new = try body.columns.map { column -> (name: String, column: Column) in
      try workers.check()
      let codes = try LevelEncoding.codes(
        table, column.known.name, levels: column.known.levels, transform: Self.transform)
      return (
        column.known.name,
        .number(
          Values(codes.map { $0 >= 0 ? column.shares[Int($0)] : $0 == -1 ? column.nulls : 0 }))
      )
    }
    return table.setting(new)
  }

  func applyToTraining(_ table: Table, workers: Workers) throws -> Table {
    try apply(table, workers: workers)
  }

  var facts: [(name: String, value: String)] {
    body.columns.map { ($0.known.name, "\($0.known.levels.count) levels") }
  }
}
