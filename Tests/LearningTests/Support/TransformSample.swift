import Columns
import Testing

@testable import Learning

/// Fits a transform to columns and answers the fitted thing.
func prepare(
  _ name: String, _ table: Table, _ settings: [String: Value] = [:], columns: [String]? = nil,
  target: Target? = nil, weights: [Double]? = nil, seed: UInt64 = 0
) throws -> any FittedTransform {
  let transform = try #require(TransformCatalog.transform(named: name))
  return try transform.init(Settings(settings, of: transform.parameters)).fit(
    table, columns: columns ?? table.schema.names, target: target, weights: weights, seed: seed,
    workers: .serial)
}

/// The column `x` after a transform was fitted to it.
func prepared(
  _ name: String, _ x: Column, _ settings: [String: Value] = [:], weights: [Double]? = nil
) throws -> Column {
  let table = Table([("x", x)])
  let fitted = try prepare(name, table, settings, weights: weights)
  return try #require(try fitted.apply(table, workers: .serial)["x"])
}

func near(_ column: Column, _ right: [Double], _ tolerance: Double = 1e-12) -> Bool {
  column.count == right.count
    && zip(column.cells, right).allSatisfy { cell, value in
      cell.map { abs($0 - value) <= tolerance } ?? false
    }
}
