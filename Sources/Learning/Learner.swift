package import Columns

/// What a model is asked to say.
package enum Task: String, Sendable, Hashable, Codable, CaseIterable {
  case classes
  case numbers
  case clusters
}

/// What is to be learned, one entry a row of the features.
package enum Target: Sendable {
  /// `codes[i]` is a position in `labels`; labels are sorted, so for two the last one is the
  /// positive class unless the user said otherwise (then it was moved to the end).
  case classes(codes: [Int32], labels: [Value])
  case numbers([Double])
  /// Unsupervised.
  case none

  package var task: Task {
    switch self {
    case .classes: .classes
    case .numbers: .numbers
    case .none: .clusters
    }
  }
}

/// Everything a learner may see: training rows only. Targets and weights hold no nulls.
package struct TrainingData: Sendable {
  /// Columns of type bool, int, number, text or category; nulls only if the learner takes them.
  package var features: Table
  package var target: Target
  /// One non-negative weight a row; nil means 1 each.
  package var weights: [Double]?
  package var seed: UInt64

  package init(features: Table, target: Target, weights: [Double]? = nil, seed: UInt64 = 0) {
    self.features = features
    self.target = target
    self.weights = weights
    self.seed = seed
  }
}

/// How a fit tells how far it is.
package struct Progress: Sendable {
  /// Called between rounds with the share done (0...1) and a few words.
  package var report: @Sendable (Double, String) -> Void
  package init(_ report: @escaping @Sendable (Double, String) -> Void = { _, _ in }) {
    self.report = report
  }
  package static let silent = Progress()
}

/// A way to learn, with its options checked. One file each; listed in `LearnerCatalog`.
///
/// An implementation keeps the contract that `LearnerContractTests` states: the same seed gives the
/// same bits on any number of threads; data is never changed; empty, constant and degenerate input
/// is refused with a `DataError` in words, never a trap; `workers.check()` is called at least every
/// 50 ms of work.
package protocol Learner: Sendable {
  /// The word after `model:`.
  static var name: String { get }
  /// One short clause without a full stop.
  static var summary: String { get }
  static var tasks: Set<Task> { get }
  /// Options besides `model:`, named as the field names them.
  static var parameters: [Parameter] { get }
  /// Whether nulls in features are taken as they are.
  static var takesNulls: Bool { get }

  /// `settings` have been checked against `parameters` one by one; an implementation checks only
  /// what concerns several at once.
  init(_ settings: Settings) throws

  func fit(_ data: TrainingData, workers: Workers, progress: Progress) throws -> any FittedModel
}

/// What a learner found: plain data that can be written to a file and read back bit for bit.
package protocol FittedModel: Sendable, Codable {
  /// `Learner.name` of the learner that made it.
  static var learner: String { get }
  /// `features` has the columns of training by name, in any order; unseen categories are allowed.
  func predict(_ features: Table, workers: Workers) throws -> Prediction
  /// Terms with estimates, or nil for a model that has none: columns `term` (`intercept` first), `estimate`,
  /// `std_error`, `statistic`, `p_value`, `low`, `high` (95 %), with `class` in front for more than two classes.
  var terms: Table? { get }
  /// What the card of the model should say: facts such as ("trees", "100"), ("iterations", "12"),
  /// ("encoding", "one-hot: city (8), sex (2)").
  var facts: [(name: String, value: String)] { get }
  /// Sentences about what went wrong or odd while fitting (no convergence, separation, …).
  var warnings: [String] { get }
}

/// What a model says about rows.
package enum Prediction: Sendable, Equatable {
  /// Row-major: `probabilities[row * labels.count + class]`, each row sums to 1.
  case classes(probabilities: [Double], labels: [Value])
  case numbers([Double])
  /// The cluster from 1 up and the Euclidean distance to its centre (in the scale of the fit).
  case clusters(labels: [Int32], distances: [Double])
}
