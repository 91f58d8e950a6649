package import Columns
import Glibc

/// Logistic regression for two or more classes, solved to the exact optimum.
package struct Logistic: Learner {
  package static let name = "logistic"
  package static let summary =
    "logistic regression (softmax for several classes) with an L2 penalty"
  package static let tasks: Set<Task> = [.classes]
  package static let parameters: [Parameter] = [
    Parameter(
      "l2", .number(lower: 0, upper: .greatestFiniteMagnitude), standard: .number(1),
      "penalty: adds l2 / 2 times the sum of squared coefficients (not the intercepts) to the log losses; "
        + "1 / C of scikit-learn, 0 for maximum likelihood; "
        + "with a penalty categories keep a column for every level, without one the first level has none"
    ),
    Parameter("intercept", .flag, standard: .bool(true), "whether to fit constant terms"),
  ]
  package static let takesNulls = false

  let l2: Double
  let intercept: Bool

  package init(_ settings: Settings) throws {
    l2 = settings.number("l2") ?? 1
    intercept = settings["intercept"].map { $0 == .bool(true) } ?? true
  }

  package func fit(
    _ data: TrainingData, workers: Workers, progress: Progress
  ) throws -> any FittedModel {
    try LinearAlgebra.require()
    let data = try data.checked(for: Self.self)
    guard case .classes(let codes, let labels) = data.target else {
      preconditionFailure("checked above")
    }
    let present = Set(codes).sorted()
    guard present.count > 1 else {
      let only = present.first.map { plainText(labels[Int($0)]) } ?? ""
      throw DataError(
        "one-class", "\(Self.name) needs rows of at least two classes, and all are `\(only)`",
        help: "see that the training part holds both, or split with stratify:")
    }
    let design = try Design(
      learning: data.features, dropsFirst: intercept && l2 == 0, learner: Self.name)
    let plain = try design.columns(of: data.features, learner: Self.name).matrix(
      intercept: intercept)
    let scaled = try Standardised(
      plain, weights: data.weights, intercept: intercept, workers: workers)
    var places = [Int32](repeating: 0, count: labels.count)
    for (place, code) in present.enumerated() { places[Int(code)] = Int32(place) }
    var kept = Array(0..<scaled.matrix.columns)
    if l2 == 0 {
      kept = try LeastSquares.independentColumns(
        weighted(scaled.matrix, data.weights), keepsFirst: intercept, workers: workers)
    }
    let problem = SoftmaxProblem(
      matrix: kept.count == scaled.matrix.columns
        ? scaled.matrix : scaled.matrix.selecting(columns: kept),
      codes: codes.map { places[Int($0)] }, classes: present.count, weights: data.weights,
      penalties: kept.map { column in
        intercept && column == 0 ? 0 : l2 / (scaled.scales[column] * scaled.scales[column])
      })
    var solver = NewtonSolver(problem: problem, workers: workers, progress: progress)
    solver.judgesSeparation = l2 == 0
    let constant = constant(problem)
    let answer = try solver.solve(from: solver.start(from: constant.theta, loss: constant.loss))
    let fit = LogisticFit(
      problem: problem, answer: answer, scaled: scaled, kept: kept, design: design,
      labels: labels, present: present.map { Int($0) }, l2: l2, intercept: intercept)
    return LogisticModel(body: try fit.content())
  }

  private func weighted(_ matrix: Matrix, _ weights: [Double]?) -> Matrix {
    guard let weights else { return matrix }
    var answer = matrix
    for column in 0..<matrix.columns {
      for row in 0..<matrix.rows { answer[row, column] *= weights[row].squareRoot() }
    }
    return answer
  }

  /// The model without features: log odds of the shares of the classes, and its loss.
  private func constant(_ problem: SoftmaxProblem) -> (theta: [Double], loss: Double) {
    var theta = [Double](repeating: 0, count: problem.parameters)
    let total = problem.totalWeight
    guard intercept else { return (theta, total * log(Double(problem.classes))) }
    var sums = [Double](repeating: 0, count: problem.classes)
    for (row, code) in problem.codes.enumerated() { sums[Int(code)] += problem.weights?[row] ?? 1 }
    let logs = sums.map { log($0) }
    if problem.outputs == 1 {
      theta[0] = logs[1] - logs[0]
    } else {
      let mean = logs.reduce(0, +) / Double(logs.count)
      for k in logs.indices { theta[k * problem.columns] = logs[k] - mean }
    }
    return (theta, zip(sums, logs).reduce(0) { $0 + $1.0 * (log(total) - $1.1) })
  }
}

