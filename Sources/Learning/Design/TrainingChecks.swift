import Columns

extension TrainingData {
  /// What every learner refuses, in words; then the rows of weight 0 are left out, so that they are
  /// as good as absent.
  func checked(for learner: any Learner.Type) throws -> TrainingData {
    let name = learner.name
    guard learner.tasks.contains(target.task) else {
      let wanted = learner.tasks.map(\.rawValue).sorted().joined(separator: " or ")
      throw DataError(
        "wrong-task", "\(name) learns \(wanted), and the target is for \(target.task.rawValue)",
        help: "choose another model")
    }
    let rows = features.rowCount
    guard rows > 0 else {
      throw DataError(
        "no-rows", "\(name) needs rows to learn from, and there are none",
        help: "see what the filters before fit leave")
    }
    try checkTarget(rows: rows)
    guard let weights else { return self }
    try Self.check(weights, rows: rows)
    let kept = weights.indices.filter { weights[$0] > 0 }
    guard !kept.isEmpty else {
      throw DataError(
        "no-weight", "all weights are 0, so there is nothing to learn from",
        help: "give at least one row a positive weight")
    }
    if kept.count == rows { return self }
    var part = self
    part.features = features.picking(kept)
    part.weights = kept.map { weights[$0] }
    switch target {
    case .classes(let codes, let labels):
      part.target = .classes(codes: kept.map { codes[$0] }, labels: labels)
    case .numbers(let values): part.target = .numbers(kept.map { values[$0] })
    case .none: break
    }
    return part
  }

  private func checkTarget(rows: Int) throws {
    switch target {
    case .classes(let codes, let labels):
      precondition(codes.count == rows, "one code a row")
      precondition(codes.allSatisfy { $0 >= 0 && Int($0) < labels.count }, "codes are in range")
    case .numbers(let values):
      precondition(values.count == rows, "one value a row")
      if let row = values.firstIndex(where: { !$0.isFinite }) {
        throw DataError(
          "not-finite",
          "the target should hold finite numbers, and row \(row + 1) is \(values[row])",
          help: "replace such values, or filter them out", row: row + 1, value: "\(values[row])")
      }
    case .none: break
    }
  }

  static func check(_ weights: [Double], rows: Int) throws {
    precondition(weights.count == rows, "one weight a row")
    if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw DataError(
        "bad-weight",
        "weights should be finite and not negative, and that of row \(row + 1) is \(weights[row])",
        help: "mend the weights, or leave them out", row: row + 1, value: "\(weights[row])")
    }
  }
}
