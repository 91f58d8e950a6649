import Columns

/// Reads a bool, int or number column as doubles; null becomes NaN.
struct NumberReader: Sendable {
  private enum Source: Sendable {
    case bool(ArraySlice<Bool>)
    case int(ArraySlice<Int64>)
    case number(ArraySlice<Double>)
  }
  private let source: Source
  private let valid: ArraySlice<Bool>?

  /// Nil for other types.
  init?(_ column: Column) {
    switch column {
    case .bool(let values): source = .bool(values.elements)
    case .int(let values): source = .int(values.elements)
    case .number(let values): source = .number(values.elements)
    default: return nil
    }
    valid = column.valid
  }

  /// Writes the rows of `range` to `out`, `stride` apart. Answers whether a NaN was among them.
  @discardableResult
  func read(_ range: Range<Int>, to out: UnsafeMutablePointer<Double>, stride: Int = 1) -> Bool {
    var hasGaps = false
    switch source {
    case .bool(let values):
      values.withUnsafeBufferPointer { copy($0, range, out, stride) { $0 ? 1 : 0 } }
    case .int(let values):
      values.withUnsafeBufferPointer { copy($0, range, out, stride) { Double($0) } }
    case .number(let values):
      values.withUnsafeBufferPointer { buffer in
        copy(buffer, range, out, stride) { $0 }
        var gaps = 0
        for row in range where buffer[row].isNaN { gaps += 1 }
        hasGaps = gaps > 0
      }
    }
    valid?.withUnsafeBufferPointer { buffer in
      for row in range where !buffer[row] {
        out[(row - range.lowerBound) * stride] = .nan
        hasGaps = true
      }
    }
    return hasGaps
  }

  @inline(__always)
  private func copy<Element>(
    _ values: UnsafeBufferPointer<Element>, _ range: Range<Int>,
    _ out: UnsafeMutablePointer<Double>, _ stride: Int, _ convert: (Element) -> Double
  ) {
    precondition(range.lowerBound >= 0 && range.upperBound <= values.count)
    guard let base = values.baseAddress else { return }
    var at = 0
    for row in range {
      out[at] = convert(base[row])
      at &+= stride
    }
  }
}
