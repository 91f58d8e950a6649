import CLapack
import Columns

/// Eigenvalues in rising order and unit eigenvectors, one a column, of a symmetric matrix.
struct SymmetricEigen {
  let values: [Double]
  let vectors: Matrix

  /// Reads the upper triangle.
  init(_ matrix: Matrix) throws {
    try LinearAlgebra.require()
    let n = matrix.rows
    var vectors = matrix
    var values = [Double](repeating: 0, count: n)
    var work = [Double](repeating: 0, count: 1 + 6 * n + 2 * n * n)
    var integers = [Int32](repeating: 0, count: 3 + 5 * n)
    let info = lapack_syevd(
      Int32(n), &vectors.elements, Int32(max(1, n)), &values, &work, Int32(work.count), &integers,
      Int32(integers.count))
    guard info == 0 else {
      throw DataError(
        "not-converged", "the eigenvalues of a \(n) by \(n) matrix were not found",
        help: "look for values that are not finite")
    }
    self.values = values
    self.vectors = vectors
  }
}
