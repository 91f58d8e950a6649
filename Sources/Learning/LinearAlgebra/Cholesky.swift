import CLapack

/// The factor of a symmetric positive definite matrix.
struct Cholesky {
  private let factor: Matrix

  /// Reads the upper triangle. Nil when the matrix is not positive definite in double precision.
  init?(_ matrix: Matrix) throws {
    try LinearAlgebra.require()
    var factor = matrix
    let count = Int32(matrix.rows)
    guard lapack_potrf(count, &factor.elements, max(1, count)) == 0 else { return nil }
    self.factor = factor
  }

  func solve(_ right: [Double]) -> [Double] {
    var answer = right
    let count = Int32(factor.rows)
    _ = lapack_potrs(count, 1, factor.elements, max(1, count), &answer, max(1, count))
    return answer
  }

  func inverse() -> Matrix {
    var answer = Matrix.identity(factor.rows)
    let count = Int32(factor.rows)
    _ = lapack_potrs(count, count, factor.elements, max(1, count), &answer.elements, max(1, count))
    return answer
  }
}
