/// What different values each group has.
enum GroupKinds {
  static func countDistinct(
    _ column: Column, _ grouping: Grouping?, _ workers: Workers
  ) throws -> Column {
    guard let grouping else {
      return .int(Values([Int64(try DistinctCount.count(column, workers: workers))]))
    }
    let kinds = try kinds(column, grouping, workers)
    var counts = [Int64](repeating: 0, count: grouping.groupCount)
    for row in kinds.firstRows where column.isValid(Int(row)) {
      counts[Int(grouping.groups[Int(row)])] += 1
    }
    return .int(Values(counts))
  }

  static func mode(
    _ column: Column, _ grouping: Grouping?, _ workers: Workers
  ) throws -> Column {
    let kinds = try kinds(column, grouping, workers)
    let sizes = try kinds.sizes(workers: workers)
    let valid = column.valid
    var best = [Int32](repeating: -1, count: grouping?.groupCount ?? 1)
    var bestSize = [Int](repeating: 0, count: best.count)
    let representatives = column.taking(kinds.firstRows)
    let table = Table([("value", representatives)])
    // In ascending order of values the first of the most frequent ones is the smallest.
    for kind in try table.sortedRows(by: [SortKey(0)], workers: workers) {
      let row = kinds.firstRows[Int(kind)]
      if let valid, !valid[valid.startIndex + Int(row)] { continue }
      let group = grouping.map { Int($0.groups[Int(row)]) } ?? 0
      if sizes[Int(kind)] > bestSize[group] {
        bestSize[group] = sizes[Int(kind)]
        best[group] = row
      }
    }
    return column.taking(best)
  }

  /// Rows of the same group and the same value.
  private static func kinds(
    _ column: Column, _ grouping: Grouping?, _ workers: Workers
  ) throws -> Grouping {
    guard let grouping else {
      return try Grouping.of([column], count: column.count, workers: workers)
    }
    // Group numbers are small integers, which is all that grouping by them asks of a column.
    return try Grouping.of(
      [.date(Values(grouping.groups)), column], count: column.count, workers: workers)
  }
}
