import Columns

/// What all ways to code levels have in common.
enum LevelEncoding {
  static func accepts(_ type: ColumnType) -> Bool {
    type.isTextual || type == .int || type == .bool
  }

  /// Levels of training rows in order, and how much each and null weigh.
  struct Levels: Codable, Sendable, Equatable {
    var name: String
    var levels: [String]
  }

  static func learn(_ name: String, _ column: Column, weights: [Double]?) -> Levels {
    guard let codes = LevelCodes(column) else { return Levels(name: name, levels: []) }
    var seen = [Bool](repeating: weights == nil, count: codes.levels.count)
    if let weights {
      for (row, code) in codes.codes.enumerated() where code >= 0 && weights[row] > 0 {
        seen[Int(code)] = true
      }
    }
    let levels = codes.levels.indices.filter { seen[$0] }.map { codes.levels[$0] }
    return Levels(name: name, levels: LevelCodes.sorted(levels, as: column.type))
  }

  /// The rows of a column as positions in the levels learned: -1 for null, -2 for others.
  static func codes(
    _ table: Table, _ name: String, levels: [String], transform: String
  ) throws -> [Int32] {
    guard let column = table[name] else { throw missingColumn(name, transform) }
    guard accepts(column.type), let codes = LevelCodes(column) else {
      throw DataError(
        "column-type",
        "`\(name)` held levels in training, and now it is \(column.type.rawValue)",
        help: "cast \(name)", column: name)
    }
    return codes.recoded(to: levels)
  }

  static func check(_ levels: [Levels], _ title: String) throws {
    for column in levels {
      try require(
        Set(column.levels).count == column.levels.count, title,
        "a level of \(column.name) is listed twice")
    }
  }
}
