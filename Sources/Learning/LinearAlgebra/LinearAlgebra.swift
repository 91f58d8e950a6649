import CLapack
import Columns

/// OpenBLAS behind a small door. It is opened when first needed (linking it would cost every start
/// of the program 4 ms) and works on one thread: work is cut in fixed blocks outside, so that the
/// answers do not depend on the number of threads.
enum LinearAlgebra {
  static let library = "libopenblas.so.0"

  private static let failure: DataError? = failure(opening: library)

  /// To be called before anything else here and before any `lapack_` function.
  static func require() throws {
    if let failure { throw failure }
  }

  static func failure(opening library: String) -> DataError? {
    switch lapack_load(library) {
    case 0: nil
    case 1:
      DataError(
        "library-missing", "linear algebra needs OpenBLAS, and \(library) is not installed",
        help: "apt-get install libopenblas0-pthread")
    default:
      DataError(
        "library-missing",
        "\(library) is there but lacks the routine \(String(cString: lapack_missing()))",
        help: "apt-get install libopenblas0-pthread")
    }
  }

  /// `y = a x`, or `y = a' x` when transposed, for a column-major `rows` x `columns` matrix; added to
  /// what `y` holds if so wanted.
  static func multiply(
    _ a: UnsafePointer<Double>, rows: Int, columns: Int, stride: Int, transposed: Bool = false,
    by x: UnsafePointer<Double>, into y: UnsafeMutablePointer<Double>, adding: Bool = false
  ) {
    lapack_gemv(
      transposed ? 1 : 0, Int32(rows), Int32(columns), 1, a, Int32(max(1, stride)), x,
      adding ? 1 : 0, y)
  }

  /// Adds `sign a' a` to the upper triangle of `c`, for a column-major `rows` x `columns` matrix.
  static func addGram(
    _ a: UnsafePointer<Double>, rows: Int, columns: Int, stride: Int, sign: Double = 1,
    to c: UnsafeMutablePointer<Double>
  ) {
    lapack_syrk(
      Int32(columns), Int32(rows), sign, a, Int32(max(1, stride)), 1, c, Int32(max(1, columns)))
  }

  /// `c = op(a) op(b)`, `m` x `n`, with `k` in the middle; all column-major; added to what `c` holds
  /// if so wanted.
  static func product(
    _ a: UnsafePointer<Double>, transposed transposeA: Bool = false, strideA: Int,
    _ b: UnsafePointer<Double>, transposed transposeB: Bool = false, strideB: Int,
    m: Int, n: Int, k: Int, into c: UnsafeMutablePointer<Double>, strideC: Int,
    adding: Bool = false
  ) {
    lapack_gemm(
      transposeA ? 1 : 0, transposeB ? 1 : 0, Int32(m), Int32(n), Int32(k), 1, a,
      Int32(max(1, strideA)), b, Int32(max(1, strideB)), adding ? 1 : 0, c, Int32(max(1, strideC)))
  }
}
