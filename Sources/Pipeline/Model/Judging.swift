package import Columns
package import Learning

/// The rows that a model is judged on, with what it says about them and what is true.
package struct Judging: Sendable {
  package enum Rows: String, Sendable, CaseIterable {
    case test
    case valid
    case train
    case all
  }

  /// Rows judged, as they came in.
  package var table: Table
  package var truth: Target
  package var prediction: Prediction
  package var naive: Prediction
  package var judgement: Judgement
  package var baseline: Judgement

  /// Judges `model` on `table`; rows without a target are left out and counted.
  package init(_ model: Model, on table: Table, _ run: RunContext) throws {
    var table = table
    guard table.rowCount > 0 else {
      throw DataError("no-rows", "there are no rows to judge the model on")
    }
    try model.checkInputs(table.schema)
    guard let name = model.target else {
      throw DataError(
        "no-target", "`\(model.learner)` has no target to be judged by",
        help: "predict shows its clusters")
    }
    let workers = run.workers
    // The target may be made by a replayed stage.
    func found(_ rows: Table) throws -> Column {
      if let column = try? model.replay(rows, wanted: [name], workers: workers)[name] {
        return column
      }
      guard let column = rows[name] else {
        throw DataError(
          "missing-column", "the table has no `\(name)` to compare predictions with", column: name)
      }
      return column
    }
    var actual = try found(table)
    if actual.nullCount > 0 {
      let rows = (0..<table.rowCount).filter(actual.isValid).map { Int32($0) }
      run.tell("\(table.rowCount - rows.count) rows without `\(name)` were not judged")
      table = try table.taking(rows, workers: workers)
      actual = actual.taking(rows)
      guard !rows.isEmpty else { throw DataError("no-rows", "`\(name)` is null in every row") }
    }
    let target = try Self.target(actual, model: model, name: name)
    let features = try model.featureTable(table, workers: workers)
    self.table = table
    truth = target
    prediction = try model.fitted.predict(features, workers: workers)
    naive = try model.baseline.predict(features, workers: workers)
    judgement = try Judgement(
      actual: target, predicted: prediction)
    baseline = try Judgement(
      actual: target, predicted: naive)
  }

  private static func target(_ column: Column, model: Model, name: String) throws -> Target {
    switch model.task {
    case .classes:
      var codes: [Int32] = []
      codes.reserveCapacity(column.count)
      var known = Dictionary(model.labels.enumerated().map { ($1, Int32($0)) }) { a, _ in a }
      for row in 0..<column.count {
        let value = column[row]
        if let code = known[value] {
          codes.append(code)
        } else if let at = model.labels.firstIndex(where: { $0.matches(value) }) {
          known[value] = Int32(at)
          codes.append(Int32(at))
        } else {
          throw DataError(
            "unknown-class", "row \(row + 1) has a `\(name)` that training did not have",
            column: name, row: row + 1)
        }
      }
      return .classes(codes: codes, labels: model.labels)
    case .numbers:
      switch column {
      case .number(let values): return .numbers(Array(values.elements))
      case .int(let values): return .numbers(values.elements.map { Double($0) })
      case .bool(let values): return .numbers(values.elements.map { $0 ? 1 : 0 })
      default:
        throw DataError(
          "retyped-column", "`\(name)` is \(column.type.rawValue), but the model learned numbers",
          column: name)
      }
    case .clusters: return .none
    }
  }

  /// Part of the judged rows.
  package func subset(
    _ rows: [Int32]
  ) throws -> (judgement: Judgement, baseline: Judgement) {
    let part = truth.taking(rows)
    return (
      try Judgement(actual: part, predicted: prediction.taking(rows)),
      try Judgement(actual: part, predicted: naive.taking(rows))
    )
  }

  /// How many judged rows a model was trained on.
  package static func overlap(_ table: Table, _ model: Model) -> Int {
    guard let trained = model.trainedOn, let judged = table.lineage,
      trained.source == judged.source
    else { return 0 }
    let known = trained.rowSet
    return judged.rowNumbers.reduce(0) { $0 + (known.contains($1) ? 1 : 0) }
  }
}

extension Lineage {
  package var rowNumbers: [Int32] {
    switch rows {
    case .range(let range): range.map { Int32($0) }
    case .picked(let all): Array(all)
    }
  }

  package var rowSet: Set<Int32> { Set(rowNumbers) }
}

extension Target {
  func taking(_ rows: [Int32]) -> Target {
    switch self {
    case .classes(let codes, let labels):
      .classes(codes: rows.map { codes[Int($0)] }, labels: labels)
    case .numbers(let values): .numbers(rows.map { values[Int($0)] })
    case .none: .none
    }
  }
}

extension Prediction {
  func taking(_ rows: [Int32]) -> Prediction {
    switch self {
    case .classes(let probabilities, let labels):
      let width = labels.count
      return .classes(
        probabilities: rows.flatMap { probabilities[Int($0) * width..<(Int($0) + 1) * width] },
        labels: labels)
    case .numbers(let values): return .numbers(rows.map { values[Int($0)] })
    case .clusters(let labels, let distances):
      return .clusters(
        labels: rows.map { labels[Int($0)] }, distances: rows.map { distances[Int($0)] })
    }
  }
}
