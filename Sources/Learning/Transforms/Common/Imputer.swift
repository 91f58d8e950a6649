import Columns

/// What all ways to fill nulls have in common: one value a column.
protocol Imputer: Transform {
  var indicator: Bool { get }
  /// The value to put where a column of training rows is null.
  func fill(_ column: Column, name: String, weights: [Double]?) throws -> Value
  /// The type after filling.
  func filled(_ type: ColumnType) -> ColumnType
}

let indicatorParameter = Parameter(
  "indicator", .flag, standard: .bool(false),
  "adds a column `<name>_missing` that tells which rows were null")

extension Imputer {
  package static var needsTarget: Bool { false }

  package func output(
    of input: Schema, columns: [String]
  ) -> (schema: Schema, open: [String]) {
    let chosen = Set(columns)
    var fields = input.fields.map { field in
      chosen.contains(field.name) ? Field(field.name, filled(field.type)) : field
    }
    let names = Set(input.names)
    for name in columns where indicator && !names.contains(name + "_missing") {
      fields.append(Field(name + "_missing", .bool))
    }
    return (Schema(fields), [])
  }

  package func fit(
    _ table: Table, columns: [String], target: Target?, weights: [Double]?, seed: UInt64,
    workers: Workers
  ) throws -> any FittedTransform {
    let chosen = try table.chosen(columns, for: Self.self)
    let fills = try chosen.named.map { name, column in
      try workers.check()
      try column.refuseInfiniteValues(name)
      return Imputed<Self>.Fill(
        name: name, type: filled(column.type),
        value: try fill(column, name: name, weights: weights))
    }
    return Imputed<Self>(body: .init(fills: fills, indicator: indicator))
  }
}

/// Nulls filled with what was learned.
struct Imputed<Method: Imputer>: FittedTransform, Embodied {
  struct Fill: Codable, Sendable, Equatable {
    var name: String
    /// Of the column after filling.
    var type: ColumnType
    var value: Value
  }

  struct Content: Body {
    var fills: [Fill]
    var indicator: Bool

    func check() throws {
      for fill in fills {
        try require(
          Column(filling: nil, count: 0, with: fill.value, type: fill.type) != nil,
          Imputed.title, "the value for \(fill.name) is not of type \(fill.type.rawValue)")
        try require(
          fill.value.double?.isFinite ?? true, Imputed.title,
          "the value for \(fill.name) is not finite")
      }
    }
  }

  static var transform: String { Method.name }
  static var title: String { transform }
  let body: Content

  func apply(_ table: Table, workers: Workers) throws -> Table {
    var new: [(name: String, column: Column)] = []
    var marks: [(name: String, column: Column)] = []
    for fill in body.fills {
      try workers.check()
      guard let column = table[fill.name] else { throw missingColumn(fill.name, Self.transform) }
      guard
        let filled = Column(
          filling: column, count: column.count, with: fill.value, type: fill.type)
      else {
        throw DataError(
          "column-type",
          "`\(fill.name)` was \(fill.type.rawValue) in training, and now it is \(column.type.rawValue)",
          help: "cast \(fill.name)", column: fill.name)
      }
      new.append((fill.name, filled))
      if body.indicator {
        let missing = (0..<column.count).map { !column.isValid($0) }
        marks.append((fill.name + "_missing", .bool(Values(missing))))
      }
    }
    return try table.setting(new).adding(marks)
  }

  func applyToTraining(_ table: Table, workers: Workers) throws -> Table {
    try apply(table, workers: workers)
  }

  var facts: [(name: String, value: String)] {
    let word = Method.name.drop { $0 != "." }.dropFirst()
    return body.fills.map { ($0.name, "\(word) \(shown($0.value))") }
  }

  private func shown(_ value: Value) -> String {
    if case .number(let number) = value { short(number) } else { plainText(value) }
  }
}

extension Column {
  /// A column of the given type with nulls filled; nil when types do not fit. Without a column it
  /// only tries the value.
  init?(filling column: Column?, count: Int, with value: Value, type: ColumnType) {
    func plain<Element>(_ values: Values<Element>?, _ fill: Element) -> Values<Element> {
      guard let values, values.valid != nil else { return values ?? Values([]) }
      return Values((0..<count).map { values[$0] ?? fill })
    }
    switch (type, value, column) {
    case (.number, _, _):
      guard let fill = value.double else { return nil }
      guard let column else {
        self = .number(Values([]))
        return
      }
      guard column.type.isNumeric, let doubles = column.doubles else { return nil }
      self = .number(
        Values(doubles.indices.map { column.isValid($0) ? doubles[$0] : fill }))
    case (.int, .int(let fill), nil), (.int, .int(let fill), .int):
      guard case .int(let values) = column ?? .int(Values([])) else { return nil }
      self = .int(plain(values, fill))
    case (.bool, .bool(let fill), nil), (.bool, .bool(let fill), .bool):
      guard case .bool(let values) = column ?? .bool(Values([])) else { return nil }
      self = .bool(plain(values, fill))
    case (.date, .date(let fill), nil), (.date, .date(let fill), .date):
      guard case .date(let values) = column ?? .date(Values([])) else { return nil }
      self = .date(plain(values, fill))
    case (.text, .text(let fill), nil), (.category, .text(let fill), nil):
      self = .text(TextValues([fill]))
    case (.text, .text(let fill), .text(let values)),
      (.text, .text(let fill), .category(let values)):
      self = .text(values.filled(with: fill))
    case (.category, .text(let fill), .text(let values)),
      (.category, .text(let fill), .category(let values)):
      self = .category(values.filled(with: fill))
    default: return nil
    }
  }
}

extension TextValues {
  /// Nulls replaced by a piece of text, as codes into a distinct heap.
  func filled(with text: String) -> TextValues {
    let known = LevelCodes(.text(self)) ?? LevelCodes(levels: [], codes: [])
    var levels = known.levels
    let code: Int
    if let at = levels.firstIndex(of: text) {
      code = at
    } else {
      code = levels.count
      levels.append(text)
    }
    return TextValues(
      heap: TextHeap(levels, isDistinct: true),
      rows: .codes(known.codes.map { UInt32($0 < 0 ? code : Int($0)) }[...]))
  }
}
