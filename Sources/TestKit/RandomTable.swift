package import Columns

/// Tables with random cells, the same for the same seed. Few different values, so that keys repeat,
/// and the awkward ones among them.
package enum RandomTable {
  package static func table(
    seed: UInt64, rows: Int, types: [ColumnType], nulls: Double = 0.1, distinct: Int = 20
  ) -> Table {
    var random = RandomStream(seed: seed)
    return Table(
      types.enumerated().map { position, type in
        ("c\(position)", column(type, rows, nulls, distinct, &random))
      }, rowCount: rows)
  }

  private static func column(
    _ type: ColumnType, _ rows: Int, _ nulls: Double, _ distinct: Int, _ random: inout RandomStream
  ) -> Column {
    let picks = (0..<rows).map { _ in Int(random.next() % UInt64(distinct)) }
    let flags = (0..<rows).map { _ in random.uniform() >= nulls }
    let valid: [Bool]? = flags.contains(false) ? flags : nil
    func values<Element: Sendable>(_ element: (Int) -> Element) -> Values<Element> {
      Values(picks.map(element), valid: valid)
    }
    switch type {
    case .bool: return .bool(values { $0 % 2 == 0 })
    case .int: return .int(values { Int64($0 * $0 - 7) })
    case .number:
      let special = [.nan, 0.0, -0.0, .infinity, -.infinity, 0.1]
      return .number(values { $0 < special.count ? special[$0] : Double($0) * 1.7 - 9 })
    case .date: return .date(values { Int32($0 * 31 - 200) })
    case .time: return .time(values { Int64($0) * 3_600_000_007 })
    case .duration: return .duration(values { Int64($0) * 60_000_000 - 90 })
    case .text: return .text(TextValues(zip(picks, flags).map { $1 ? word($0) : nil }))
    case .category:
      return .category(
        TextValues(
          heap: TextHeap((0..<distinct).map(word), isDistinct: true),
          rows: .codes(picks.map { UInt32($0) }[...]), valid: valid?[...]))
    case .vector, .image:
      return .vector(
        VectorValues(
          width: 2, elements: picks.flatMap { [Float($0), 0.5] }[...], valid: valid?[...],
          count: rows))
    }
  }

  /// Of different lengths, some with a common beginning, one empty.
  private static func word(_ number: Int) -> String {
    switch number % 4 {
    case 0: number == 0 ? "" : "w\(number)"
    case 1: "a longer beginning \(number)"
    case 2: "é\(number)"
    default: String(repeating: "x", count: number)
    }
  }
}
