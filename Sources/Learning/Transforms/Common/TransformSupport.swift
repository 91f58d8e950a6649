import Columns

extension Table {
  /// The columns of a fit, or the first that is not there or of a type that is not taken.
  func chosen(_ names: [String], for transform: any Transform.Type) throws -> Table {
    for name in names {
      guard let column = self[name] else { throw missingColumn(name, transform.name) }
      guard transform.accepts(column.type) else {
        let types = ColumnType.allCases.filter { transform.accepts($0) }.map(\.rawValue)
        throw DataError(
          "column-type",
          "\(transform.name) takes columns of type \(types.joined(separator: ", ")), and `\(name)` is \(column.type.rawValue)",
          help: "leave it out, or cast it", column: name)
      }
    }
    guard rowCount > 0 else {
      throw DataError(
        "no-rows", "\(transform.name) needs rows to learn from, and there are none",
        help: "see what the filters before it leave")
    }
    return selecting(names)
  }

  /// Puts other columns in the place of some.
  func replacing(_ new: [String: [(name: String, column: Column)]]) throws -> Table {
    var all: [(name: String, column: Column)] = []
    for (name, column) in named { all.append(contentsOf: new[name] ?? [(name, column)]) }
    try refuseDoubles(all.map(\.name))
    return Table(all, rowCount: rowCount, lineage: lineage)
  }

  /// Adds columns at the end; none of that name may be there.
  func adding(_ new: [(name: String, column: Column)]) throws -> Table {
    try refuseDoubles(schema.names + new.map(\.name))
    return Table(named + new, rowCount: rowCount, lineage: lineage)
  }
}

private func refuseDoubles(_ names: [String]) throws {
  var seen: Set<String> = []
  for name in names where !seen.insert(name).inserted {
    throw DataError(
      "duplicate-column", "there is already a column `\(name)`",
      help: "rename or drop it first", column: name)
  }
}

func missingColumn(_ name: String, _ transform: String) -> DataError {
  DataError(
    "column-not-found",
    "\(transform) was given the column `\(name)`, and the table has none of that name",
    help: "keep it up to here", column: name)
}

func allNull(_ name: String, _ transform: String) -> DataError {
  DataError(
    "all-null", "\(transform) cannot learn from `\(name)`: all of its training rows are null",
    help: "drop \(name)", column: name)
}

extension Column {
  /// The values that are not null, with their weights; rows of weight 0 are left out.
  func known(weights: [Double]?) -> (values: [Double], weights: [Double]?) {
    guard let values = doubles else { return ([], nil) }
    if valid == nil && weights == nil { return (values, nil) }
    let rows = values.indices.filter { isValid($0) && weights?[$0] != 0 }
    return (rows.map { values[$0] }, weights.map { weights in rows.map { weights[$0] } })
  }

  /// Refuses infinite values and values that are no numbers, by row; nulls are passed over.
  func refuseInfiniteValues(_ name: String) throws {
    guard case .number(let values) = self else { return }
    try refuseInfinite(
      valid == nil
        ? Array(values.elements) : (0..<values.count).map { values[$0] ?? 0 },
      column: name)
  }
}
