/// A dense matrix, one column after the other.
struct Matrix: Sendable, Equatable {
  var rows: Int
  var columns: Int
  var elements: [Double]

  init(rows: Int, columns: Int, elements: [Double]) {
    assert(elements.count == rows * columns)
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, elements: [Double](repeating: 0, count: rows * columns))
  }

  static func identity(_ count: Int) -> Matrix {
    var matrix = Matrix(rows: count, columns: count)
    for i in 0..<count { matrix[i, i] = 1 }
    return matrix
  }

  subscript(row: Int, column: Int) -> Double {
    get { elements[column * rows + row] }
    set { elements[column * rows + row] = newValue }
  }

  func selecting(columns kept: [Int]) -> Matrix {
    var chosen: [Double] = []
    chosen.reserveCapacity(rows * kept.count)
    for column in kept {
      chosen.append(contentsOf: elements[column * rows..<(column + 1) * rows])
    }
    return Matrix(rows: rows, columns: kept.count, elements: chosen)
  }
}
