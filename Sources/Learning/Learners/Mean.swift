package import Columns

/// The baseline for numbers: says the mean of the training rows for every row.
package struct Mean: Learner {
  package static let name = "mean"
  package static let summary = "baseline: predicts the mean of the target"
  package static let tasks: Set<Task> = [.numbers]
  package static let parameters: [Parameter] = []
  package static let takesNulls = true

  package init(_ settings: Settings) throws {}

  package func fit(
    _ data: TrainingData, workers: Workers, progress: Progress
  ) throws -> any FittedModel {
    let data = try data.checked(for: Self.self)
    guard case .numbers(let values) = data.target else { preconditionFailure("checked above") }
    return MeanModel(
      body: .init(mean: weightedMean(values, weights: data.weights), rows: values.count))
  }
}

package struct MeanModel: FittedModel, Embodied {
  struct Content: Body {
    var mean: Double
    var rows: Int

    func check() throws { try require(mean.isFinite, MeanModel.title, "its mean is not finite") }
  }

  package static let learner = Mean.name
  static let title = MeanModel.learner
  let body: Content

  package func predict(_ features: Table, workers: Workers) throws -> Prediction {
    .numbers([Double](repeating: body.mean, count: features.rowCount))
  }

  package var terms: Table? { nil }
  package var facts: [(name: String, value: String)] {
    [("rows", "\(body.rows)"), ("mean", short(body.mean))]
  }
  package var warnings: [String] { [] }
}
