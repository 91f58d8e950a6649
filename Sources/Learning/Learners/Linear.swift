package import Columns
import Glibc

/// Linear regression: least squares, or ridge with `l2`.
package struct Linear: Learner {
  package static let name = "linear"
  package static let summary = "linear regression by least squares; ridge with l2"
  package static let tasks: Set<Task> = [.numbers]
  package static let parameters: [Parameter] = [
    Parameter(
      "l2", .number(lower: 0, upper: .greatestFiniteMagnitude), standard: .number(0),
      "ridge penalty: adds l2 times the sum of squared coefficients (not the intercept) to the squared errors; "
        + "with it categories keep a column for every level, without it the first level has none"),
    Parameter("intercept", .flag, standard: .bool(true), "whether to fit a constant term"),
  ]
  package static let takesNulls = false

  let l2: Double
  let intercept: Bool

  package init(_ settings: Settings) throws {
    l2 = settings.number("l2") ?? 0
    intercept = settings["intercept"].map { $0 == .bool(true) } ?? true
  }

  package func fit(
    _ data: TrainingData, workers: Workers, progress: Progress
  ) throws -> any FittedModel {
    try LinearAlgebra.require()
    let data = try data.checked(for: Self.self)
    guard case .numbers(let target) = data.target else { preconditionFailure("checked above") }
    let design = try Design(
      learning: data.features, dropsFirst: intercept && l2 == 0, learner: Self.name)
    let plain = try design.columns(of: data.features, learner: Self.name)
      .matrix(intercept: intercept)
    progress.report(0.2, "factoring \(plain.rows) x \(plain.columns)")
    let (matrix, right) = weightedSystem(plain, target, weights: data.weights)
    let fit = try LeastSquares(matrix, right, keepsFirst: intercept, workers: workers)
    guard fit.solution.allFinite, fit.residual.allFinite else {
      throw DataError(
        "out-of-range", "the numbers are too large for the sums of \(Self.name)",
        help: "scale the features first: scale numeric()")
    }
    progress.report(1, "done")
    return LinearModel(
      body: content(fit, design: design, target: target, weights: data.weights))
  }

  /// Rows times the root of their weights, and below them the rows of the penalty.
  private func weightedSystem(
    _ plain: Matrix, _ target: [Double], weights: [Double]?
  ) -> (Matrix, [Double]) {
    let first = intercept ? 1 : 0
    let extra = l2 > 0 ? plain.columns - first : 0
    let roots = weights.map { $0.map { $0.squareRoot() } }
    var matrix = extra > 0 ? Matrix(rows: plain.rows + extra, columns: plain.columns) : plain
    for column in 0..<plain.columns where extra > 0 || roots != nil {
      for row in 0..<plain.rows {
        matrix[row, column] = plain[row, column] * (roots?[row] ?? 1)
      }
    }
    for place in 0..<extra { matrix[plain.rows + place, first + place] = l2.squareRoot() }
    let right =
      target.enumerated().map { $1 * (roots?[$0] ?? 1) } + [Double](repeating: 0, count: extra)
    return (matrix, right)
  }

  private func content(
    _ fit: LeastSquares, design: Design, target: [Double], weights: [Double]?
  ) -> LinearModel.Content {
    let names = (intercept ? ["intercept"] : []) + design.terms
    let rss = fit.residual.prefix(target.count).reduce(0) { $0 + $1 * $1 }
    let df = target.count - fit.kept.count
    let variance = df > 0 ? rss / Double(df) : nil
    let centre = intercept ? weightedMean(target, weights: weights) : 0
    let total = target.enumerated().reduce(0.0) { sum, entry in
      sum + (weights?[entry.offset] ?? 1) * (entry.element - centre) * (entry.element - centre)
    }
    var facts = [Fact("rows", "\(target.count)"), Fact("terms", "\(fit.kept.count)")]
    if total > 0 {
      let r2 = 1 - rss / total
      facts.append(Fact("r2", short(r2)))
      if df > 0 {
        let freedom = Double(target.count - (intercept ? 1 : 0))
        facts.append(Fact("adjusted r2", short(1 - (1 - r2) * freedom / Double(df))))
      }
    }
    if let variance { facts.append(Fact("residual sd", short(variance.squareRoot()))) }
    facts.append(Fact("degrees of freedom", "\(max(0, df))"))
    if l2 > 0 {
      facts.append(Fact("l2", short(l2)))
      facts.append(Fact("standard errors", "of the penalised fit: they ignore its bias"))
    }
    if let encoding = design.encoding { facts.append(Fact("encoding", encoding)) }
    return LinearModel.Content(
      design: design, constant: intercept ? fit.solution[0] : 0,
      coefficients: Array(fit.solution.dropFirst(intercept ? 1 : 0)),
      estimates: fit.kept.map { column in
        Estimate(
          term: names[column], value: fit.solution[column],
          standardError: variance.map { ($0 * fit.inverseGram[column]).squareRoot() })
      },
      freedom: max(0, df), facts: facts,
      warnings: warnings(fit, names: names, df: df))
  }

  private func warnings(_ fit: LeastSquares, names: [String], df: Int) -> [String] {
    var all: [String] = []
    let kept = Set(fit.kept)
    let dropped = names.indices.filter { !kept.contains($0) }.map { names[$0] }
    if !dropped.isEmpty {
      all.append(
        "\(listed(dropped)) dropped: constant, or a combination of the columns before")
    }
    if df <= 0 {
      all.append("as many terms as rows: the fit is exact and standard errors cannot be judged")
    }
    return all
  }
}

package struct LinearModel: FittedModel, Embodied {
  struct Content: Body {
    var design: Design
    var constant: Double
    /// One a column of the design; 0 for columns that were dropped.
    var coefficients: [Double]
    var estimates: [Estimate]
    var freedom: Int
    var facts: [Fact]
    var warnings: [String]

    func check() throws {
      let title = LinearModel.title
      try design.check(title)
      try require(
        coefficients.count == design.width, title,
        "it has \(coefficients.count) coefficients for \(design.width) columns")
      try require(
        coefficients.allFinite && constant.isFinite, title, "a coefficient is not finite")
      try require(estimates.allSatisfy(\.isSound), title, "an estimate is not finite")
      try require(freedom >= 0, title, "its degrees of freedom are negative")
    }
  }

  package static let learner = Linear.name
  static let title = LinearModel.learner
  let body: Content

  package func predict(_ features: Table, workers: Workers) throws -> Prediction {
    let columns = try body.design.columns(of: features, learner: Linear.name)
    return .numbers(columns.linear(body.coefficients[...], intercept: body.constant))
  }

  package var terms: Table? {
    body.estimates.table(df: Double(max(1, body.freedom)))
  }
  package var facts: [(name: String, value: String)] { body.facts.map { ($0.name, $0.value) } }
  package var warnings: [String] { body.warnings }
}
