import Columns
import Glibc

/// Brings a `SoftmaxProblem` to its optimum: Newton's method with a Cholesky factor while the matrix
/// of second derivatives is small, and with conjugate gradients beyond.
struct NewtonSolver {
  /// Parameters up to which the second derivatives are kept as a matrix.
  static let denseLimit = 1000
  /// Largest part of the gradient, by unit of weight, at which the fit counts as done.
  static let tolerance = 1e-10
  static let mostSteps = 200

  struct Answer {
    var theta: [Double]
    var loss: Double
    var steps: Int
    /// Largest part of the gradient by unit of weight.
    var gradient: Double
    /// The pinned inverse of the second derivatives, where they were kept as a matrix.
    var inverse: Matrix?
    /// The diagonal of the same at the starting point.
    var startInverse: [Double] = []
    var converged: Bool { gradient <= NewtonSolver.tolerance }
  }

  let problem: SoftmaxProblem
  let workers: Workers
  let progress: Progress
  /// Whether to keep the diagonal of the inverse at the starting point, to tell separation by.
  var judgesSeparation = false
  var goal = tolerance

  var isDense: Bool { problem.parameters <= Self.denseLimit }

  /// A starting point from every so many rows, where there are many: then few steps over all rows are
  /// left. `start` itself where the part of the rows leads astray.
  func start(from start: [Double], loss: Double) throws -> [Double] {
    let step = problem.matrix.rows / max(8192, 100 * problem.parameters)
    guard isDense, step >= 4 else { return start }
    let part = problem.everyRow(step)
    guard Set(part.codes).count == problem.classes, part.totalWeight > 0 else { return start }
    var solver = NewtonSolver(problem: part, workers: workers, progress: .silent)
    solver.goal = 1e-3
    let answer = try solver.dense(from: start)
    let state = try problem.evaluate(answer.theta, .shares, workers: workers)
    return state.loss.isFinite && state.loss < loss ? answer.theta : start
  }

  func solve(from start: [Double]) throws -> Answer {
    try isDense ? dense(from: start) : conjugate(from: start)
  }

  // MARK: With a matrix

  private func dense(from start: [Double]) throws -> Answer {
    let weight = problem.totalWeight
    var theta = start
    var state = try problem.evaluate(theta, .hessian, workers: workers)
    var answer = Answer(theta: theta, loss: state.loss, steps: 0, gradient: largest(state) / weight)
    for step in 1...Self.mostSteps {
      // One more step than asked for costs little and squares the error.
      if answer.gradient <= goal * 1e-2 { break }
      let factor = try self.factor(state.hessian)
      let direction = factor.solve(state.gradient.map { -$0 })
      guard
        let next = try search(
          theta, direction, state, { try problem.evaluate($0, .hessian, workers: workers) })
      else { break }
      let gradient = largest(next.state) / weight
      if answer.gradient <= goal && gradient >= answer.gradient { break }
      theta = next.theta
      state = next.state
      answer.theta = theta
      answer.loss = state.loss
      answer.steps = step
      answer.gradient = gradient
      report(answer)
    }
    answer.inverse = try factor(state.hessian).inverse()
    if judgesSeparation {
      let begin = try problem.evaluate(
        [Double](repeating: 0, count: problem.parameters), .hessian, workers: workers)
      let first = try factor(begin.hessian).inverse()
      answer.startInverse = (0..<problem.parameters).map { first[$0, $0] }
    }
    return answer
  }

  /// The weight of the pins: about the size of the diagonal.
  static func pin(of problem: SoftmaxProblem) -> Double { problem.totalWeight / 4 }

  /// Columns in which all classes may be moved together without changing the loss.
  static func pinnedColumns(of problem: SoftmaxProblem) -> [Int] {
    if problem.outputs == 1 { return [] }
    return problem.penalties.indices.filter { problem.penalties[$0] == 0 }
  }

