import Columns

/// A way to judge predictions. One file each; listed in `MetricCatalog`.
package struct Metric: Sendable {
  package enum Direction: String, Sendable {
    case higher
    case lower
  }

  package enum Needs: String, Sendable {
    /// The likeliest class.
    case labels
    /// A probability for every class.
    case probabilities
    case numbers

    package var task: Task { self == .numbers ? .numbers : .classes }
  }

  package enum Score: Sendable, Hashable {
    case value(Double)
    /// There is none, for this reason.
    case undefined(String)

    package var value: Double? {
      if case .value(let value) = self { value } else { nil }
    }
  }

  package let name: String
  /// One short clause without a full stop.
  package let summary: String
  package let direction: Direction
  /// All values lie in it; infinite ends are open.
  package let range: ClosedRange<Double>
  package let best: Double
  package let needs: Needs
  /// Whether swapping what was the case and what was said leaves it alone.
  package let isSymmetric: Bool
  private let body: Body

  private enum Body: Sendable {
    case classes(@Sendable (Judgement.Classes, [Double]?) -> Score)
    case numbers(@Sendable (Judgement.Numbers, [Double]?) -> Score)
  }

  init(
    _ name: String, _ summary: String, _ direction: Direction, range: ClosedRange<Double>,
    best: Double, needs: Needs = .labels, isSymmetric: Bool = false,
    classes: @escaping @Sendable (Judgement.Classes, [Double]?) -> Score
  ) {
    self.name = name
    self.summary = summary
    self.direction = direction
    self.range = range
    self.best = best
    self.needs = needs
    self.isSymmetric = isSymmetric
    body = .classes(classes)
  }

  init(
    _ name: String, _ summary: String, _ direction: Direction, range: ClosedRange<Double>,
    best: Double, isSymmetric: Bool = false,
    numbers: @escaping @Sendable (Judgement.Numbers, [Double]?) -> Score
  ) {
    self.name = name
    self.summary = summary
    self.direction = direction
    self.range = range
    self.best = best
    needs = .numbers
    self.isSymmetric = isSymmetric
    body = .numbers(numbers)
  }

  package func compute(_ judgement: Judgement) throws -> Score {
    let score: Score
    switch (body, judgement.content) {
    case _ where judgement.rowCount == 0: score = .undefined("no rows")
    case (.classes(let compute), .classes(let classes)):
      score = compute(classes, judgement.weights)
    case (.numbers(let compute), .numbers(let numbers)):
      score = compute(numbers, judgement.weights)
    case (.classes, .numbers): throw mismatch(.numbers)
    case (.numbers, .classes): throw mismatch(.classes)
    }
    if case .value(let value) = score, !value.isFinite { return .undefined("out of range") }
    return score
  }

  private func mismatch(_ task: Task) -> DataError {
    DataError(
      "wrong-task",
      "\(name) judges \(needs.task.rawValue), and the model predicts \(task.rawValue)",
      help: "choose among "
        + MetricCatalog.all.filter { $0.needs.task == task }.map(\.name).joined(separator: ", "))
  }
}
