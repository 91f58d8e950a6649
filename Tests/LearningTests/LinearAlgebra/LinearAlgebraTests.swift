import Columns
import Testing

@testable import Learning

struct LinearAlgebraTests {
  static func random(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
    var random = RandomStream(seed: seed)
    var matrix = Matrix(rows: rows, columns: columns)
    for at in matrix.elements.indices { matrix.elements[at] = random.uniform() - 0.5 }
    return matrix
  }

  @Test func `a missing library is told with the package to install`() {
    let error = LinearAlgebra.failure(opening: "libnothing-of-this-name.so.9")
    #expect(error?.code == "library-missing")
    #expect(error?.message.contains("libnothing-of-this-name.so.9 is not installed") == true)
    #expect(error?.help == "apt-get install libopenblas0-pthread")
  }

  @Test func `products and Gram matrices are those of the definition`() throws {
    try LinearAlgebra.require()
    let a = Self.random(7, 3, seed: 1)
    let b = Self.random(7, 4, seed: 2)
    var c = Matrix(rows: 3, columns: 4)
    LinearAlgebra.product(
      a.elements, transposed: true, strideA: 7, b.elements, strideB: 7, m: 3, n: 4, k: 7,
      into: &c.elements, strideC: 3)
    for i in 0..<3 {
      for j in 0..<4 {
        let right = (0..<7).reduce(0.0) { $0 + a[$1, i] * b[$1, j] }
        #expect(abs(c[i, j] - right) < 1e-15)
      }
    }
    var gram = Matrix(rows: 3, columns: 3)
    LinearAlgebra.addGram(a.elements, rows: 7, columns: 3, stride: 7, to: &gram.elements)
    #expect(abs(gram[1, 2] - (0..<7).reduce(0.0) { $0 + a[$1, 1] * a[$1, 2] }) < 1e-15)
    #expect(gram[2, 1] == 0)
  }

  @Test func `a Cholesky factor solves and inverts, and refuses what is not positive definite`()
    throws
  {
    var matrix = Matrix(rows: 2, columns: 2, elements: [4, 0, 2, 3])
    let factor = try #require(try Cholesky(matrix))
    let x = factor.solve([8, 7])
    #expect(abs(x[0] - 1.25) < 1e-14 && abs(x[1] - 1.5) < 1e-14)
    #expect(abs(factor.inverse()[0, 0] - 0.375) < 1e-15)
    matrix[1, 1] = 0.5
    #expect(try Cholesky(matrix) == nil)
  }

  @Test func `eigenvectors rebuild the matrix`() throws {
    let a = Self.random(5, 5, seed: 3)
    var symmetric = Matrix(rows: 5, columns: 5)
    for i in 0..<5 { for j in 0..<5 { symmetric[i, j] = a[i, j] + a[j, i] } }
    let eigen = try SymmetricEigen(symmetric)
    #expect(eigen.values == eigen.values.sorted())
    for i in 0..<5 {
      for j in 0..<5 {
        let sum = (0..<5).reduce(0.0) {
          $0 + eigen.values[$1] * eigen.vectors[i, $1] * eigen.vectors[j, $1]
        }
        #expect(abs(sum - symmetric[i, j]) < 1e-14)
      }
    }
  }

  @Test(arguments: [50, 17_000])
  func `a QR in blocks turns vectors there and back and solves its triangle`(rows: Int) throws {
    let matrix = Self.random(rows, 3, seed: 4)
    let qr = try BlockQR(matrix, workers: Workers(threads: 2))
    #expect(qr.rank(tolerance: 1e-13) == 3)
    let x = [1.0, -2, 3]
    var vector = (0..<rows).map { row in (0..<3).reduce(0.0) { $0 + matrix[row, $1] * x[$1] } }
    let right = vector
    try qr.apply(transposed: true, to: &vector)
    let solved = qr.solveTriangle(Array(vector.prefix(3)))
    for (place, column) in qr.pivots.enumerated() {
      #expect(abs(solved[place] - x[column]) < 1e-12)
    }
    try qr.apply(transposed: false, to: &vector)
    #expect(zip(vector, right).allSatisfy { abs($0 - $1) < 1e-12 })
    var gram = Matrix(rows: 3, columns: 3)
    for i in 0..<3 {
      for j in 0..<3 {
        gram[i, j] = (0..<rows).reduce(0.0) { $0 + matrix[$1, i] * matrix[$1, j] }
      }
    }
    let inverse = try #require(try Cholesky(gram)).inverse()
    for (place, value) in qr.inverseGramDiagonal().enumerated() {
      #expect(abs(value - inverse[place, place]) < 1e-12)
    }
  }

  @Test func `least squares are the same bits on any number of threads`() throws {
    let matrix = Self.random(17_000, 3, seed: 5)
    let right = (0..<17_000).map { Double($0 % 13) }
    let one = try LeastSquares(matrix, right, keepsFirst: false, workers: .serial)
    let three = try LeastSquares(matrix, right, keepsFirst: false, workers: Workers(threads: 3))
    #expect(one.solution == three.solution && one.inverseGram == three.inverseGram)
    // The residual stands at right angles to the columns.
    for column in 0..<3 {
      var sum = DoubleDouble(0)
      for row in 0..<17_000 { sum.add(product: matrix[row, column], one.residual[row]) }
      #expect(abs(sum.value) < 1e-9)
    }
  }

  @Test func `dependent columns are found from the left, whatever their order`() throws {
    var matrix = Self.random(30, 5, seed: 6)
    for row in 0..<30 {
      matrix[row, 2] = matrix[row, 0] - 3 * matrix[row, 1]
      matrix[row, 4] = 0
    }
    #expect(
      try LeastSquares.independentColumns(matrix, keepsFirst: true, workers: .serial) == [0, 1, 3])
    let wide = Self.random(2, 4, seed: 7)
    #expect(
      try LeastSquares.independentColumns(wide, keepsFirst: false, workers: .serial) == [0, 1])
  }
}
