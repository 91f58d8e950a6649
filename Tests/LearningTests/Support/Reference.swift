import Columns
import Testing

@testable import Learning

/// Rebuilds the split and the preparation that the reference answers were computed with: numbers
/// with the training median in place of nulls, then scaled by the training rows; categories as text
/// with `missing` for null.
struct Reference {
  var train: Table
  var test: Table
  var trainTarget: Target
  var testTarget: Target

  init(
    _ csv: CSV, numeric: [String], categorical: [String], target: Target, emptyIsLevel: Bool = false
  ) throws {
    var columns = numeric.map { (name: $0, column: csv.numberColumn($0)) }
    for name in categorical {
      let cells = csv.texts(name).map { $0.isEmpty ? (emptyIsLevel ? "" : "missing") : $0 }
      columns.append((name, .text(TextValues(cells))))
    }
    try self.init(Table(columns), numeric: numeric, target: target)
  }

  init(_ table: Table, numeric: [String], target: Target) throws {
    let trainRows = (0..<table.rowCount).filter { !SharedData.isTest($0) }
    let testRows = (0..<table.rowCount).filter { SharedData.isTest($0) }
    train = table.picking(trainRows)
    test = table.picking(testRows)
    for name in ["impute.median", "scale.standard"] where !numeric.isEmpty {
      let transform = try #require(TransformCatalog.transform(named: name))
      let fitted = try transform.init(Settings([:], of: transform.parameters)).fit(
        train, columns: numeric, target: nil, weights: nil, seed: 0, workers: .serial)
      train = try fitted.applyToTraining(train, workers: .serial)
      test = try fitted.apply(test, workers: .serial)
    }
    trainTarget = target.picking(trainRows)
    testTarget = target.picking(testRows)
  }
}

extension Target {
  func picking(_ rows: [Int]) -> Target {
    switch self {
    case .classes(let codes, let labels): .classes(codes: rows.map { codes[$0] }, labels: labels)
    case .numbers(let values): .numbers(rows.map { values[$0] })
    case .none: .none
    }
  }

  /// Texts as classes, labels sorted.
  static func classes(of texts: [String]) -> Target {
    let labels = Set(texts).sorted()
    let codes = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, Int32($0)) })
    return .classes(codes: texts.map { codes[$0] ?? 0 }, labels: labels.map { .text($0) })
  }
}

extension FittedModel {
  /// Estimates by term, for one class if so wanted.
  func estimates(_ column: String = "estimate", of label: String? = nil) -> [String: Double] {
    guard let terms, let cells = terms[column]?.cells, let names = terms["term"]?.textCells else {
      return [:]
    }
    var all: [String: Double] = [:]
    for row in 0..<terms.rowCount {
      if let label, terms["class"]?[row].text != label { continue }
      all[names[row] ?? ""] = cells[row]
    }
    return all
  }

  func probabilities(_ table: Table, label: Int = 1) throws -> [Double] {
    guard case .classes(let all, let labels) = try predict(table, workers: .serial) else {
      return []
    }
    return stride(from: label, to: all.count, by: labels.count).map { all[$0] }
  }

  func numbers(_ table: Table) throws -> [Double] {
    guard case .numbers(let all) = try predict(table, workers: .serial) else { return [] }
    return all
  }

  func fact(_ name: String) -> String? { facts.first { $0.name == name }?.value }
}

/// Fits the learner of a name with the given options.
func fit(
  _ name: String, _ features: Table, _ target: Target, _ settings: [String: Value] = [:],
  weights: [Double]? = nil, seed: UInt64 = 1, workers: Workers = .serial
) throws -> any FittedModel {
  let learner = try #require(LearnerCatalog.learner(named: name))
  return try learner.init(Settings(settings, of: learner.parameters)).fit(
    TrainingData(features: features, target: target, weights: weights, seed: seed),
    workers: workers, progress: .silent)
}

/// The code of the `DataError` that the body throws, or "" if it throws none.
func errorCode(_ body: () throws -> Void) -> String {
  do {
    try body()
    return ""
  } catch let error as DataError {
    return error.code
  } catch {
    return "\(error)"
  }
}
