package import Columns

/// How often each class was taken for each: counts, or sums of weights.
package struct Confusion: Sendable, Equatable {
  package let labels: [Value]
  /// `counts[actual * labels.count + predicted]`.
  package let counts: [Double]

  package init(_ classes: Judgement.Classes, weights: [Double]? = nil) {
    labels = classes.labels
    var counts = [Double](repeating: 0, count: labels.count * labels.count)
    for row in classes.actual.indices {
      counts[Int(classes.actual[row]) * labels.count + Int(classes.predicted[row])] +=
        weights?[row] ?? 1
    }
    self.counts = counts
  }

  package subscript(actual: Int, predicted: Int) -> Double {
    counts[actual * labels.count + predicted]
  }

  package var total: Double { counts.reduce(0, +) }
  /// Rows that are of a class.
  func actual(_ label: Int) -> Double { labels.indices.reduce(0) { $0 + self[label, $1] } }
  /// Rows that were said to be of a class.
  func predicted(_ label: Int) -> Double { labels.indices.reduce(0) { $0 + self[$1, label] } }
  func right(_ label: Int) -> Double { self[label, label] }
  var right: Double { labels.indices.reduce(0) { $0 + self[$1, $1] } }

  /// A measure of one class: of the positive one for two classes, else the plain mean over the
  /// classes that occur or were said.
  func macro(_ measure: (Int) -> Double) -> Metric.Score {
    if labels.count == 2 { return .value(measure(1)) }
    let seen = labels.indices.filter { actual($0) > 0 || predicted($0) > 0 }
    return .value(seen.reduce(0) { $0 + measure($1) } / Double(seen.count))
  }

  /// `part / whole`, and 0 for 0 / 0.
  static func share(_ part: Double, _ whole: Double) -> Double { whole > 0 ? part / whole : 0 }
}