/// Columns moved to mean 0 (with an intercept) and brought to size 1, with the way back.
struct Standardised {
  var matrix: Matrix
  var means: [Double]
  var scales: [Double]

  /// Column 0 is left alone when it is the intercept.
  init(_ plain: consuming Matrix, weights: [Double]?, intercept: Bool, workers: Workers) throws {
    let rows = plain.rows
    means = [Double](repeating: 0, count: plain.columns)
    scales = [Double](repeating: 1, count: plain.columns)
    for column in (intercept ? 1 : 0)..<max(intercept ? 1 : 0, plain.columns) {
      try workers.check()
      let range = column * rows..<(column + 1) * rows
      (means[column], scales[column]) = plain.elements.withUnsafeMutableBufferPointer { all in
        let values = UnsafeMutableBufferPointer(rebasing: all[range])
        let mean = intercept ? Sums.mean(UnsafeBufferPointer(values), weights: weights) : 0
        let size = Sums.variance(UnsafeBufferPointer(values), about: mean, weights: weights)
          .squareRoot()
        // What is left of a constant column is rounding.
        let isFlat = !(size > 1e-14 * abs(mean)) || !size.isFinite
        for row in values.indices { values[row] = isFlat ? 0 : (values[row] - mean) / size }
        return (mean, isFlat ? 1 : size)
      }
    }
    matrix = plain
  }
}

package struct LogisticModel: FittedModel, Embodied {
  struct Content: Body {
    var design: Design
    var labels: [Value]
    /// Positions in `labels` of the classes that had rows, in order.
    var present: [Int]
    /// One for two classes (the score of the last), else one a class.
    var constants: [Double]
    /// Class after class, one a column of the design; 0 for columns that were dropped.
    var coefficients: [Double]
    var estimates: [Estimate]
    var facts: [Fact]
    var warnings: [String]

    func check() throws {
      let title = LogisticModel.title
      try design.check(title)
      try require(
        present.count > 1 && Set(present).count == present.count
          && present.allSatisfy(labels.indices.contains), title, "its classes do not fit")
      try require(
        constants.count == (present.count == 2 ? 1 : present.count), title,
        "it has \(constants.count) intercepts for \(present.count) classes")
      try require(
        coefficients.count == constants.count * design.width, title,
        "it has \(coefficients.count) coefficients for \(design.width) columns")
      try require(
        constants.allFinite && coefficients.allFinite, title, "a coefficient is not finite")
      try require(estimates.allSatisfy(\.isSound), title, "an estimate is not finite")
    }
  }

  package static let learner = Logistic.name
  static let title = LogisticModel.learner
  let body: Content

  package func predict(_ features: Table, workers: Workers) throws -> Prediction {
    let columns = try body.design.columns(of: features, learner: Logistic.name)
    let width = body.design.width
    let scores = body.constants.indices.map { output in
      columns.linear(
        body.coefficients[output * width..<(output + 1) * width], intercept: body.constants[output])
    }
    let classes = body.labels.count
    var all = [Double](repeating: 0, count: features.rowCount * classes)
    for row in 0..<features.rowCount {
      if scores.count == 1 {
        let small = exp(-abs(scores[0][row]))
        let sides = (small / (1 + small), 1 / (1 + small))
        let isPositive = scores[0][row] >= 0
        all[row * classes + body.present[0]] = isPositive ? sides.0 : sides.1
        all[row * classes + body.present[1]] = isPositive ? sides.1 : sides.0
        continue
      }
      let top = scores.reduce(-Double.infinity) { max($0, $1[row]) }
      var sum = 0.0
      for (output, score) in scores.enumerated() {
        let part = exp(score[row] - top)
        all[row * classes + body.present[output]] = part
        sum += part
      }
      for output in scores.indices { all[row * classes + body.present[output]] /= sum }
    }
    return .classes(probabilities: all, labels: body.labels)
  }

  package var terms: Table? { body.estimates.table(df: nil) }
  package var facts: [(name: String, value: String)] { body.facts.map { ($0.name, $0.value) } }
  package var warnings: [String] { body.warnings }
}
