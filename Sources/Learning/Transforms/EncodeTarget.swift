package import Columns

/// The mean of the target for each level, drawn towards the mean of all.
///
/// Training rows are coded by the means of the other folds, so that no row sees its own target; rows
/// go to folds by a hash of their content.
package struct EncodeTarget: Transform {
  package static let name = "encode.target"
  package static let summary =
    "the mean of the target for each level, drawn towards the mean of all; training rows by the other folds"
  package static let parameters = [
    Parameter(
      "smoothing", .number(lower: 0, upper: .greatestFiniteMagnitude),
      defaultNote: "by the variances within and between levels",
      unit: "rows", "how many rows of the mean of all are mixed into each level")
  ]
  package static let needsTarget = true
  static let folds = 5

  let smoothing: Double?

  package init(_ settings: Settings) throws { smoothing = settings.number("smoothing") }

  package static func accepts(_ type: ColumnType) -> Bool { LevelEncoding.accepts(type) }

  /// For a target of several classes each column becomes one a class, `name_class`.
  package func output(
    of input: Schema, columns: [String]
  ) -> (schema: Schema, open: [String]) {
    let chosen = Set(columns)
    return (
      Schema(input.fields.map { chosen.contains($0.name) ? Field($0.name, .number) : $0 }),
      columns.map { $0 + "_" }
    )
  }

  package func fit(
    _ table: Table, columns: [String], target: Target?, weights: [Double]?, seed: UInt64,
    workers: Workers
  ) throws -> any FittedTransform {
    let chosen = try table.chosen(columns, for: Self.self)
    let outcomes = try Self.outcomes(target, rows: table.rowCount)
    let folds = TargetEncoded.folds(of: table, seed: seed)
    let learned = try chosen.named.map { name, column in
      let known = LevelEncoding.learn(name, column, weights: weights)
      let codes = try LevelEncoding.codes(chosen, name, levels: known.levels, transform: Self.name)
      // Fold 5 is no row's own: it leaves none out.
      let found = try workers.map(Self.folds + 1) { fold in
        try outcomes.values.map { values in
          try workers.check()
          return self.means(
            codes, values, levels: known.levels.count, weights: weights,
            without: Int8(fold), folds: folds)
        }
      }
      return TargetEncoded.Means(known: known, means: found)
    }
    return TargetEncoded(
      body: .init(
        columns: learned, outputs: outcomes.names, seed: seed, hashed: table.schema.names))
  }

  /// One list of numbers for a numeric target or two classes (1 for the last), else one a class.
  private static func outcomes(
    _ target: Target?, rows: Int
  ) throws -> (names: [String], values: [[Double]]) {
    switch target {
    case .numbers(let values)?:
      precondition(values.count == rows, "one target a row")
      return ([], [values])
    case .classes(let codes, let labels)?:
      precondition(codes.count == rows, "one target a row")
      if labels.count <= 2 { return ([], [codes.map { $0 == 1 ? 1 : 0 }]) }
      return (
        labels.map(plainText),
        labels.indices.map { label in codes.map { $0 == Int32(label) ? 1 : 0 } }
      )
    default:
      throw DataError(
        "no-target", "\(Self.name) needs the target of a fit, and there is none",
        help: "encode with method: onehot or frequency")
    }
  }

  /// Null first, then the levels, then what unseen ones get.
  private func means(
    _ codes: [Int32], _ values: [Double], levels: Int, weights: [Double]?, without fold: Int8,
    folds: [Int8]
  ) -> [Double] {
    var counts = [Double](repeating: 0, count: levels + 1)
    var sums = counts
    var squares = counts
    let rows = codes.indices.filter { folds[$0] != fold && codes[$0] >= -1 && weights?[$0] != 0 }
    let all = weightedMean(
      rows.map { values[$0] }, weights: weights.map { all in rows.map { all[$0] } })
    // A fold may hold every row: then the mean of all rows is all that is known.
    guard !rows.isEmpty else {
      return [Double](repeating: weightedMean(values, weights: weights), count: levels + 2)
    }
    var spread = 0.0
    for row in rows {
      let weight = weights?[row] ?? 1
      counts[Int(codes[row]) + 1] += weight
      // About the mean of all, so that large values of one size lose no digits.
      sums[Int(codes[row]) + 1] += weight * (values[row] - all)
      spread += weight * (values[row] - all) * (values[row] - all)
    }
    let total = counts.reduce(0, +)
    let own = zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
    for row in rows {
      let place = Int(codes[row]) + 1
      let error = values[row] - all - own[place]
      squares[place] += (weights?[row] ?? 1) * error * error
    }
    var answer = counts.indices.map { place -> Double in
      guard counts[place] > 0 else { return all }
      if let smoothing {
        return all + sums[place] / (counts[place] + smoothing)
      }
      // Empirical Bayes: the level's share grows with its rows and shrinks with its own variance.
      let between = spread / total * counts[place]
      let share = between / (between + squares[place] / counts[place])
      return share.isNaN ? all : all + share * own[place]
    }
    answer.append(all)
    return answer
  }
}