  /// Pins the sums over classes that the loss does not determine, and factors.
  private func factor(_ hessian: [Double]) throws -> Cholesky {
    let count = problem.parameters
    var matrix = Matrix(rows: count, columns: count, elements: hessian)
    let pin = Self.pin(of: problem) / Double(problem.outputs)
    for column in Self.pinnedColumns(of: problem) {
      for k in 0..<problem.outputs {
        for l in k..<problem.outputs {
          matrix[k * problem.columns + column, l * problem.columns + column] += pin
        }
      }
    }
    if let factor = try Cholesky(matrix) { return factor }
    // Flat in some direction to the precision of doubles: a little is added until it is not.
    let size = (0..<count).reduce(0) { max($0, abs(matrix[$1, $1])) }
    var extra = max(size, .leastNormalMagnitude) * 1e-14
    while extra.isFinite {
      for place in 0..<count { matrix[place, place] += extra }
      if let factor = try Cholesky(matrix) { return factor }
      extra *= 10
    }
    throw DataError(
      "out-of-range", "the numbers are too large for the sums of logistic regression",
      help: "scale the features first: scale numeric()")
  }

  // MARK: Without

  private func conjugate(from start: [Double]) throws -> Answer {
    let weight = problem.totalWeight
    var theta = start
    var state = try problem.evaluate(theta, .shares, workers: workers)
    var answer = Answer(theta: theta, loss: state.loss, steps: 0, gradient: largest(state) / weight)
    for step in 1...Self.mostSteps where answer.gradient > Self.tolerance * 1e-1 {
      let direction = try newtonDirection(state, weight: weight)
      guard
        let next = try search(
          theta, direction, state, { try problem.evaluate($0, .shares, workers: workers) })
      else { break }
      theta = next.theta
      state = next.state
      answer.theta = theta
      answer.loss = state.loss
      answer.steps = step
      answer.gradient = largest(state) / weight
      report(answer)
    }
    return answer
  }

  /// Conjugate gradients with the diagonal as preconditioner, as exact as the outer step can use.
  private func newtonDirection(
    _ state: SoftmaxProblem.State, weight: Double
  ) throws -> [Double] {
    let outputs = problem.outputs
    var spread = [Double](repeating: 0, count: outputs)
    for (at, share) in state.shares.enumerated() { spread[at % outputs] += share * (1 - share) }
    let rows = Double(max(1, problem.matrix.rows))
    let diagonal = state.gradient.indices.map { at in
      max(1e-12, spread[at / problem.columns] / rows) * weight
        + problem.penalties[at % problem.columns]
    }
    let size = norm(state.gradient)
    let goal = min(0.1, (size / weight).squareRoot()) * size
    var direction = [Double](repeating: 0, count: problem.parameters)
    var residual = state.gradient.map { -$0 }
    var scaled = zip(residual, diagonal).map { $0 / $1 }
    var search = scaled
    var product = dot(residual, scaled)
    for _ in 0..<2000 {
      let curved = try problem.curvature(search, shares: state.shares, workers: workers)
      let bend = dot(search, curved)
      guard bend > 0 else { break }
      let length = product / bend
      for at in direction.indices {
        direction[at] += length * search[at]
        residual[at] -= length * curved[at]
      }
      if norm(residual) <= goal { break }
      scaled = zip(residual, diagonal).map { $0 / $1 }
      let next = dot(residual, scaled)
      for at in search.indices { search[at] = scaled[at] + next / product * search[at] }
      product = next
    }
    return direction
  }

  // MARK: Both

  /// The first of the full step, half of it and so on that lowers the loss enough; nil when none does.
  private func search(
    _ theta: [Double], _ direction: [Double], _ state: SoftmaxProblem.State,
    _ evaluate: ([Double]) throws -> SoftmaxProblem.State
  ) throws -> (theta: [Double], state: SoftmaxProblem.State)? {
    let slope = dot(state.gradient, direction)
    guard slope.isFinite, slope < 0 else { return nil }
    // Near the optimum the loss itself is known to its last digits only.
    let noise = 1e-13 * abs(state.loss)
    var length = 1.0
    for _ in 0..<40 {
      try workers.check()
      let next = zip(theta, direction).map { $0 + length * $1 }
      let found = try evaluate(next)
      if found.loss.isFinite, found.loss <= state.loss + 1e-4 * length * slope + noise {
        return (next, found)
      }
      length /= 2
    }
    return nil
  }

  private func report(_ answer: Answer) {
    let digits = -log10(max(answer.gradient, 1e-300))
    progress.report(
      min(1, max(0, digits / 12)),
      "step \(answer.steps), log loss \(short(answer.loss / problem.totalWeight))")
  }

  private func largest(_ state: SoftmaxProblem.State) -> Double {
    state.gradient.reduce(0) { max($0, abs($1)) }
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for at in a.indices { sum += a[at] * b[at] }
    return sum
  }

  private func norm(_ a: [Double]) -> Double { dot(a, a).squareRoot() }
}
