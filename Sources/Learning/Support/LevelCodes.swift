import Columns

/// Rows of a column as positions in a list of distinct values, -1 for null.
struct LevelCodes: Sendable {
  var levels: [String]
  var codes: [Int32]

  /// The levels of a column of text, categories, integers or truth values, in the order of first
  /// appearance; nil for other types.
  init?(_ column: Column) {
    switch column {
    case .text(let values), .category(let values): self.init(texts: values)
    case .bool(let values):
      self.init(values) { $0 ? "true" : "false" }
    case .int(let values):
      self.init(values) { "\($0)" }
    default: return nil
    }
  }

  init(levels: [String], codes: [Int32]) {
    self.levels = levels
    self.codes = codes
  }

  private init<Element: Hashable>(_ values: Values<Element>, name: (Element) -> String) {
    var positions: [Element: Int32] = [:]
    var levels: [String] = []
    codes = (0..<values.count).map { row in
      guard let value = values[row] else { return -1 }
      if let known = positions[value] { return known }
      let new = Int32(levels.count)
      positions[value] = new
      levels.append(name(value))
      return new
    }
    self.levels = levels
  }

  private init(texts values: TextValues) {
    var positions: [String: Int32] = [:]
    var levels: [String] = []
    func code(of piece: Int) -> Int32 {
      let text = values.heap[piece]
      if let known = positions[text] { return known }
      let new = Int32(levels.count)
      positions[text] = new
      levels.append(text)
      return new
    }
    switch values.rows {
    case .pieces:
      codes = (0..<values.count).map { values.isValid($0) ? code(of: values.piece($0)) : -1 }
    case .codes(let pieces):
      // Each piece is looked up once, however many rows have it.
      var known = [Int32](repeating: -2, count: values.heap.count)
      codes = pieces.enumerated().map { row, piece in
        guard values.isValid(row) else { return -1 }
        if known[Int(piece)] == -2 { known[Int(piece)] = code(of: Int(piece)) }
        return known[Int(piece)]
      }
    }
    self.levels = levels
  }

  /// The codes of the same rows in another list of levels; -2 for a level that is not in it.
  func recoded(to known: [String]) -> [Int32] {
    let positions = Dictionary(
      known.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
    let map = levels.map { positions[$0] ?? -2 }
    return codes.map { $0 < 0 ? -1 : map[Int($0)] }
  }

  /// Levels in the order of the field: numbers by value, text by its bytes.
  static func sorted(_ levels: [String], as type: ColumnType) -> [String] {
    if type == .int {
      return levels.sorted { (Int64($0) ?? 0) < (Int64($1) ?? 0) }
    }
    return levels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
