package import Columns

/// Bound expressions over whole tables, morsel by morsel on all cores.
package enum Evaluation {
  package static func column(
    _ expression: BoundExpression, on table: Table, workers: Workers
  ) throws -> Column {
    if let name = expression.columnName, let column = table[name], column.type == expression.type {
      return column
    }
    guard table.rowCount > morselSize else {
      return try expression.evaluate(on: table, workers: workers)
    }
    let needed = table.selecting(table.schema.names.filter(expression.columns.contains))
    return Column.concatenated(
      try workers.morsels(of: table.rowCount) { range in
        try expression.evaluate(
          on: needed.slice(range), workers: .serial, firstRow: range.lowerBound)
      })
  }

  /// A table with just these columns.
  package static func project(
    _ projections: [Projection], of table: Table, workers: Workers
  ) throws -> Table {
    Table(
      try projections.map { ($0.name, try column($0.expression, on: table, workers: workers)) },
      rowCount: table.rowCount, lineage: table.lineage)
  }

  /// Rows for which every condition is true, and how many were dropped because one was null (and none false).
  package static func rows(
    _ conditions: [BoundExpression], of table: Table, workers: Workers
  ) throws -> (rows: [Int32], nulls: Int) {
    let names = conditions.reduce(into: Set<String>()) { $0.formUnion($1.columns) }
    let needed = table.selecting(table.schema.names.filter(names.contains))
    let parts = try workers.morsels(of: table.rowCount) { range in
      var mask: Values<Bool>?
      for condition in conditions {
        let column = try condition.evaluate(
          on: needed.slice(range), workers: .serial, firstRow: range.lowerBound)
        guard case .bool(let found) = column else { continue }
        mask = mask.map { Kernel.and($0, found) } ?? found
      }
      guard let mask else { return (rows: range.map { Int32($0) }, nulls: 0) }
      var found = try Selection.rows(where: mask)
      let offset = Int32(range.lowerBound)
      for index in found.rows.indices { found.rows[index] += offset }
      return found
    }
    var rows: [Int32] = []
    rows.reserveCapacity(parts.reduce(0) { $0 + $1.rows.count })
    for part in parts { rows.append(contentsOf: part.rows) }
    return (rows, parts.reduce(0) { $0 + $1.nulls })
  }
}
