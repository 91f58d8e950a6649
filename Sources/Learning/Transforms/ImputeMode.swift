package import Columns

/// Nulls become the commonest value of the training rows, the smallest of equally common ones.
package struct ImputeMode: Imputer {
  package static let name = "impute.mode"
  package static let summary = "fills nulls with the commonest value of the training rows"
  package static let parameters = [indicatorParameter]

  let indicator: Bool

  package init(_ settings: Settings) throws { indicator = settings.flag("indicator") }

  package static func accepts(_ type: ColumnType) -> Bool {
    [.bool, .int, .number, .text, .category, .date].contains(type)
  }

  func filled(_ type: ColumnType) -> ColumnType { type }

  func fill(_ column: Column, name: String, weights: [Double]?) throws -> Value {
    let common: Value?
    switch column {
    case .bool(let values):
      common = commonest(values, weights) { !$0 && $1 }.map { .bool($0) }
    case .int(let values): common = commonest(values, weights, <).map { .int($0) }
    case .number(let values): common = commonest(values, weights, <).map { .number($0) }
    case .date(let values): common = commonest(values, weights, <).map { .date($0) }
    case .text, .category:
      let levels = LevelCodes(column) ?? LevelCodes(levels: [], codes: [])
      let codes = Values(levels.codes, valid: levels.codes.map { $0 >= 0 })
      common = commonest(codes, weights) {
        levels.levels[Int($0)].utf8.lexicographicallyPrecedes(levels.levels[Int($1)].utf8)
      }.map { .text(levels.levels[Int($0)]) }
    default: common = nil
    }
    guard let common else { throw allNull(name, Self.name) }
    return common
  }

  private func commonest<Element: Hashable>(
    _ values: Values<Element>, _ weights: [Double]?, _ precedes: (Element, Element) -> Bool
  ) -> Element? {
    var sums: [Element: Double] = [:]
    for row in 0..<values.count where weights?[row] != 0 {
      if let value = values[row] { sums[value, default: 0] += weights?[row] ?? 1 }
    }
    guard let most = sums.values.max() else { return nil }
    return sums.filter { $0.value == most }.keys.min(by: precedes)
  }
}
