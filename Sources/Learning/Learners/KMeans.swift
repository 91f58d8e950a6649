package import Columns

/// k-means clustering: Lloyd's rounds from several k-means++ starts, the best of which is kept.
package struct KMeans: Learner {
  package static let name = "kmeans"
  package static let summary = "k-means clustering of the features as they are (use scale first)"
  package static let tasks: Set<Task> = [.clusters]
  package static let parameters: [Parameter] = [
    Parameter("clusters", .integer(1...100_000), standard: .int(8), "how many clusters"),
    Parameter(
      "starts", .integer(1...10_000), standard: .int(10),
      "how many starts, the best of which is kept"),
    Parameter(
      "iterations", .integer(1...1_000_000), standard: .int(300), "at most so many rounds a start"),
    Parameter(
      "tolerance", .number(lower: 0, upper: 1), standard: .number(1e-4),
      "a start is done when its centres move less than this share of the mean variance"),
  ]
  package static let takesNulls = false

  let clusters: Int
  let starts: Int
  let iterations: Int
  let tolerance: Double

  package init(_ settings: Settings) throws {
    clusters = settings.integer("clusters") ?? 8
    starts = settings.integer("starts") ?? 10
    iterations = settings.integer("iterations") ?? 300
    tolerance = settings.number("tolerance") ?? 1e-4
  }

  package func fit(
    _ data: TrainingData, workers: Workers, progress: Progress
  ) throws -> any FittedModel {
    try LinearAlgebra.require()
    let data = try data.checked(for: Self.self)
    let design = try Design(learning: data.features, dropsFirst: false, learner: Self.name)
    let columns = try design.columns(of: data.features, learner: Self.name)
    guard columns.rows >= clusters else {
      throw DataError(
        "too-few-rows",
        "\(clusters) clusters need at least as many rows, and there are \(columns.rows)",
        help: "ask for fewer: clusters: \(columns.rows)")
    }
    let problem = LloydProblem(
      columns.matrix(), weights: data.weights, clusters: clusters, iterations: iterations,
      tolerance: tolerance)
    guard problem.spread.isFinite else {
      throw DataError(
        "out-of-range", "the numbers are too large for the sums of \(Self.name)",
        help: "scale the features first: scale numeric()")
    }
    let best = try best(of: problem, seed: data.seed, workers: workers, progress: progress)
    return KMeansModel(body: content(best, problem, design: design))
  }

  private func best(
    of problem: LloydProblem, seed: UInt64, workers: Workers, progress: Progress
  ) throws -> LloydProblem.Answer {
    // Starts are independent, so they share the threads, and rounds do where there is one start.
    let inner =
      starts == 1 ? workers : Workers(threads: 1, cancellation: workers.cancellation)
    let answers = try workers.map(starts) { start in
      var random = RandomStream(seed: seed, part: UInt64(start))
      let answer = try problem.solve(&random, workers: inner)
      progress.report(
        Double(start + 1) / Double(starts), "start \(start + 1), inertia \(short(answer.inertia))")
      return answer
    }
    return answers.dropFirst().reduce(answers[0]) { $1.inertia < $0.inertia ? $1 : $0 }
  }

  private func content(
    _ best: LloydProblem.Answer, _ problem: LloydProblem, design: Design
  ) -> KMeansModel.Content {
    var sizes = [Int](repeating: 0, count: clusters)
    for label in best.labels { sizes[Int(label)] += 1 }
    var facts = [
      Fact("rows", "\(problem.rows)"), Fact("clusters", "\(clusters)"),
      Fact("inertia", "\(best.inertia)"), Fact("sizes", listed(sizes.map { "\($0)" }, limit: 20)),
      Fact("iterations", "\(best.rounds)"), Fact("starts", "\(starts)"),
    ]
    if let encoding = design.encoding { facts.append(Fact("encoding", encoding)) }
    var warnings: [String] = []
    let filled = sizes.count { $0 > 0 }
    if filled < clusters {
      warnings.append(
        "only \(filled) of \(clusters) clusters have rows: there are too few distinct rows")
    }
    if !best.converged {
      warnings.append("not converged after \(best.rounds) iterations")
    }
    return KMeansModel.Content(
      design: design, clusters: clusters, centres: problem.original(best.centres), facts: facts,
      warnings: warnings)
  }
}

package struct KMeansModel: FittedModel, Embodied {
  struct Content: Body {
    var design: Design
    var clusters: Int
    /// Cluster after cluster, one a column of the design.
    var centres: [Double]
    var facts: [Fact]
    var warnings: [String]

    func check() throws {
      let title = KMeansModel.title
      try design.check(title)
      try require(
        clusters > 0 && centres.count == clusters * design.width, title,
        "it has \(centres.count) coordinates for \(clusters) centres of \(design.width)")
      try require(centres.allFinite, title, "a centre is not finite")
    }
  }

  package static let learner = KMeans.name
  static let title = KMeansModel.learner
  let body: Content

  package func predict(_ features: Table, workers: Workers) throws -> Prediction {
    let matrix = try body.design.columns(of: features, learner: KMeans.name).matrix()
    let nearest = try nearestCentres(
      matrix, centres: body.centres, clusters: body.clusters, workers: workers)
    return .clusters(
      labels: nearest.labels.map { $0 + 1 }, distances: nearest.squares.map { $0.squareRoot() })
  }

  package var terms: Table? { nil }
  package var facts: [(name: String, value: String)] { body.facts.map { ($0.name, $0.value) } }
  package var warnings: [String] { body.warnings }
}
