import Columns

/// How columns of features become columns of numbers: numbers, integers and truth values as they
/// are, text and categories as one column a level (sorted).
///
/// With `dropsFirst` the first level of each has no column (then the intercept stands for it);
/// levels that training did not see have 0 in all columns of theirs.
package struct Design: Codable, Sendable, Equatable {
  package enum Feature: Codable, Sendable, Equatable {
    case number(String)
    case levels(String, [String])

    package var name: String {
      switch self {
      case .number(let name), .levels(let name, _): name
      }
    }
  }

  package private(set) var features: [Feature]
  package private(set) var dropsFirst: Bool

  /// Numbers that a dense matrix may hold: 4 GB.
  static let limit = 500_000_000

  init(learning table: Table, dropsFirst: Bool, learner: String) throws {
    guard !table.columns.isEmpty else {
      throw DataError(
        "no-features", "\(learner) needs at least one feature, and there is none",
        help: "name columns after ~")
    }
    try refuseNulls(in: table, learner: learner)
    features = try table.named.map { name, column in
      switch column {
      case .bool, .int, .number: return .number(name)
      case .text, .category:
        let levels = LevelCodes(column)?.levels ?? []
        return .levels(name, LevelCodes.sorted(levels, as: .text))
      default: throw Self.refusal(name, column.type, learner: learner)
      }
    }
    self.dropsFirst = dropsFirst
    let width = terms.count
    guard width <= Self.limit / max(1, table.rowCount) else {
      throw DataError(
        "too-many-columns",
        "one-hot coding makes \(width) columns of \(table.rowCount) rows, more than memory should hold",
        help: "encode \(listed(wide)), method: target", column: wide.first)
    }
  }

  private static func refusal(_ name: String, _ type: ColumnType, learner: String) -> DataError {
    DataError(
      "feature-type",
      "\(learner) takes columns of type bool, int, number, text or category, and `\(name)` is \(type.rawValue)",
      help: "leave it out, or derive a number from it", column: name)
  }

  private var wide: [String] {
    features.compactMap { feature in
      if case .levels(let name, let levels) = feature, levels.count > 20 { name } else { nil }
    }
  }

  /// One name a column of the matrix: `age`, `sex=male`.
  package var terms: [String] {
    features.flatMap { feature -> [String] in
      switch feature {
      case .number(let name): [name]
      case .levels(let name, let levels):
        levels.dropFirst(dropsFirst ? 1 : 0).map { "\(name)=\($0)" }
      }
    }
  }

  package var width: Int {
    features.reduce(0) { sum, feature in
      switch feature {
      case .number: sum + 1
      case .levels(_, let levels): sum + max(0, levels.count - (dropsFirst ? 1 : 0))
      }
    }
  }

  /// What the card says about the coding; nil when all features are numbers.
  package var encoding: String? {
    let coded = features.compactMap { feature -> String? in
      if case .levels(let name, let levels) = feature { "\(name) (\(levels.count))" } else { nil }
    }
    if coded.isEmpty { return nil }
    return "one-hot\(dropsFirst ? " without the first level" : ""): \(listed(coded))"
  }

  func check(_ title: String) throws {
    try require(!features.isEmpty, title, "it has no features")
    let names = features.map(\.name)
    try require(Set(names).count == names.count, title, "a feature is named twice")
    for case .levels(_, let levels) in features {
      try require(Set(levels).count == levels.count, title, "a level is listed twice")
    }
  }

  /// The columns of a table ready to be read as numbers. Refuses what the model cannot take.
  func columns(of table: Table, learner: String) throws -> DesignColumns {
    let chosen = table.selecting(features.map(\.name))
    if let missing = features.first(where: { chosen[$0.name] == nil }) {
      throw DataError(
        "column-not-found",
        "the model was trained with the column `\(missing.name)`, and the table has none of that name",
        help: "it needs \(listed(features.map(\.name)))", column: missing.name)
    }
    try refuseNulls(in: chosen, learner: learner)
    var parts: [DesignColumns.Part] = []
    for (feature, column) in zip(features, chosen.columns) {
      switch feature {
      case .number(let name):
        guard let values = column.doubles else {
          throw Self.mismatch(name, column.type, wanted: "a number")
        }
        try refuseInfinite(values, column: name)
        parts.append(.number(values))
      case .levels(let name, let levels):
        guard column.type.isTextual, let codes = LevelCodes(column) else {
          throw Self.mismatch(name, column.type, wanted: "text or a category")
        }
        let first: Int32 = dropsFirst ? 1 : 0
        parts.append(
          .levels(
            codes.recoded(to: levels).map { $0 - first }, max(0, levels.count - Int(first))))
      }
    }
    return DesignColumns(rows: table.rowCount, parts: parts)
  }

  private static func mismatch(_ name: String, _ type: ColumnType, wanted: String) -> DataError {
    DataError(
      "feature-type",
      "the model was trained with `\(name)` as \(wanted), and now it is \(type.rawValue)",
      help: "cast \(name)", column: name)
  }
}

extension Column {
  /// Truth values, integers and numbers as doubles; where null, anything.
  var doubles: [Double]? {
    switch self {
    case .number(let values): Array(values.elements)
    case .int(let values): values.elements.map { Double($0) }
    case .bool(let values): values.elements.map { $0 ? 1 : 0 }
    default: nil
    }
  }
}

/// Throws when a feature has nulls, naming all that have with the stage that would mend them.
func refuseNulls(in table: Table, learner: String) throws {
  let holed = table.named.compactMap { name, column in
    let nulls = column.nullCount
    return nulls > 0 ? (name: name, type: column.type, nulls: nulls) : nil
  }
  guard let first = holed.first else { return }
  let numeric = holed.filter { $0.type.isNumeric }.map(\.name)
  let other = holed.filter { !$0.type.isNumeric }.map(\.name)
  var stages: [String] = []
  if !numeric.isEmpty { stages.append("impute \(listed(numeric)), with: median") }
  if !other.isEmpty { stages.append("impute \(listed(other)), with: mode") }
  throw DataError(
    "nulls-in-features",
    "\(learner) takes no nulls, and there are some in "
      + listed(holed.map { "\($0.name) (\($0.nulls))" }),
    help: "add before fit: \(stages.joined(separator: " | "))", column: first.name)
}

/// Throws for the first value that is infinite or not a number.
func refuseInfinite(_ values: [Double], column: String) throws {
  guard let row = values.firstIndex(where: { !$0.isFinite }) else { return }
  throw DataError(
    "not-finite", "`\(column)` should hold finite numbers, and row \(row + 1) is \(values[row])",
    help: "replace such values, or filter them out", column: column, row: row + 1,
    value: "\(values[row])")
}
