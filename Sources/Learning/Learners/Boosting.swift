package import Columns

/// Gradient boosting of trees over histograms.
package struct Boosting: Learner {
  package static let name = "boosting"
  package static let summary = "many small trees, each correcting those before it"
  package static let tasks: Set<Task> = [.classes, .numbers]
  package static let takesNulls = true

  package static let parameters: [Parameter] = [
    Parameter("trees", .integer(1...100_000), standard: .int(100), "rounds of boosting"),
    Parameter(
      "rate", .number(lower: 1e-9, upper: 1), standard: .number(0.1),
      "how much of each tree counts"),
    Parameter("leaves", .integer(1...65_536), standard: .int(31), "most leaves of a tree"),
    Parameter(
      "depth", .integer(0...1000), standard: .int(0),
      "most questions from a tree's root to a leaf, 0 for any number"),
    Parameter(
      "min_leaf", .integer(1...1_000_000_000), standard: .int(20), unit: "rows",
      "fewest rows of a leaf"),
    Parameter(
      "l2", .number(lower: 0, upper: 1e12), standard: .number(0),
      "pulls the leaves' values towards zero by their squares"),
    Parameter(
      "l1", .number(lower: 0, upper: 1e12), standard: .number(0),
      "pulls the leaves' values towards zero by their sizes"),
    Parameter(
      "bins", .integer(2...255), standard: .int(255),
      "into how many ranges a numeric feature is cut at most"),
    Parameter(
      "rows", .number(lower: 0.0001, upper: 1), standard: .number(1),
      "share of the rows that each tree sees"),
    Parameter(
      "columns", .number(lower: 0.0001, upper: 1), standard: .number(1),
      "share of the columns that each tree sees"),
    Parameter(
      "min_gain", .number(lower: 0, upper: 1e12), standard: .number(0),
      "least gain for which a leaf is split"),
    Parameter(
      "min_hessian", .number(lower: 0, upper: 1e12), standard: .number(1e-3),
      "least sum of hessians in a leaf"),
    Parameter(
      "stop", .integer(0...100_000), standard: .int(0), unit: "rounds",
      "ends when that many rounds brought nothing on a tenth of the rows held out, 0 for never"),
    Parameter(
      "category_smoothing", .number(lower: 0, upper: 1e12), standard: .number(10),
      "draws the order of rare categories towards the middle"),
    Parameter(
      "category_l2", .number(lower: 0, upper: 1e12), standard: .number(10),
      "more of l2 where categories are split"),
    Parameter(
      "max_category_splits", .integer(1...255), standard: .int(32),
      "most categories on one side of a split"),
    Parameter(
      "min_category_group", .integer(1...1_000_000_000), standard: .int(100), unit: "rows",
      "fewest rows of a group of categories"),
    Parameter(
      "one_versus_rest", .integer(0...255), standard: .int(4),
      "up to how many categories one is split from the others"),
  ]

  let options: BoostingOptions

  package init(_ settings: Settings) throws {
    options = BoostingOptions(settings)
  }

  package func fit(
    _ data: TrainingData, workers: Workers, progress: Progress
  ) throws -> any FittedModel {
    guard data.features.rowCount > 0 else {
      throw DataError(
        "no-rows", "boosting needs at least one row to learn from; there is none",
        help: "look at the filters before the fit")
    }
    guard data.features.rowCount <= 1_000_000_000 else {
      throw DataError(
        "too-many-rows",
        "boosting takes at most 1,000,000,000 rows; there are \(data.features.rowCount)",
        help: "sample the rows first")
    }
    let weights = try BoostingWeights.checked(data.weights, rows: data.features.rowCount)
    return try workers.withTeam { team in
      try BoostingRun(data, weights: weights, options: options, team: team).model(progress)
    }
  }
}

/// The settings of boosting as numbers.
struct BoostingOptions: Sendable {
  var trees: Int
  var rate: Double
  var bins: Int
  var rows: Double
  var columns: Double
  var stop: Int
  var limits: TreeLimits

  init(_ settings: Settings) {
    let standard = TreeLimits()
    trees = settings.integer("trees") ?? 100
    rate = settings.number("rate") ?? 0.1
    bins = settings.integer("bins") ?? 255
    rows = settings.number("rows") ?? 1
    columns = settings.number("columns") ?? 1
    stop = settings.integer("stop") ?? 0
    limits = TreeLimits(
      leaves: settings.integer("leaves") ?? standard.leaves,
      depth: settings.integer("depth") ?? standard.depth,
      minLeaf: settings.integer("min_leaf") ?? standard.minLeaf,
      l1: settings.number("l1") ?? standard.l1,
      l2: settings.number("l2") ?? standard.l2,
      minGain: settings.number("min_gain") ?? standard.minGain,
      minHessian: settings.number("min_hessian") ?? standard.minHessian,
      categorySmoothing: settings.number("category_smoothing") ?? standard.categorySmoothing,
      categoryL2: settings.number("category_l2") ?? standard.categoryL2,
      maxCategorySplits: settings.integer("max_category_splits") ?? standard.maxCategorySplits,
      minCategoryGroup: settings.integer("min_category_group") ?? standard.minCategoryGroup,
      oneVersusRest: settings.integer("one_versus_rest") ?? standard.oneVersusRest)
  }
}

/// Weights as the loops take them.
enum BoostingWeights {
  /// Nil when all rows count the same. Weights far from 1 are scaled by a power of two: they are
  /// kept as 32-bit floats.
  static func checked(_ weights: [Double]?, rows: Int) throws -> [Double]? {
    guard let weights else { return nil }
    guard weights.count == rows else {
      throw DataError(
        "weights-count", "boosting needs one weight a row; there are \(weights.count) for \(rows)")
    }
    var most = 0.0
    for (row, weight) in weights.enumerated() {
      guard weight >= 0, weight.isFinite else {
        throw DataError(
          "weight-range", "a weight is a finite number from 0 up; row \(row + 1) has \(weight)",
          row: row + 1)
      }
      most = max(most, weight)
    }
    guard most > 0 else {
      throw DataError(
        "weights-zero", "boosting needs a row with a weight above 0; all weights are 0",
        help: "leave the weights out or look at their column")
    }
    if weights.allSatisfy({ $0 == 1 }) { return nil }
    guard most > 1e9 || most < 1e-9 else { return weights }
    let scale = 1 / most.binade
    return weights.map { $0 * scale }
  }
}
