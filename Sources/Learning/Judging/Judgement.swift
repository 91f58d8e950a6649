package import Columns

/// What was the case and what a model said, brought to one list of labels: what metrics look at.
package struct Judgement: Sendable {
  /// Both for classes. Labels are those of the model in its order (so for two the last is the
  /// positive one), then labels that the model does not know.
  package struct Classes: Sendable {
    package var labels: [Value]
    package var actual: [Int32]
    /// Row-major: `probabilities[row * labels.count + class]`.
    package var probabilities: [Double]
    /// The likeliest class of each row, the first of equals.
    package var predicted: [Int32]

    /// The probability of a class, row by row.
    package func probability(of label: Int) -> [Double] {
      stride(from: label, to: probabilities.count, by: max(1, labels.count)).map {
        probabilities[$0]
      }
    }
  }

  package struct Numbers: Sendable {
    package var actual: [Double]
    package var predicted: [Double]
  }

  package enum Content: Sendable {
    case classes(Classes)
    case numbers(Numbers)
  }

  package let content: Content
  /// One a row; nil means 1 each.
  package let weights: [Double]?

  package var rowCount: Int {
    switch content {
    case .classes(let classes): classes.actual.count
    case .numbers(let numbers): numbers.actual.count
    }
  }

  package init(actual: Target, predicted: Prediction, weights: [Double]? = nil) throws {
    switch (actual, predicted) {
    case (.classes(let codes, let names), .classes(let probabilities, let labels)):
      content = .classes(
        try Self.classes(codes, names, probabilities: probabilities, labels: labels))
    case (.numbers(let values), .numbers(let guesses)):
      content = .numbers(Numbers(actual: values, predicted: guesses))
    default:
      throw DataError(
        "wrong-task",
        "actual values and predictions should be of one kind, and they are \(actual.task.rawValue) and \(predicted.kind)",
        help: "judge the model by the column it was trained for")
    }
    self.weights = weights
    let rows = rowCount
    try require(predicted.rowCount == rows, "\(rows) rows and \(predicted.rowCount) predictions")
    if let weights {
      try require(weights.count == rows, "\(rows) rows and \(weights.count) weights")
      try TrainingData.check(weights, rows: rows)
      guard rows == 0 || weights.contains(where: { $0 > 0 }) else {
        throw DataError(
          "no-weight", "all weights are 0, so there is nothing to judge by",
          help: "give at least one row a positive weight")
      }
    }
  }

  private func require(_ condition: Bool, _ found: String) throws {
    if !condition {
      throw DataError(
        "different-lengths", "one value a row is wanted, and there are \(found)",
        help: "predict the very rows that are judged")
    }
  }

  private static func classes(
    _ codes: [Int32], _ names: [Value], probabilities: [Double], labels: [Value]
  ) throws -> Classes {
    var positions = Dictionary(
      labels.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
    var all = labels
    let occurring = Set(codes)
    let map = names.enumerated().map { code, name -> Int32 in
      if let known = positions[name] { return known }
      guard occurring.contains(Int32(code)) else { return -1 }
      positions[name] = Int32(all.count)
      all.append(name)
      return Int32(all.count - 1)
    }
    let rows = labels.isEmpty ? 0 : probabilities.count / labels.count
    var spread = probabilities
    if all.count > labels.count {
      spread = [Double](repeating: 0, count: rows * all.count)
      for row in 0..<rows {
        for k in labels.indices {
          spread[row * all.count + k] = probabilities[row * labels.count + k]
        }
      }
    }
    return Classes(
      labels: all, actual: codes.map { map[Int($0)] }, probabilities: spread,
      predicted: Prediction.likeliest(probabilities, count: labels.count))
  }
}

extension Prediction {
  package var rowCount: Int {
    switch self {
    case .classes(let probabilities, let labels):
      labels.isEmpty ? 0 : probabilities.count / labels.count
    case .numbers(let values): values.count
    case .clusters(let labels, _): labels.count
    }
  }

  fileprivate var kind: String {
    switch self {
    case .classes: Task.classes.rawValue
    case .numbers: Task.numbers.rawValue
    case .clusters: Task.clusters.rawValue
    }
  }

  /// The position of the likeliest class of each row, the first of equals.
  package static func likeliest(_ probabilities: [Double], count: Int) -> [Int32] {
    guard count > 0 else { return [] }
    return stride(from: 0, to: probabilities.count, by: count).map { start in
      var best = 0
      for k in 1..<max(1, count) where probabilities[start + k] > probabilities[start + best] {
        best = k
      }
      return Int32(best)
    }
  }
}
