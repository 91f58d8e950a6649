package import Columns

/// A preparation that is learned from training rows and replayed at predict: `impute`, `scale`, `encode`.
/// One file each; listed in `TransformCatalog`.
package protocol Transform: Sendable {
  /// The verb it belongs to and the word after `method:` or `with:`, as in `encode.onehot`.
  static var name: String { get }
  static var summary: String { get }
  static var parameters: [Parameter] { get }
  /// Whether it looks at the target (target encoding): then it is cross-fitted on training rows.
  static var needsTarget: Bool { get }

  /// Types of columns it can be given.
  static func accepts(_ type: ColumnType) -> Bool
  /// The schema after it, as far as it is known before any row is read: columns whose names depend on the
  /// data are announced by prefix in `open`.
  func output(of input: Schema, columns: [String]) -> (schema: Schema, open: [String])

  init(_ settings: Settings) throws

  /// Learns from training rows.
  func fit(
    _ table: Table, columns: [String], target: Target?, weights: [Double]?, seed: UInt64,
    workers: Workers
  ) throws -> any FittedTransform
}

/// What a transform learned: plain data, as a `FittedModel` is.
package protocol FittedTransform: Sendable, Codable {
  static var transform: String { get }
  /// Rows at predict time (and test rows).
  func apply(_ table: Table, workers: Workers) throws -> Table
  /// The rows it was fitted on: differs from `apply` only where it is cross-fitted.
  func applyToTraining(_ table: Table, workers: Workers) throws -> Table
  /// What it learned, for the card: ("age", "median 28").
  var facts: [(name: String, value: String)] { get }
}
