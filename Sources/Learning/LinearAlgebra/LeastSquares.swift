import Columns

/// The least-squares answer of an overdetermined system, refined until it is right to nearly all
/// digits that the data have.
///
/// Columns are scaled by powers of two (exact), factored by pivoted Householder QR, and the answer
/// and the residual are corrected together with residuals in doubled precision (Björck 1967).
struct LeastSquares {
  /// One a column; 0 for those not in `kept`.
  var solution: [Double]
  /// One a row.
  var residual: [Double]
  /// Columns that are not a combination of those before them.
  var kept: [Int]
  /// The diagonal of the inverse of `A' A` over the kept columns, 0 for the others.
  var inverseGram: [Double]

  /// Below this share of the largest diagonal of the triangle a column counts as dependent.
  static let tolerance = 1e-13

  /// Column 0 is never judged dependent when `keepsFirst`.
  init(_ matrix: Matrix, _ right: [Double], keepsFirst: Bool, workers: Workers) throws {
    let exponents = Self.scale(of: matrix)
    var scaled = matrix
    for (column, exponent) in exponents.enumerated() where exponent != 0 {
      let factor = Double(sign: .plus, exponent: -exponent, significand: 1)
      for at in column * matrix.rows..<(column + 1) * matrix.rows { scaled.elements[at] *= factor }
    }
    var qr = try BlockQR(scaled, fixed: keepsFirst ? 1 : 0, workers: workers)
    kept = Array(0..<matrix.columns)
    if qr.rank(tolerance: Self.tolerance) < matrix.columns {
      kept = try Self.independent(qr, keepsFirst: keepsFirst)
      scaled = scaled.selecting(columns: kept)
      qr = try BlockQR(scaled, fixed: keepsFirst ? 1 : 0, workers: workers)
    }
    let (answer, rest) = try Self.refined(scaled, right, qr, workers: workers)
    residual = rest
    solution = [Double](repeating: 0, count: matrix.columns)
    inverseGram = solution
    let gram = qr.inverseGramDiagonal()
    for (place, column) in kept.enumerated() {
      let factor = Double(sign: .plus, exponent: -exponents[column], significand: 1)
      solution[column] = answer[place] * factor
      inverseGram[column] = gram[place] * factor * factor
    }
  }

  /// Binary exponents of the columns' largest values.
  private static func scale(of matrix: Matrix) -> [Int] {
    (0..<matrix.columns).map { column in
      var largest = 0.0
      for at in column * matrix.rows..<(column + 1) * matrix.rows {
        largest = max(largest, abs(matrix.elements[at]))
      }
      return largest > 0 && largest.isFinite ? Int(largest.exponent) : 0
    }
  }

  /// The columns of a matrix, in order, that are not a combination of those before them.
  static func independentColumns(
    _ matrix: Matrix, keepsFirst: Bool, workers: Workers
  ) throws -> [Int] {
    let qr = try BlockQR(matrix, fixed: keepsFirst ? 1 : 0, workers: workers)
    if qr.rank(tolerance: tolerance) == matrix.columns { return Array(0..<matrix.columns) }
    return try independent(qr, keepsFirst: keepsFirst)
  }

  /// The columns in their own order without those that depend on earlier ones.
  private static func independent(_ qr: BlockQR, keepsFirst: Bool) throws -> [Int] {
    let triangle = qr.triangle
    let ordered = (0..<qr.columns).sorted { qr.pivots[$0] < qr.pivots[$1] }
    var kept = Array(0..<qr.columns)
    while !kept.isEmpty {
      let part = triangle.selecting(columns: kept.map { ordered[$0] })
      let diagonal = try BlockQR(part, pivoting: false).triangle
      let limit =
        tolerance
        * kept.indices.reduce(0) { largest, place in
          max(largest, place < diagonal.rows ? abs(diagonal[place, place]) : 0)
        }
      let dependent = kept.indices.first { place in
        if place == 0 && keepsFirst { return false }
        return place >= diagonal.rows || abs(diagonal[place, place]) <= limit
      }
      guard let dependent else { break }
      kept.remove(at: dependent)
    }
    return kept
  }

  private static func refined(
    _ matrix: Matrix, _ right: [Double], _ qr: BlockQR, workers: Workers
  ) throws -> ([Double], [Double]) {
    let columns = matrix.columns
    var answer = [Double](repeating: 0, count: columns)
    var residual = [Double](repeating: 0, count: matrix.rows)
    var last = Double.infinity
    // The first round is the plain answer; on large data one correction is all that shows.
    let rounds = matrix.elements.count > 2_000_000 ? 2 : 6
    for round in 0..<rounds {
      try workers.check()
      var f = right
      var g = [Double](repeating: 0, count: columns)
      if round > 0 {
        (f, g) = try errors(matrix, right, answer, residual, workers: workers)
      }
      let h = qr.solveTriangle(qr.pivots.map { g[$0] }, transposed: true)
      try qr.apply(transposed: true, to: &f, workers: workers)
      let step = qr.solveTriangle((0..<columns).map { f[$0] - h[$0] })
      for place in 0..<columns { f[place] = h[place] }
      try qr.apply(transposed: false, to: &f, workers: workers)
      var change = 0.0
      for place in 0..<columns {
        let size = abs(answer[qr.pivots[place]])
        change = max(change, abs(step[place]) / (size > 0 ? size : 1))
      }
      guard change.isFinite, round < 2 || change < last / 2 else { break }
      for place in 0..<columns { answer[qr.pivots[place]] += step[place] }
      for row in residual.indices { residual[row] += f[row] }
      if round > 0 && change < 1e-16 { break }
      last = change
    }
    return (answer, residual)
  }

  /// `b - r - A x` and `-A' r`, summed in doubled precision.
  private static func errors(
    _ matrix: Matrix, _ right: [Double], _ answer: [Double], _ residual: [Double], workers: Workers
  ) throws -> ([Double], [Double]) {
    let rows = matrix.rows
    let f = try workers.morsels(of: rows, size: 4096) { range in
      matrix.elements.withUnsafeBufferPointer { elements in
        var part: [Double] = []
        part.reserveCapacity(range.count)
        for row in range {
          var sum = DoubleDouble(right[row])
          sum.add(-residual[row])
          for column in 0..<matrix.columns {
            sum.add(product: -elements[column * rows + row], answer[column])
          }
          part.append(sum.value)
        }
        return part
      }
    }.flatMap { $0 }
    let g = try workers.map(matrix.columns) { column in
      matrix.elements.withUnsafeBufferPointer { elements in
        var sum = DoubleDouble(0)
        for row in 0..<rows { sum.add(product: -elements[column * rows + row], residual[row]) }
        return sum.value
      }
    }
    return (f, g)
  }
}
