package import Columns

/// Every table up to a size, with every pattern of nulls: what a kernel does to all of them is all
/// that it does to small ones.
package enum SmallWorlds {
  /// All tables of up to `rows` rows with columns of these types, each cell null or one of two values.
  package static func tables(_ types: [ColumnType], rows: Int = 3) -> [Table] {
    (0...rows).flatMap { rows -> [Table] in
      let cells = rows * types.count
      var count = 1
      for _ in 0..<cells { count *= 3 }
      return (0..<count).map { number in
        var rest = number
        let columns = types.enumerated().map { position, type in
          let values = (0..<rows).map { _ in
            defer { rest /= 3 }
            return value(rest % 3, type)
          }
          // The values are of the type by construction.
          let column = (try? Column(values: values, type: type)) ?? .nulls(type, rows)
          return (name: "c\(position)", column: column)
        }
        return Table(columns, rowCount: rows)
      }
    }
  }

  private static func value(_ number: Int, _ type: ColumnType) -> Value {
    if number == 0 { return .null }
    let isFirst = number == 1
    return switch type {
    case .bool: .bool(isFirst)
    case .int: .int(isFirst ? 3 : -1)
    case .number: .number(isFirst ? .nan : 0.5)
    case .date: .date(isFirst ? 10 : -10)
    case .time: .time(isFirst ? 1 : 86_400_000_000)
    case .duration: .duration(months: 0, microseconds: isFirst ? 5 : 0)
    case .text, .category: .text(isFirst ? "b" : "")
    case .vector, .image: .vector(isFirst ? [1, 2] : [0, 0])
    }
  }
}
