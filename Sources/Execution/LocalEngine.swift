import Columns
import Formats
import Glibc
import Learning
package import Pipeline
import Synchronization

/// The engine in this process: operators one after the other, each on all cores by morsels, reading only
/// columns that somebody above reads.
package final class LocalEngine: Engine {
  /// Results of named nodes by fingerprint, and parts of splits.
  private struct Kept {
    var outcomes: [UInt64: Outcome] = [:]
    var parts: [UInt64: SplitTags] = [:]
  }

  private let kept = Mutex(Kept())
  package let timings: Timings

  package init(timings: Timings = Timings()) { self.timings = timings }

  package func outcome(
    of operation: Operator, columns: [String]?, _ run: RunContext
  ) throws -> Outcome {
    try run.workers.check()
    switch operation.kind {
    case .reference(let node): return try reference(node, columns, run)
    case .compute(let computation, let inputs):
      let outcomes = try inputs.enumerated().map { number, input in
        try outcome(
          of: input, columns: number == 0 ? computation.columns : nil, run)
      }
      return try timed(operation, rows: outcomes.first) { try computation.run(outcomes, run) }
    case .fit(let plan, let base):
      let table = try self.table(of: base, run)
      let rows = try plan.base.split.map { try tags($0, run).rows(of: .train, in: table) }
      return try timed(operation, rows: .table(table)) {
        .model(try plan.fit(table, rows: rows, run))
      }
    default: return .table(try tableOf(operation, columns, run))
    }
  }

  /// Makes and keeps the result of a named node.
  private func reference(_ node: Node, _ columns: [String]?, _ run: RunContext) throws -> Outcome {
    if let outcome = kept.withLock({ $0.outcomes[node.fingerprint] }) { return outcome }
    let made = try outcome(of: node.lowered(), columns: nil, run)
    kept.withLock { $0.outcomes[node.fingerprint] = made }
    return made
  }

  /// The kept result of a node, if it is at hand.
  package func keptOutcome(of node: Node) -> Outcome? {
    kept.withLock { $0.outcomes[node.fingerprint] }
  }

  package func forget() { kept.withLock { $0 = Kept() } }

  // MARK: Tables

  private func tableOf(
    _ operation: Operator, _ columns: [String]?, _ run: RunContext
  ) throws -> Table {
    let workers = run.workers
    switch operation.kind {
    case .values(var table):
      if table.lineage == nil {
        table.lineage = Lineage(
          source: operation.node?.fingerprint ?? 0, rows: .range(0..<table.rowCount))
      }
      return table
    case .scan(let request):
      return try timed(operation) { try scan(request, run) }
    case .project(let projections, let input):
      let wanted =
        columns.map { names in projections.filter { names.contains($0.name) } } ?? projections
      let source = try table(of: input, columns: needs(wanted.map(\.expression)), run)
      return try timed(operation, rows: .table(source)) {
        try Evaluation.project(wanted, of: source, workers: workers)
      }
    case .filter(let conditions, let input):
      let source = try table(of: input, columns: columns.map { $0 + needs(conditions) }, run)
      return try timed(operation, rows: .table(source)) {
        let found = try Evaluation.rows(conditions, of: source, workers: workers)
        if found.nulls > 0 {
          run.tell(
            "filter dropped \(found.nulls) row\(found.nulls == 1 ? "" : "s") where the condition is null"
          )
        }
        return try narrowed(source, columns).taking(found.rows, workers: workers)
      }
    case .aggregate(let keys, let values, let input):
      let source = try table(
        of: input, columns: needs((keys + values).map(\.expression)), run)
      return try timed(operation, rows: .table(source)) {
        try Grouped(keys: keys, values: values, node: operation.node).table(source, workers)
      }
    case .sort(let terms, let input):
      let source = try table(
        of: input, columns: columns.map { $0 + needs(terms.map(\.expression)) }, run)
      return try timed(operation, rows: .table(source)) {
        let rows = try source.sortedRows(
          by: try sortKeys(terms, source, workers), workers: workers)
        return try narrowed(source, columns).taking(rows, workers: workers)
      }
    case .join(let plan, let left, let right):
      let a = try table(of: left, run)
      let b = try table(of: right, run)
      return try timed(operation, rows: .table(a)) { try join(plan, a, b, run) }
    default: return try rowsOf(operation, run)
    }
  }

  /// Operators that pick whole rows.
  private func rowsOf(_ operation: Operator, _ run: RunContext) throws -> Table {
    let workers = run.workers
    switch operation.kind {
    case .top(let count, let terms, let groups, let input):
      let source = try table(of: input, run)
      return try timed(operation, rows: .table(source)) {
        try top(count, terms, groups, source, workers)
      }
    case .limit(let limit, let input):
      let source = try table(of: input, run)
      let range: Range<Int> =
        switch limit {
        case .head(let count): 0..<min(count, source.rowCount)
        case .tail(let count): max(0, source.rowCount - count)..<source.rowCount
        }
      return try timed(operation, rows: .table(source)) { source.slice(range) }
    case .distinct(let names, let input):
      let source = try table(of: input, run)
      return try timed(operation, rows: .table(source)) {
        let keys = names.map { source.selecting($0).columns } ?? source.columns
        return try source.taking(try Distinct.rows(of: keys, workers: workers), workers: workers)
      }
    case .sample(let size, let seed, let key, let input):
      let source = try table(of: input, run)
      return try timed(operation, rows: .table(source)) {
        try sample(source, size, seed, key, workers)
      }
    case .concatenate(let inputs):
      let tables = try inputs.map { try table(of: $0, run) }
      return try timed(operation, rows: tables.first.map(Outcome.table)) {
        try appended(tables, operation, run)
      }
    case .split(_, let input):
      let source = try table(of: input, run)
      guard let node = operation.node else { return source }
      return try timed(operation, rows: .table(source)) {
        _ = try tags(node, table: source, run)
        return source
      }
    case .part(let part, let split, let input):
      let source = try table(of: input, run)
      return try source.taking(
        try tags(split, run).rows(of: part, in: source), workers: workers)
    case .learn(let stage, let input):
      return try learn(stage, operation, input, run)
    default:
      return try table(of: operation, run)
    }
  }

  private func table(
    of operation: Operator, columns: [String]? = nil, _ run: RunContext
  ) throws -> Table {
    guard case .table(let table) = try outcome(of: operation, columns: columns, run) else {
      throw DataError("not-a-table", "a table was wanted here")
    }
    return table
  }

  // MARK: Parts

  /// The parts of a split, made once.
  private func tags(_ node: Node, table: Table? = nil, _ run: RunContext) throws -> SplitTags {
    if let tags = kept.withLock({ $0.parts[node.fingerprint] }) { return tags }
    guard let verb = node.verb as? any PartitioningVerb else {
      throw DataError("no-parts", "the table has not been split")
    }
    let source = try table ?? self.table(of: node.lowerable, run)
    if let tags = kept.withLock({ $0.parts[node.fingerprint] }) { return tags }
    let tags = try SplitTags(verb.plan, source, run)
    kept.withLock { $0.parts[node.fingerprint] = tags }
    return tags
  }

  // MARK: Pieces

  private func scan(_ request: Formats.ReadRequest, _ run: RunContext) throws -> Table {
    let result = try run.host.read(request, workers: run.workers)
    for note in result.notes {
      run.notice(Notice(note))
    }
    timings.note(bytes: result.bytes)
    return result.table
  }

  private func join(_ plan: JoinPlan, _ a: Table, _ b: Table, _ run: RunContext) throws -> Table {
    let joined = try plan.joined(a, b, workers: run.workers)
    if plan.kind != .cross {
      run.tell(
        "join matched \(joined.matched) of \(a.rowCount) rows; \(joined.unmatchedRight) rows of the other table have no match"
      )
    }
    return joined.table
  }

  private func learn(
    _ stage: any LearnedStage, _ operation: Operator, _ input: Operator, _ run: RunContext
  ) throws -> Table {
    let source = try table(of: input, run)
    return try timed(operation, rows: .table(source)) {
      var training = source
      if let split = operation.node?.input?.split {
        training = try source.taking(
          try tags(split, run).rows(of: .train, in: source), workers: run.workers)
      }
      let fitted = try stage.fit(
        training, LearningContext(target: nil, seed: 0, workers: run.workers))
      return try fitted.apply(source, workers: run.workers)
    }
  }

  private func appended(
    _ tables: [Table], _ operation: Operator, _ run: RunContext
  ) throws -> Table {
    var fields: [Field] = []
    for field in tables.flatMap(\.schema.fields) {
      if let at = fields.firstIndex(where: { $0.name == field.name }) {
        guard let type = Append.common(fields[at].type, field.type) else {
          throw DataError(
            "wrong-type",
            "`\(field.name)` is \(fields[at].type.rawValue) in one table and \(field.type.rawValue) in another",
            column: field.name)
        }
        if type != fields[at].type || type != field.type {
          run.tell("append made `\(field.name)` \(type.rawValue)")
        }
        fields[at].type = type
      } else {
        fields.append(field)
      }
    }
    let whole = try tables.map { table in
      Table(
        try fields.map { field in
          guard let column = table[field.name] else {
            return (field.name, Column.nulls(field.type, table.rowCount))
          }
          if column.type == field.type { return (field.name, column) }
          return (field.name, try column.cast(to: field.type, workers: run.workers).column)
        }, rowCount: table.rowCount)
    }
    var result = Table.concatenated(whole)
    result.lineage = Lineage(
      source: operation.node?.fingerprint ?? 0, rows: .range(0..<result.rowCount))
    return result
  }

  private func sample(
    _ table: Table, _ size: SampleSize, _ seed: UInt64, _ key: [String]?, _ workers: Workers
  ) throws -> Table {
    let keys = key.map { table.selecting($0).columns } ?? table.columns
    let hashes = try RowHash.hashes(keys, seed: seed, workers: workers)
    let count: Int =
      switch size {
      case .rows(let rows): min(rows, table.rowCount)
      case .share(let share): Int((share * Double(table.rowCount)).rounded())
      }
    let ranked = hashes.indices.sorted {
      hashes[$0] != hashes[$1] ? hashes[$0] < hashes[$1] : $0 < $1
    }
    return try table.taking(ranked.prefix(count).sorted().map { Int32($0) }, workers: workers)
  }

  private func top(
    _ count: Int, _ terms: [SortTerm], _ groups: [Projection], _ table: Table, _ workers: Workers
  ) throws -> Table {
    let keys = try sortKeys(terms, table, workers)
    guard !groups.isEmpty else {
      return try table.taking(
        try table.topRows(count, by: keys, workers: workers), workers: workers)
    }
    let sorted = try table.sortedRows(by: keys, workers: workers)
    let columns = try groups.map {
      try Evaluation.column($0.expression, on: table, workers: workers)
    }
    let grouping = try table.grouping(by: columns, workers: workers)
    var taken = [Int](repeating: 0, count: grouping.groupCount)
    let rows = sorted.filter { row in
      let group = Int(grouping.groups[Int(row)])
      taken[group] += 1
      return taken[group] <= count
    }
    return try table.taking(rows, workers: workers)
  }

  private func sortKeys(
    _ terms: [SortTerm], _ table: Table, _ workers: Workers
  ) throws -> [SortKey] {
    try terms.map {
      SortKey(
        try Evaluation.column($0.expression, on: table, workers: workers),
        descending: $0.descending)
    }
  }

  private func needs(_ expressions: [BoundExpression]) -> [String] {
    Array(expressions.reduce(into: Set<String>()) { $0.formUnion($1.columns) })
  }

  /// Just the wanted columns, in the order of the table.
  private func narrowed(_ table: Table, _ columns: [String]?) -> Table {
    guard let columns else { return table }
    let wanted = Set(columns)
    return table.selecting(table.schema.names.filter(wanted.contains))
  }

  private func timed<Result>(
    _ operation: Operator, rows: Outcome? = nil, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try timings.measure(operation.node, input: rows, body)
    } catch {
      throw Placed.error(error, operation.node)
    }
  }
}
