import Columns
import Glibc

/// The loss of logistic regression over dense columns: the weighted sum of log losses plus half the
/// penalties times squared coefficients.
///
/// Two classes have one row of coefficients (for the last class), more have one row each. Parameters
/// lie class after class, each as long as `columns`. Rows are cut in chunks by the shape alone and
/// chunks are added in their order.
struct SoftmaxProblem: Sendable {
  let matrix: Matrix
  let codes: [Int32]
  let classes: Int
  let weights: [Double]?
  /// One a column, the same for every class.
  let penalties: [Double]

  var outputs: Int { classes == 2 ? 1 : classes }
  var columns: Int { matrix.columns }
  var parameters: Int { outputs * columns }
  var totalWeight: Double { weights?.reduce(0, +) ?? Double(matrix.rows) }

  /// The same over every so many rows, the penalties less by as much.
  func everyRow(_ step: Int) -> SoftmaxProblem {
    let rows = Array(stride(from: 0, to: matrix.rows, by: step))
    var part = Matrix(rows: rows.count, columns: columns)
    for column in 0..<columns {
      for (place, row) in rows.enumerated() {
        part.elements[column * rows.count + place] = matrix.elements[column * matrix.rows + row]
      }
    }
    return SoftmaxProblem(
      matrix: part, codes: rows.map { codes[$0] }, classes: classes,
      weights: weights.map { weights in rows.map { weights[$0] } },
      penalties: penalties.map { $0 / Double(step) })
  }

  struct State: Sendable {
    var loss = 0.0
    var gradient: [Double] = []
    /// Upper triangle, `parameters` square; empty unless asked for.
    var hessian: [Double] = []
    /// Row-major shares of the outputs; empty unless asked for.
    var shares: [Double] = []
  }

  enum Wanted { case hessian, shares }

  private static let blockRows = 2048

  private var chunks: (count: Int, size: Int) {
    let most = parameters > 300 ? 4 : 16
    let blocks = (matrix.rows + Self.blockRows - 1) / Self.blockRows
    let size = (blocks + most - 1) / most * Self.blockRows
    return ((matrix.rows + size - 1) / size, size)
  }

  /// Loss, gradient and what else is wanted at `theta`.
  func evaluate(_ theta: [Double], _ wanted: Wanted, workers: Workers) throws -> State {
    try LinearAlgebra.require()
    let (count, size) = chunks
    let parts = try workers.map(count) { number in
      try evaluate(
        theta, wanted, rows: number * size..<min(matrix.rows, (number + 1) * size),
        workers: workers)
    }
    var sum = parts[0]
    for part in parts.dropFirst() {
      sum.loss += part.loss
      for at in sum.gradient.indices { sum.gradient[at] += part.gradient[at] }
      for at in sum.hessian.indices { sum.hessian[at] += part.hessian[at] }
      sum.shares.append(contentsOf: part.shares)
    }
    for at in theta.indices {
      let penalty = penalties[at % columns]
      sum.loss += 0.5 * penalty * theta[at] * theta[at]
      sum.gradient[at] += penalty * theta[at]
      if wanted == .hessian { sum.hessian[at * parameters + at] += penalty }
    }
    return sum
  }

  private func evaluate(
    _ theta: [Double], _ wanted: Wanted, rows: Range<Int>, workers: Workers
  ) throws -> State {
    var state = State()
    state.gradient = [Double](repeating: 0, count: parameters)
    if wanted == .hessian { state.hessian = [Double](repeating: 0, count: parameters * parameters) }
    var scratch = Scratch(rows: min(Self.blockRows, rows.count), problem: self)
    var start = rows.lowerBound
    while start < rows.upperBound {
      try workers.check()
      let block = start..<min(rows.upperBound, start + Self.blockRows)
      matrix.elements.withUnsafeBufferPointer { elements in
        guard let base = elements.baseAddress else { return }
        let x = base + block.lowerBound
        scores(x, count: block.count, theta, &scratch)
        state.loss += losses(block, &scratch)
        multiplyTransposed(x, count: block.count, scratch.residuals, into: &state.gradient)
        if wanted == .hessian { addHessian(x, block, &scratch, to: &state.hessian) }
      }
      if wanted == .shares { keepShares(block.count, scratch, in: &state.shares) }
      start = block.upperBound
    }
    return state
  }

  /// Buffers of one block, class after class.
  private struct Scratch {
    var scores: [Double]
    var residuals: [Double]
    var scaled: [Double]
    var gram: [Double]

    init(rows: Int, problem: SoftmaxProblem) {
      scores = [Double](repeating: 0, count: rows * problem.outputs)
      residuals = scores
      scaled = [Double](repeating: 0, count: rows * problem.columns)
      gram = [Double](repeating: 0, count: problem.columns * problem.columns)
    }
  }

  private func scores(
    _ x: UnsafePointer<Double>, count: Int, _ theta: [Double], _ scratch: inout Scratch
  ) {
    if outputs == 1 {
      LinearAlgebra.multiply(
        x, rows: count, columns: columns, stride: matrix.rows, by: theta, into: &scratch.scores)
    } else {
      LinearAlgebra.product(
        x, strideA: matrix.rows, theta, strideB: columns, m: count, n: outputs, k: columns,
        into: &scratch.scores, strideC: count)
    }
  }

  /// Adds `X' r` to the gradient.
  private func multiplyTransposed(
    _ x: UnsafePointer<Double>, count: Int, _ residuals: [Double], into gradient: inout [Double]
  ) {
    if outputs == 1 {
      LinearAlgebra.multiply(
        x, rows: count, columns: columns, stride: matrix.rows, transposed: true, by: residuals,
        into: &gradient, adding: true)
    } else {
      LinearAlgebra.product(
        x, transposed: true, strideA: matrix.rows, residuals, strideB: count, m: columns,
        n: outputs, k: count, into: &gradient, strideC: columns, adding: true)
    }
  }

