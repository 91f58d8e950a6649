import Columns
import Pipeline

/// One row for each group.
struct Grouped {
  let keys: [Projection]
  let values: [Projection]
  let node: Node?

  func table(_ source: Table, _ workers: Workers) throws -> Table {
    guard !keys.isEmpty else {
      return fresh(
        Table(
          try values.map {
            (
              $0.name,
              try $0.expression.evaluateAggregate(on: source, grouping: nil, workers: workers)
            )
          }, rowCount: 1))
    }
    let columns = try keys.map {
      try Evaluation.column($0.expression, on: source, workers: workers)
    }
    let grouping = try source.grouping(by: columns, workers: workers)
    let groups = zip(keys, columns).map { ($0.name, $1.taking(grouping.firstRows)) }
    let results = try values.map {
      (
        $0.name,
        try $0.expression.evaluateAggregate(on: source, grouping: grouping, workers: workers)
      )
    }
    return fresh(Table(groups + results, rowCount: grouping.groupCount))
  }

  /// Rows that come from no row of a source are their own origin.
  private func fresh(_ table: Table) -> Table {
    var table = table
    table.lineage = Lineage(
      source: node?.fingerprint ?? 0, rows: .range(0..<table.rowCount))
    return table
  }
}
