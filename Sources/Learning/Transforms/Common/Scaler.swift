import Columns

/// What all scalings have in common: a centre to take away and a size to divide by.
protocol Scaler: Transform {
  /// From the values of training rows that are not null; there is at least one.
  func measure(_ values: [Double], weights: [Double]?) -> (centre: Double, size: Double)
}

extension Scaler {
  package static var needsTarget: Bool { false }
  package static func accepts(_ type: ColumnType) -> Bool { type.isNumeric }

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
    let scales = try workers.map(columns.count) { place in
      let (name, column) = chosen.named[place]
      try column.refuseInfiniteValues(name)
      let known = column.known(weights: weights)
      guard !known.values.isEmpty else { throw allNull(name, Self.name) }
      let (centre, size) = measure(known.values, weights: known.weights)
      guard centre.isFinite, size.isFinite else {
        throw DataError(
          "out-of-range", "the numbers of `\(name)` are too large for \(Self.name)",
          help: "divide them by a constant first", column: name)
      }
      // What is left of a constant column is rounding: it is moved, not blown up.
      let isFlat = size <= 10 * Double.ulpOfOne * abs(centre)
      return Scaled<Self>.Scale(name: name, centre: centre, size: isFlat ? 1 : size)
    }
    return Scaled<Self>(body: .init(scales: scales))
  }
}

/// Columns less a centre, divided by a size. Nulls stay null.
struct Scaled<Method: Scaler>: FittedTransform, Embodied {
  struct Scale: Codable, Sendable, Equatable {
    var name: String
    var centre: Double
    var size: Double
  }

  struct Content: Body {
    var scales: [Scale]

    func check() throws {
      try require(
        scales.allSatisfy { $0.centre.isFinite && $0.size.isFinite && $0.size > 0 },
        Scaled.title, "a scale is not finite and positive")
    }
  }

  static var transform: String { Method.name }
  static var title: String { transform }
  let body: Content

  func apply(_ table: Table, workers: Workers) throws -> Table {
    let new = try workers.map(body.scales.count) { place -> (name: String, column: Column) in
      let scale = body.scales[place]
      guard let column = table[scale.name] else { throw missingColumn(scale.name, Self.transform) }
      guard Method.accepts(column.type), var values = column.doubles else {
        throw DataError(
          "column-type",
          "`\(scale.name)` was a number in training, and now it is \(column.type.rawValue)",
          help: "cast \(scale.name)", column: scale.name)
      }
      values.withUnsafeMutableBufferPointer { values in
        for row in values.indices { values[row] = (values[row] - scale.centre) / scale.size }
      }
      return (scale.name, .number(Values(values[...], valid: column.valid)))
    }
    return table.setting(new)
  }

  func applyToTraining(_ table: Table, workers: Workers) throws -> Table {
    try apply(table, workers: workers)
  }

  var facts: [(name: String, value: String)] {
    body.scales.map { ($0.name, "(x - \(short($0.centre))) / \(short($0.size))") }
  }
}
