/// The first row of each kind.
package enum Distinct {
  /// The rows whose values in the columns no earlier row has, in order; null equals null.
  package static func rows(of columns: [Column], workers: Workers = .serial) throws -> [Int32] {
    try Grouping.of(columns, count: columns.first?.count ?? 0, workers: workers).firstRows
  }
}

extension Table {
  /// The rows that equal no earlier row.
  package func distinct(workers: Workers) throws -> Table {
    if columns.isEmpty { return slice(0..<min(1, rowCount)) }
    return try taking(Distinct.rows(of: columns, workers: workers), workers: workers)
  }
}
