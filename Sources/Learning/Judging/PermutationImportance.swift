package import Columns

/// How much worse a model does when the values of one feature are dealt out anew among the rows.
package enum PermutationImportance {
  /// `feature`, `importance` (the mean loss of the metric over the repeats, positive when the feature
  /// helps), `sd` (over the repeats, n - 1), the most important first. Each feature and repeat has a
  /// stream of its own, so other features change nothing.
  package static func compute(
    _ model: any FittedModel, features: Table, actual: Target, metric: Metric,
    weights: [Double]? = nil, repeats: Int = 5, seed: UInt64 = 0, workers: Workers,
    progress: Progress = .silent
  ) throws -> Table {
    let inner = Workers(threads: 1, cancellation: workers.cancellation)
    @Sendable func score(_ table: Table) throws -> Double {
      let judgement = try Judgement(
        actual: actual, predicted: model.predict(table, workers: inner), weights: weights)
      switch try metric.compute(judgement) {
      case .value(let value): return value
      case .undefined(let reason):
        throw DataError(
          "undefined-metric", "\(metric.name) has no value here: \(reason)",
          help: "choose another metric")
      }
    }
    let base = try score(features)
    let sign: Double = metric.direction == .higher ? 1 : -1
    let names = features.schema.names
    let repeats = max(1, repeats)
    let losses = try workers.map(names.count * repeats) { number in
      let place = number / repeats
      var random = RandomStream(seed: seed ^ textHash(names[place]), part: UInt64(number % repeats))
      let order = shuffled(features.rowCount, &random)
      let dealt = features.setting([(names[place], features.columns[place].picking(order))])
      let loss = try sign * (base - score(dealt))
      progress.report(Double(number + 1) / Double(names.count * repeats), names[place])
      return loss
    }
    let found = names.indices.map { place -> (name: String, mean: Double, sd: Double) in
      let own = losses[place * repeats..<(place + 1) * repeats]
      let mean = own.reduce(0, +) / Double(repeats)
      let square = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (names[place], mean, repeats > 1 ? (square / Double(repeats - 1)).squareRoot() : 0)
    }
    let order = found.indices.sorted { (-found[$0].mean, $0) < (-found[$1].mean, $1) }
    return Table([
      ("feature", .text(TextValues(order.map { found[$0].name }))),
      ("importance", .number(Values(order.map { found[$0].mean }))),
      ("sd", .number(Values(order.map { found[$0].sd }))),
    ])
  }

  /// Positions in random order (Fisher and Yates); written out so that no other version of the
  /// standard library changes the numbers.
  static func shuffled(_ count: Int, _ random: inout RandomStream) -> [Int] {
    var order = Array(0..<count)
    for place in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(place, Int(random.uniform() * Double(place + 1)))
    }
    return order
  }
}