  /// Turns scores into shares and fills the residuals; answers the loss of the block.
  private func losses(_ rows: Range<Int>, _ scratch: inout Scratch) -> Double {
    let count = rows.count
    let outputs = outputs
    return scratch.scores.withUnsafeMutableBufferPointer { scores in
      scratch.residuals.withUnsafeMutableBufferPointer { residuals in
        codes.withUnsafeBufferPointer { codes in
          var loss = 0.0
          for row in 0..<count {
            let code = Int(codes[rows.lowerBound + row])
            let weight = weights?[rows.lowerBound + row] ?? 1
            if outputs == 1 {
              let score = scores[row]
              let small = exp(-abs(score))
              let share = score >= 0 ? 1 / (1 + small) : small / (1 + small)
              loss += weight * (log1p(small) + (code == 1 ? max(0, -score) : max(0, score)))
              // 1 - share would lose the digits of a share near 1.
              let other = score >= 0 ? small / (1 + small) : 1 / (1 + small)
              residuals[row] = code == 1 ? -weight * other : weight * share
              scores[row] = share
              continue
            }
            var top = scores[row]
            for k in 1..<outputs { top = max(top, scores[k * count + row]) }
            let own = scores[code * count + row]
            var sum = 0.0
            for k in 0..<outputs {
              let part = exp(scores[k * count + row] - top)
              scores[k * count + row] = part
              sum += part
            }
            loss += weight * (log(sum) + top - own)
            for k in 0..<outputs {
              let share = scores[k * count + row] / sum
              scores[k * count + row] = share
              residuals[k * count + row] = weight * (k == code ? share - 1 : share)
            }
          }
          return loss
        }
      }
    }
  }

  private func addHessian(
    _ x: UnsafePointer<Double>, _ rows: Range<Int>, _ scratch: inout Scratch,
    to hessian: inout [Double]
  ) {
    let count = rows.count
    var roots = [Double](repeating: 0, count: count)
    for k in 0..<outputs {
      for l in k..<outputs {
        for row in 0..<count {
          let p = scratch.scores[k * count + row]
          let q = k == l ? 1 - p : scratch.scores[l * count + row]
          roots[row] = ((weights?[rows.lowerBound + row] ?? 1) * p * q).squareRoot()
        }
        scale(x, by: roots, into: &scratch.scaled)
        if outputs == 1 {
          LinearAlgebra.addGram(
            scratch.scaled, rows: count, columns: columns, stride: count, to: &hessian)
          continue
        }
        for at in scratch.gram.indices { scratch.gram[at] = 0 }
        LinearAlgebra.addGram(
          scratch.scaled, rows: count, columns: columns, stride: count,
          sign: k == l ? 1 : -1, to: &scratch.gram)
        for j in 0..<columns {
          for i in 0..<columns {
            let value = scratch.gram[max(i, j) * columns + min(i, j)]
            hessian[(l * columns + j) * parameters + k * columns + i] += value
          }
        }
      }
    }
  }

  private func scale(
    _ x: UnsafePointer<Double>, by roots: [Double], into scaled: inout [Double]
  ) {
    let count = roots.count
    let stride = matrix.rows
    scaled.withUnsafeMutableBufferPointer { scaled in
      roots.withUnsafeBufferPointer { roots in
        for column in 0..<columns {
          let from = x + column * stride
          let to = column * count
          for row in 0..<count { scaled[to + row] = roots[row] * from[row] }
        }
      }
    }
  }

  private func keepShares(_ count: Int, _ scratch: Scratch, in shares: inout [Double]) {
    for row in 0..<count {
      for k in 0..<outputs { shares.append(scratch.scores[k * count + row]) }
    }
  }

  /// The second derivative in the direction `v`, at the point that `shares` were computed for.
  func curvature(_ v: [Double], shares: [Double], workers: Workers) throws -> [Double] {
    try LinearAlgebra.require()
    let (count, size) = chunks
    let outputs = outputs
    let parts = try workers.map(count) { number in
      var sum = [Double](repeating: 0, count: parameters)
      var scratch = Scratch(rows: min(Self.blockRows, matrix.rows), problem: self)
      var start = number * size
      let end = min(matrix.rows, start + size)
      while start < end {
        try workers.check()
        let block = start..<min(end, start + Self.blockRows)
        matrix.elements.withUnsafeBufferPointer { elements in
          guard let base = elements.baseAddress else { return }
          let x = base + block.lowerBound
          scores(x, count: block.count, v, &scratch)
          for row in 0..<block.count {
            let at = (block.lowerBound + row) * outputs
            let weight = weights?[block.lowerBound + row] ?? 1
            if outputs == 1 {
              scratch.residuals[row] = weight * shares[at] * (1 - shares[at]) * scratch.scores[row]
              continue
            }
            var mean = 0.0
            for k in 0..<outputs { mean += shares[at + k] * scratch.scores[k * block.count + row] }
            for k in 0..<outputs {
              scratch.residuals[k * block.count + row] =
                weight * shares[at + k] * (scratch.scores[k * block.count + row] - mean)
            }
          }
          multiplyTransposed(x, count: block.count, scratch.residuals, into: &sum)
        }
        start = block.upperBound
      }
      return sum
    }
    var sum = parts[0]
    for part in parts.dropFirst() { for at in sum.indices { sum[at] += part[at] } }
    for at in sum.indices { sum[at] += penalties[at % columns] * v[at] }
    return sum
  }
}
