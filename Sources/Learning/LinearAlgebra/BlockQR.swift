import CLapack
import Columns

/// Householder QR with column pivoting of a tall matrix: row blocks are factored on their own, and
/// the triangles of all blocks once more, with pivoting. How rows are cut depends on the shape
/// alone, so the answer is the same on any number of threads.
///
/// A transformed vector keeps its length: its first `columns` entries belong to the triangle.
struct BlockQR: Sendable {
  private struct Factor: Sendable {
    var matrix: Matrix
    var tau: [Double]
  }

  let rows: Int
  let columns: Int
  /// `pivots[k]` is the 0-based column that stands at place `k` of the triangle.
  let pivots: [Int]
  private let blockRows: Int
  private let blocks: [Factor]
  private let top: Factor

  /// The first `fixed` columns stay in front.
  init(_ matrix: Matrix, fixed: Int = 0, pivoting: Bool = true, workers: Workers = .serial) throws {
    try LinearAlgebra.require()
    rows = matrix.rows
    columns = matrix.columns
    let blockRows = max(8192, 2 * matrix.columns)
    self.blockRows = blockRows
    let count = matrix.rows / blockRows
    if count < 2 {
      blocks = []
      (top, pivots) = Self.pivoted(matrix, fixed: fixed, pivoting: pivoting)
      return
    }
    blocks = try workers.map(count) { number in
      let from = number * blockRows
      let to = number == count - 1 ? matrix.rows : from + blockRows
      return Self.plain(Self.block(of: matrix, from..<to))
    }
    var stack = Matrix(rows: count * columns, columns: columns)
    for (number, block) in blocks.enumerated() {
      for column in 0..<columns {
        for row in 0...column {
          stack[number * columns + row, column] = block.matrix[row, column]
        }
      }
    }
    (top, pivots) = Self.pivoted(stack, fixed: fixed, pivoting: pivoting)
  }

  private static func block(of matrix: Matrix, _ range: Range<Int>) -> Matrix {
    var elements: [Double] = []
    elements.reserveCapacity(range.count * matrix.columns)
    for column in 0..<matrix.columns {
      let start = column * matrix.rows
      elements.append(
        contentsOf: matrix.elements[start + range.lowerBound..<start + range.upperBound])
    }
    return Matrix(rows: range.count, columns: matrix.columns, elements: elements)
  }

  private static func plain(_ matrix: Matrix) -> Factor {
    var matrix = matrix
    var tau = [Double](repeating: 0, count: max(1, min(matrix.rows, matrix.columns)))
    var work = [Double](repeating: 0, count: 64 * max(1, matrix.columns))
    _ = lapack_geqrf(
      Int32(matrix.rows), Int32(matrix.columns), &matrix.elements, Int32(max(1, matrix.rows)), &tau,
      &work, Int32(work.count))
    return Factor(matrix: matrix, tau: tau)
  }

  private static func pivoted(
    _ matrix: Matrix, fixed: Int, pivoting: Bool
  ) -> (Factor, [Int]) {
    guard pivoting else { return (plain(matrix), Array(0..<matrix.columns)) }
    var matrix = matrix
    var pivots = (0..<matrix.columns).map { Int32($0 < fixed ? 1 : 0) }
    var tau = [Double](repeating: 0, count: max(1, min(matrix.rows, matrix.columns)))
    var work = [Double](repeating: 0, count: 66 * (matrix.columns + 1))
    _ = lapack_geqp3(
      Int32(matrix.rows), Int32(matrix.columns), &matrix.elements, Int32(max(1, matrix.rows)),
      &pivots, &tau, &work, Int32(work.count))
    return (Factor(matrix: matrix, tau: tau), pivots.map { Int($0) - 1 })
  }

  /// The triangle (a trapezoid when there are fewer rows than columns), zero below.
  var triangle: Matrix {
    let height = min(top.matrix.rows, columns)
    var answer = Matrix(rows: height, columns: columns)
    for column in 0..<columns {
      for row in 0..<min(height, column + 1) { answer[row, column] = top.matrix[row, column] }
    }
    return answer
  }

  /// How many places of the diagonal exceed `tolerance` times the largest.
  func rank(tolerance: Double) -> Int {
    let diagonal = (0..<min(top.matrix.rows, columns)).map { abs(top.matrix[$0, $0]) }
    let limit = tolerance * (diagonal.max() ?? 0)
    return diagonal.count { $0 > limit }
  }

  /// `Q' v` (or `Q v`) in place.
  func apply(transposed: Bool, to vector: inout [Double], workers: Workers = .serial) throws {
    assert(vector.count == rows)
    if blocks.isEmpty {
      vector = Self.apply(top, transposed: transposed, to: vector)
      return
    }
    if transposed { try applyBlocks(transposed: true, to: &vector, workers: workers) }
    var heads: [Double] = []
    for number in blocks.indices {
      heads.append(contentsOf: vector[number * blockRows..<number * blockRows + columns])
    }
    heads = Self.apply(top, transposed: transposed, to: heads)
    // The rows of the triangle are gathered in the head of the first block.
    for number in blocks.indices {
      for row in 0..<columns { vector[number * blockRows + row] = heads[number * columns + row] }
    }
    if !transposed { try applyBlocks(transposed: false, to: &vector, workers: workers) }
  }

  private func applyBlocks(
    transposed: Bool, to vector: inout [Double], workers: Workers
  ) throws {
    let all = vector
    let parts = try workers.map(blocks.count) { number in
      let from = number * blockRows
      return Self.apply(
        blocks[number], transposed: transposed,
        to: Array(all[from..<from + blocks[number].matrix.rows]))
    }
    vector = parts.flatMap { $0 }
  }

  private static func apply(
    _ factor: Factor, transposed: Bool, to vector: [Double]
  ) -> [Double] {
    var answer = vector
    var work = [Double](repeating: 0, count: 4352)
    _ = lapack_ormqr(
      transposed ? 1 : 0, Int32(vector.count), 1,
      Int32(min(factor.matrix.rows, factor.matrix.columns)), factor.matrix.elements,
      Int32(max(1, factor.matrix.rows)), factor.tau, &answer, Int32(max(1, vector.count)), &work,
      Int32(work.count))
    return answer
  }

  /// Solves `R x = right` (or `R' x = right`) for the square triangle of full rank, in its order.
  func solveTriangle(_ right: [Double], transposed: Bool = false) -> [Double] {
    var answer = right
    let height = Int32(max(1, top.matrix.rows))
    _ = lapack_trtrs(
      transposed ? 1 : 0, Int32(columns), 1, top.matrix.elements, height, &answer,
      Int32(max(1, columns)))
    return answer
  }

  /// The diagonal of the inverse of `A' A`, in the order of the columns of `A`.
  func inverseGramDiagonal() -> [Double] {
    var inverse = Matrix.identity(columns)
    _ = lapack_trtrs(
      0, Int32(columns), Int32(columns), top.matrix.elements, Int32(max(1, top.matrix.rows)),
      &inverse.elements, Int32(max(1, columns)))
    var answer = [Double](repeating: 0, count: columns)
    for column in 0..<columns {
      for row in 0...column {
        answer[pivots[row]] += inverse[row, column] * inverse[row, column]
      }
    }
    return answer
  }
}
