/// Columns of equal length with their names: an immutable value that shares storage when copied.
package struct Table: Sendable {
  package let schema: Schema
  package let columns: [Column]
  package let rowCount: Int
  /// Where each row came from; carried along by everything that picks or reorders rows.
  package var lineage: Lineage?

  /// `rowCount` is needed only for a table without columns.
  package init(
    _ columns: [(name: String, column: Column)], rowCount: Int? = nil, lineage: Lineage? = nil
  ) {
    schema = Schema(columns.map { Field($0.name, $0.column.type) })
    self.columns = columns.map(\.column)
    self.rowCount = rowCount ?? columns.first?.column.count ?? 0
    self.lineage = lineage
    assert(self.columns.allSatisfy { $0.count == self.rowCount })
  }

  package subscript(name: String) -> Column? { schema.position(of: name).map { columns[$0] } }

  package var named: [(name: String, column: Column)] { Array(zip(schema.names, columns)) }

  /// The rows of a range, sharing storage.
  package func slice(_ range: Range<Int>) -> Table {
    Table(
      named.map { ($0.name, $0.column.slice(range)) }, rowCount: range.count,
      lineage: lineage?.slice(range))
  }

  /// The named columns in the given order.
  package func selecting(_ names: [String]) -> Table {
    Table(
      names.compactMap { name in self[name].map { (name, $0) } }, rowCount: rowCount,
      lineage: lineage)
  }

  /// Replaces the columns of the same name in place and puts the others at the end.
  package func setting(_ new: [(name: String, column: Column)]) -> Table {
    var all = named
    for (name, column) in new {
      if let at = all.firstIndex(where: { $0.name == name }) {
        all[at].column = column
      } else {
        all.append((name, column))
      }
    }
    return Table(all, rowCount: rowCount, lineage: lineage)
  }
}

extension Table: Equatable {
  /// Same names, types and cells, in the same order. Lineage is not compared.
  package static func == (a: Table, b: Table) -> Bool {
    a.schema == b.schema && a.rowCount == b.rowCount && a.columns == b.columns
  }
}

/// Which row of which source each row of a table is: the identity that tells whether a model was
/// trained on a row.
package struct Lineage: Sendable, Hashable {
  /// Fingerprint of the source (the content of a file, or the pipeline that made new rows).
  package var source: UInt64
  package enum Rows: Sendable, Hashable {
    case range(Range<Int>)
    case picked(ArraySlice<Int32>)
  }
  package var rows: Rows

  package init(source: UInt64, rows: Rows) {
    self.source = source
    self.rows = rows
  }

  package func slice(_ range: Range<Int>) -> Lineage {
    switch rows {
    case .range(let all):
      Lineage(
        source: source,
        rows: .range(all.lowerBound + range.lowerBound..<all.lowerBound + range.upperBound))
    case .picked(let all):
      Lineage(
        source: source,
        rows: .picked(
          all[all.startIndex + range.lowerBound..<all.startIndex + range.upperBound]))
    }
  }
}
