package import Columns

extension JoinPlan {
  /// What a join came to, for the notice.
  package struct Joined: Sendable {
    package var table: Table
    package var matched: Int
    package var unmatchedLeft: Int
    package var unmatchedRight: Int
  }

  package func joined(_ left: Table, _ right: Table, workers: Workers) throws -> Joined {
    let result = try Join.rows(
      left: try leftKeys.map { try column($0, of: left) },
      right: try rightKeys.map { try column($0, of: right) },
      leftCount: left.rowCount, rightCount: right.rowCount, kind: kind, workers: workers)
    if expectsOne, result.maxMatchesPerLeft > 1 {
      throw DataError(
        "more-than-one", "a row matches up to \(result.maxMatchesPerLeft) rows of the other table",
        help: "expect: many allows it; distinct on the other table's key removes the others")
    }
    var columns: [(name: String, column: Column)] = []
    for (name, column) in left.named {
      var taken = try column.taking(result.leftRows, workers: workers)
      if let at = leftKeys.firstIndex(of: name), kind == .right || kind == .full {
        // A row of the right side alone has its key from there.
        taken = try taken.filled(
          from: try self.column(rightKeys[at], of: right).taking(result.rightRows))
      }
      columns.append((name, taken))
    }
    for (old, new) in rightNames {
      columns.append((new, try column(old, of: right).taking(result.rightRows, workers: workers)))
    }
    var table = Table(columns, rowCount: result.leftRows.count)
    table.lineage = try Table([], rowCount: left.rowCount, lineage: left.lineage)
      .taking(result.leftRows, workers: workers).lineage
    return Joined(
      table: table, matched: result.matchedLeft, unmatchedLeft: result.unmatchedLeft,
      unmatchedRight: result.unmatchedRight)
  }

  private func column(_ name: String, of table: Table) throws -> Column {
    guard let column = table[name] else {
      throw DataError("column-not-found", "there is no column `\(name)`", column: name)
    }
    return column
  }
}

extension Column {
  /// This column with its nulls taken from another of the same kind.
  func filled(from other: Column) throws -> Column {
    guard let valid, valid.contains(false), other.count == count else { return self }
    let other = other.type == type ? other : try other.cast(to: type, workers: .serial).column
    let both = Column.concatenated([self, other])
    return both.taking((0..<count).map { Int32(isValid($0) ? $0 : $0 + count) })
  }
}
