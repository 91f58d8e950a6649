package import Columns
import Learning

/// Fits a model's whole pipeline again on all folds but one, and judges it on that one.
package struct FoldedFit: Sendable {
  package var folds: Int
  package var seed: UInt64

  package struct Score: Sendable {
    package var judging: Judging
    package var trainRows: Double
    package var testRows: Double
    package var fitMilliseconds: Double
    package var predictMilliseconds: Double
  }

  /// `table` holds training rows only. Classes are kept in proportion.
  package func scores(of model: Model, on table: Table, _ run: RunContext) throws -> [Score] {
    guard let plan = model.plan else {
      throw DataError(
        "no-pipeline", "a model read from a file cannot be fitted again",
        help: "fit it in this script")
    }
    guard table.rowCount >= folds * 2 else {
      throw DataError(
        "too-few-rows", "\(table.rowCount) rows are too few for \(folds) folds",
        help: "ask for fewer folds")
    }
    let hashes = try RowHash.hashes(table.columns, seed: seed, workers: run.workers)
    let fold = try Folds.assign(
      hashes: hashes, folds: folds, strata: strata(table, model), groups: nil)
    return try (0..<folds).map { number in
      let test = fold.indices.filter { fold[$0] == number }.map { Int32($0) }
      let train = fold.indices.filter { fold[$0] != number }.map { Int32($0) }
      let fitted = try plan.fit(table, rows: train, run.quiet)
      let started = run.host.now()
      let judging = try Judging(fitted, on: try table.taking(test, workers: run.workers), run.quiet)
      return Score(
        judging: judging, trainRows: Double(train.count), testRows: Double(test.count),
        fitMilliseconds: fitted.fitMilliseconds,
        predictMilliseconds: run.host.now() - started)
    }
  }

  private func strata(_ table: Table, _ model: Model) -> [Int32]? {
    guard model.task == .classes, let name = model.target, let column = table[name],
      let grouping = try? table.grouping(by: [column], workers: .serial)
    else { return nil }
    return grouping.groups
  }
}

extension RunContext {
  /// The same, telling nothing: for work inside a stage.
  package var quiet: RunContext {
    var copy = self
    copy.notice = { _ in }
    copy.display = { _ in }
    return copy
  }
}