struct TargetEncoded: FittedTransform, Embodied {
  struct Means: Codable, Sendable, Equatable {
    var known: LevelEncoding.Levels
    /// For each fold left out, and at last for none: by output, null, the levels, unseen.
    var means: [[[Double]]]
  }

  struct Content: Body {
    var columns: [Means]
    /// Names of the classes when there are several, else empty.
    var outputs: [String]
    var seed: UInt64
    /// Columns whose content decides the fold of a training row.
    var hashed: [String]

    func check() throws {
      let title = TargetEncoded.title
      try LevelEncoding.check(columns.map(\.known), title)
      for column in columns {
        try require(
          column.means.count == EncodeTarget.folds + 1
            && column.means.allSatisfy { $0.count == max(1, outputs.count) }
            && column.means.allSatisfy {
              $0.allSatisfy { $0.count == column.known.levels.count + 2 }
            },
          title, "the means of \(column.known.name) do not fit its levels")
        try require(
          column.means.allSatisfy { $0.allSatisfy(\.allFinite) }, title, "a mean is not finite")
      }
    }
  }

  static let transform = EncodeTarget.name
  static let title = TargetEncoded.transform
  let body: Content

  static func folds(of table: Table, seed: UInt64) -> [Int8] {
    rowHashes(table).map { Int8(mixed($0 ^ mixed(seed)) % UInt64(EncodeTarget.folds)) }
  }

  func apply(_ table: Table, workers: Workers) throws -> Table {
    let rest = Int8(EncodeTarget.folds)
    return try encode(
      table, folds: [Int8](repeating: rest, count: table.rowCount), workers: workers)
  }

  func applyToTraining(_ table: Table, workers: Workers) throws -> Table {
    for name in body.hashed where table[name] == nil {
      throw missingColumn(name, Self.transform)
    }
    let folds = Self.folds(of: table.selecting(body.hashed), seed: body.seed)
    return try encode(table, folds: folds, workers: workers)
  }

  private func encode(_ table: Table, folds: [Int8], workers: Workers) throws -> Table {
    var new: [String: [(name: String, column: Column)]] = [:]
    for column in body.columns {
      try workers.check()
      let name = column.known.name
      let codes = try LevelEncoding.codes(
        table, name, levels: column.known.levels, transform: Self.transform)
      let unseen = column.known.levels.count + 1
      new[name] = column.means[0].indices.map { output in
        let values = codes.indices.map { row in
          let place = codes[row] == -2 ? unseen : Int(codes[row]) + 1
          return column.means[Int(folds[row])][output][place]
        }
        return (
          body.outputs.isEmpty ? name : "\(name)_\(body.outputs[output])", .number(Values(values))
        )
      }
    }
    return try table.replacing(new)
  }

  var facts: [(name: String, value: String)] {
    body.columns.map { column in
      let all = column.means.last?.first?.last ?? 0
      return (
        column.known.name, "\(column.known.levels.count) levels, mean of all \(short(all))"
      )
    }
  }
}
