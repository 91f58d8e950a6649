/// Features of some rows as numbers, levels still as codes.
struct DesignColumns: Sendable {
  enum Part: Sendable {
    case number([Double])
    /// Codes below 0 have no column; the second is how many columns there are.
    case levels([Int32], Int)
  }

  let rows: Int
  let parts: [Part]

  var width: Int {
    parts.reduce(0) { sum, part in
      switch part {
      case .number: sum + 1
      case .levels(_, let count): sum + count
      }
    }
  }

  /// All as one dense matrix, with a column of ones in front if wanted.
  func matrix(intercept: Bool = false) -> Matrix {
    let first = intercept ? 1 : 0
    var matrix = Matrix(rows: rows, columns: width + first)
    matrix.elements.withUnsafeMutableBufferPointer { out in
      if intercept { out[0..<rows].update(repeating: 1) }
      var column = first
      for part in parts {
        switch part {
        case .number(let values):
          _ = UnsafeMutableBufferPointer(rebasing: out[column * rows..<(column + 1) * rows])
            .update(fromContentsOf: values)
          column += 1
        case .levels(let codes, let count):
          for row in 0..<rows where codes[row] >= 0 {
            out[(column + Int(codes[row])) * rows + row] = 1
          }
          column += count
        }
      }
    }
    return matrix
  }

  /// `intercept + x b` for each row. Each row is summed in the order of the columns whatever rows
  /// stand beside it, so a part of the rows has the same answers to the bit.
  func linear(_ coefficients: ArraySlice<Double>, intercept: Double) -> [Double] {
    var sums = [Double](repeating: intercept, count: rows)
    sums.withUnsafeMutableBufferPointer { sums in
      var column = coefficients.startIndex
      for part in parts {
        switch part {
        case .number(let values):
          let b = coefficients[column]
          values.withUnsafeBufferPointer { values in
            for row in 0..<values.count { sums[row] += b * values[row] }
          }
          column += 1
        case .levels(let codes, let count):
          let b = Array(coefficients[column..<column + count])
          for row in 0..<codes.count where codes[row] >= 0 { sums[row] += b[Int(codes[row])] }
          column += count
        }
      }
    }
    return sums
  }
}
