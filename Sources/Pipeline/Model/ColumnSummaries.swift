package import Columns

/// What `describe` prints: one row a column.
package enum ColumnSummaries {
  package static func table(of table: Table, _ workers: Workers) throws -> Table {
    let all = try Statistics.describe(table, workers: workers)
    func numbers(_ value: (ColumnStatistics) -> Value) -> Column {
      Column(all.map { value($0).double })
    }
    func counts(_ value: (ColumnStatistics) -> Int) -> Column {
      .int(Values(all.map { Int64(value($0)) }))
    }
    return Table([
      ("column", .text(TextValues(table.schema.names))),
      ("type", .text(TextValues(table.schema.fields.map(\.type.rawValue)))),
      ("count", counts(\.count)), ("nulls", counts(\.nulls)), ("distinct", counts(\.distinct)),
      ("mean", Column(all.map(\.mean))), ("sd", Column(all.map(\.sd))), ("min", numbers(\.min)),
      ("q1", numbers(\.q1)), ("median", numbers(\.median)), ("q3", numbers(\.q3)),
      ("max", numbers(\.max)),
      ("values", .text(TextValues(try zip(table.columns, all).map { try words($0, $1) }))),
    ])
  }

  /// How the values of a column lie, in a few characters.
  private static func words(
    _ column: Column, _ statistics: ColumnStatistics
  ) throws -> String? {
    guard statistics.count > 0 else { return nil }
    if !statistics.histogram.isEmpty { return sparkline(statistics.histogram) }
    if column.type.isTemporal || column.type == .duration {
      return "\(statistics.min.plainText) … \(statistics.max.plainText)"
    }
    guard column.type.isTextual else { return nil }
    return try frequent(column).prefix(3).map { value in
      let text = value.plainText
      return text.count > 12 ? String(text.prefix(11)) + "…" : text
    }.joined(separator: ", ")
  }

  /// The most frequent values, the first one first where counts are equal.
  private static func frequent(_ column: Column) throws -> [Value] {
    let grouping = try Grouping.of([column], count: column.count, workers: .serial)
    let sizes = try grouping.sizes()
    return sizes.indices.filter { column.isValid(Int(grouping.firstRows[$0])) }
      .sorted { sizes[$0] != sizes[$1] ? sizes[$0] > sizes[$1] : $0 < $1 }
      .prefix(3).map { column[Int(grouping.firstRows[$0])] }
  }

  private static func sparkline(_ counts: [Int]) -> String {
    let blocks = Array("▁▂▃▄▅▆▇█")
    let most = counts.max() ?? 0
    return String(
      counts.map { count in
        count == 0 || most == 0
          ? " " : blocks[min(7, count * 7 / most + (count * 7 % most > 0 ? 1 : 0))]
      })
  }
}
