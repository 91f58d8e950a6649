import Columns
import Learning
import Pipeline

/// Which part each row of a split table belongs to, found again by where a row came from.
struct SplitTags: Sendable {
  let source: UInt64
  /// By row number of the lineage; `UInt8.max` where the split table had no such row.
  private let parts: [UInt8]

  init(_ plan: SplitPlan, _ table: Table, _ run: RunContext) throws {
    guard let lineage = table.lineage else {
      throw DataError("no-lineage", "the rows of this table cannot be told apart")
    }
    let assigned = try Self.assign(plan, table, run)
    let numbers = lineage.rowNumbers
    var parts = [UInt8](repeating: .max, count: Int(numbers.max() ?? -1) + 1)
    for (row, number) in numbers.enumerated() where number >= 0 {
      parts[Int(number)] = assigned[row].code
    }
    self.parts = parts
    source = lineage.source
    Self.tell(assigned, run)
  }

  func rows(of part: Part, in table: Table) throws -> [Int32] {
    guard let lineage = table.lineage, lineage.source == source else {
      throw DataError("no-parts", "these rows do not come from the split table")
    }
    var rows: [Int32] = []
    for (row, number) in lineage.rowNumbers.enumerated()
    where number >= 0 && Int(number) < parts.count && parts[Int(number)] == part.code {
      rows.append(Int32(row))
    }
    return rows
  }

  private static func tell(_ parts: [Part], _ run: RunContext) {
    let words = Part.allCases.compactMap { part in
      let count = parts.count { $0 == part }
      return count == 0 ? nil : "\(part.rawValue) \(count)"
    }
    run.tell("split: " + words.joined(separator: ", "))
  }

  private static func assign(
    _ plan: SplitPlan, _ table: Table, _ run: RunContext
  ) throws -> [Part] {
    switch plan.rule {
    case .column(let name): return try words(name, table)
    case .shares(let test, let valid):
      let keys = plan.key.map { table.selecting($0).columns } ?? table.columns
      return try Partition.assign(
        hashes: try RowHash.hashes(keys, seed: plan.seed, workers: run.workers), test: test,
        valid: valid, seed: plan.seed, strata: try strata(plan, table, run),
        groups: try groups(plan, table, run),
        order: try order(plan, table, run), gap: plan.gap)
    }
  }

  private static func words(_ name: String, _ table: Table) throws -> [Part] {
    guard case .text(let values)? = table[name].map(asText) else {
      throw DataError(
        "wrong-type", "`\(name)` does not hold the words train, valid and test", column: name)
    }
    return try (0..<values.count).map { row in
      guard let word = values[row], let part = Part(rawValue: word) else {
        throw DataError(
          "wrong-part", "row \(row + 1) of `\(name)` is not train, valid or test", column: name,
          row: row + 1, value: values[row])
      }
      return part
    }
  }

  private static func asText(_ column: Column) -> Column {
    if case .category(let values) = column { .text(values) } else { column }
  }

  private static func strata(
    _ plan: SplitPlan, _ table: Table, _ run: RunContext
  ) throws -> [Int32]? {
    guard let name = plan.stratify, let column = table[name] else { return nil }
    if case .number(let values) = column {
      return Partition.strata(of: (0..<values.count).map { values[$0] })
    }
    let grouping = try table.grouping(by: [column], workers: run.workers)
    if case .int(let values) = column, grouping.groupCount > 20 {
      return Partition.strata(of: (0..<values.count).map { values[$0].map { Double($0) } })
    }
    return grouping.groups
  }

  private static func groups(
    _ plan: SplitPlan, _ table: Table, _ run: RunContext
  ) throws -> [Int32]? {
    guard !plan.group.isEmpty else { return nil }
    return try table.grouping(
      by: table.selecting(plan.group).columns, workers: run.workers
    ).groups
  }

  private static func order(
    _ plan: SplitPlan, _ table: Table, _ run: RunContext
  ) throws -> [Int32]? {
    guard let name = plan.order, let column = table[name] else { return nil }
    let rows = try table.sortedRows(by: [SortKey(column, descending: false)], workers: run.workers)
    var ranks = [Int32](repeating: 0, count: rows.count)
    for (rank, row) in rows.enumerated() { ranks[Int(row)] = Int32(rank) }
    return ranks
  }
}

extension Part {
  var code: UInt8 {
    switch self {
    case .train: 0
    case .valid: 1
    case .test: 2
    case .gap: 3
    }
  }
}
