import Columns
import Glibc

/// Turns the answer of the solver back into the columns as given, and judges it.
struct LogisticFit {
  let problem: SoftmaxProblem
  let answer: NewtonSolver.Answer
  let scaled: Standardised
  let kept: [Int]
  let design: Design
  let labels: [Value]
  let present: [Int]
  let l2: Double
  let intercept: Bool

  func content() throws -> LogisticModel.Content {
    let first = intercept ? 1 : 0
    var constants: [Double] = []
    var coefficients: [Double] = []
    for output in 0..<problem.outputs {
      let own = Array(answer.theta[output * problem.columns..<(output + 1) * problem.columns])
      var row = [Double](repeating: 0, count: design.width)
      var constant = intercept ? own[0] : 0
      for (place, column) in kept.enumerated() where column >= first {
        row[column - first] = own[place] / scaled.scales[column]
        constant -= row[column - first] * (intercept ? scaled.means[column] : 0)
      }
      constants.append(constant)
      coefficients.append(contentsOf: row)
    }
    guard constants.allFinite, coefficients.allFinite else {
      throw DataError(
        "out-of-range", "the numbers are too large for the sums of logistic regression",
        help: "scale the features first: scale numeric()")
    }
    return LogisticModel.Content(
      design: design, labels: labels, present: present, constants: constants,
      coefficients: coefficients, estimates: estimates(constants, coefficients), facts: facts(),
      warnings: warnings())
  }

  private func estimates(_ constants: [Double], _ coefficients: [Double]) -> [Estimate] {
    let first = intercept ? 1 : 0
    let terms = design.terms
    let errors = standardErrors()
    return (0..<problem.outputs).flatMap { output in
      kept.enumerated().map { place, column in
        let isConstant = intercept && column == 0
        return Estimate(
          label: problem.outputs == 1 ? nil : plainText(labels[present[output]]),
          term: isConstant ? "intercept" : terms[column - first],
          value: isConstant
            ? constants[output] : coefficients[output * design.width + column - first],
          standardError: errors?[output * kept.count + place])
      }
    }
  }

  /// Roots of the diagonal of the inverse second derivatives, in the columns as given.
  private func standardErrors() -> [Double?]? {
    guard let inverse = answer.inverse else { return nil }
    let columns = problem.columns
    let pinned = Set(NewtonSolver.pinnedColumns(of: problem))
    let pin = 1 / (NewtonSolver.pin(of: problem) * Double(problem.outputs))
    return (0..<problem.outputs).flatMap { output -> [Double?] in
      func covariance(_ a: Int, _ b: Int) -> Double {
        inverse[output * columns + a, output * columns + b]
          - (a == b && pinned.contains(a) ? pin : 0)
      }
      return (0..<columns).map { place in
        let column = kept[place]
        if intercept && column == 0 { return interceptError(covariance) }
        let variance = covariance(place, place)
        return variance >= 0 ? variance.squareRoot() / scaled.scales[column] : nil
      }
    }
  }

  /// The intercept stands for the columns before they were moved to mean 0.
  private func interceptError(_ covariance: (Int, Int) -> Double) -> Double? {
    let way = kept.indices.map { place in
      place == 0 ? 1 : -scaled.means[kept[place]] / scaled.scales[kept[place]]
    }
    var variance = 0.0
    for a in way.indices {
      for b in way.indices { variance += way[a] * covariance(a, b) * way[b] }
    }
    return variance >= 0 ? variance.squareRoot() : nil
  }

  private func facts() -> [Fact] {
    var penalty = 0.0
    for at in answer.theta.indices {
      penalty += 0.5 * problem.penalties[at % problem.columns] * answer.theta[at] * answer.theta[at]
    }
    var facts = [
      Fact("rows", "\(problem.matrix.rows)"),
      Fact("classes", "\(present.count)"),
      Fact("l2", short(l2)),
      Fact("log loss", short((answer.loss - penalty) / problem.totalWeight)),
      Fact("iterations", "\(answer.steps)"),
    ]
    if answer.inverse == nil {
      facts.append(Fact("standard errors", "none: too many coefficients"))
    } else if l2 > 0 {
      facts.append(Fact("standard errors", "of the penalised fit: they ignore its bias"))
    }
    if problem.outputs > 1 { facts.append(Fact("coefficients", "sum to 0 over the classes")) }
    if let encoding = design.encoding { facts.append(Fact("encoding", encoding)) }
    return facts
  }

  private func warnings() -> [String] {
    var all: [String] = []
    let names = (intercept ? ["intercept"] : []) + design.terms
    let left = Set(kept)
    let dropped = names.indices.filter { !left.contains($0) }.map { names[$0] }
    if !dropped.isEmpty {
      all.append("\(listed(dropped)) dropped: constant, or a combination of the columns before")
    }
    if present.count < labels.count {
      let seen = Set(present)
      let absent = labels.indices.filter { !seen.contains($0) }.map { plainText(labels[$0]) }
      all.append("no training rows of \(listed(absent)): never predicted")
    }
    let apart = separated(names)
    if !apart.isEmpty {
      all.append(
        "\(listed(apart)) separate the classes: their coefficients grow without end and their standard errors mean nothing; set l2 above 0"
      )
    } else if !answer.converged {
      all.append(
        "not converged after \(answer.steps) iterations: gradient \(short(answer.gradient, digits: 2)) by row"
      )
    }
    return all
  }

  /// Terms whose information in the data has nearly vanished since the start.
  private func separated(_ names: [String]) -> [String] {
    guard l2 == 0, let inverse = answer.inverse else { return [] }
    var found: [String] = []
    for place in kept.indices where !(intercept && kept[place] == 0) {
      let grown = (0..<problem.outputs).contains { output in
        let at = output * problem.columns + place
        return inverse[at, at] > 1e6 * answer.startInverse[at]
      }
      if grown { found.append(names[kept[place]]) }
    }
    return found
  }
}
