package import Columns
package import Learning

/// The naive model that every model is judged beside.
package enum Baselines {
  package static func fit(_ data: TrainingData, _ run: RunContext) throws -> any FittedModel {
    switch data.target {
    case .classes: try Majority(Settings(of: [])).fit(data, workers: run.workers, progress: .silent)
    case .numbers: try Mean(Settings(of: [])).fit(data, workers: run.workers, progress: .silent)
    case .none: OneCluster()
    }
  }
}

/// The baseline of clustering: everything is one cluster.
package struct OneCluster: FittedModel {
  package static let learner = "one_cluster"
  package init() {}
  package func predict(_ features: Table, workers: Workers) throws -> Prediction {
    .clusters(
      labels: Array(repeating: 1, count: features.rowCount),
      distances: Array(repeating: 0, count: features.rowCount))
  }
  package var terms: Table? { nil }
  package var facts: [(name: String, value: String)] { [] }
  package var warnings: [String] { [] }
}
