/// All metrics, in the order of the help page.
package enum MetricCatalog {
  package static let all: [Metric] = [
    .accuracy,
    .balancedAccuracy,
    .precision,
    .recall,
    .f1,
    .specificity,
    .mcc,
    .kappa,
    .auc,
    .averagePrecision,
    .logLoss,
    .brier,
    .rmse,
    .mae,
    .r2,
    .mape,
    .smape,
    .medianAE,
  ]

  /// What is shown when nothing is asked for.
  package static func defaults(for task: Task) -> [Metric] {
    switch task {
    case .classes:
      [
        .accuracy, .balancedAccuracy, .precision, .recall, .f1, .auc, .averagePrecision, .logLoss,
        .brier,
      ]
    case .numbers: [.rmse, .mae, .r2, .mape]
    case .clusters: []
    }
  }

  package static func metric(named name: String) -> Metric? { all.first { $0.name == name } }
}
