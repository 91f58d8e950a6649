import Columns

/// The loops that everything else is made of. Each is inlined with its body, so that one loop over
/// plain buffers remains.
enum Kernel {
  @inline(__always)
  static func map<A, R>(_ values: Values<A>, _ body: (A) -> R) -> Values<R> {
    let count = values.count
    let out = [R](unsafeUninitializedCapacity: count) { out, filled in
      values.elements.withUnsafeBufferPointer { a in
        for row in 0..<count { out.initializeElement(at: row, to: body(a[row])) }
      }
      filled = count
    }
    return Values(out[...], valid: values.valid)
  }

  @inline(__always)
  static func zip<A, B, R>(_ a: Side<A>, _ b: Side<B>, _ count: Int, _ body: (A, B) -> R)
    -> Values<R>
  {
    let out = [R](unsafeUninitializedCapacity: count) { out, filled in
      switch (a, b) {
      case (.column(let left), .column(let right)):
        left.elements.withUnsafeBufferPointer { x in
          right.elements.withUnsafeBufferPointer { y in
            for row in 0..<count { out.initializeElement(at: row, to: body(x[row], y[row])) }
          }
        }
      case (.column(let left), .scalar(let y)):
        left.elements.withUnsafeBufferPointer { x in
          for row in 0..<count { out.initializeElement(at: row, to: body(x[row], y)) }
        }
      case (.scalar(let x), .column(let right)):
        right.elements.withUnsafeBufferPointer { y in
          for row in 0..<count { out.initializeElement(at: row, to: body(x, y[row])) }
        }
      case (.scalar(let x), .scalar(let y)):
        out.initialize(repeating: body(x, y))
      }
      filled = count
    }
    return Values(out[...], valid: bothValid(a.valid, b.valid))
  }

  /// Whole-number arithmetic that stops at the first row that matters and does not fit.
  @inline(__always)
  static func checked(
    _ a: Side<Int64>, _ b: Side<Int64>, _ context: EvaluationContext, _ what: String,
    _ body: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) throws -> Values<Int64> {
    var overflowed = false
    let result = zip(a, b, context.count) { x, y in
      let (value, overflow) = body(x, y)
      overflowed = overflowed || overflow
      return value
    }
    guard overflowed else { return result }
    for row in 0..<context.count where result.isValid(row) && context.isActive(row) {
      let (x, y) = (a.element(row), b.element(row))
      guard body(x, y).overflow else { continue }
      throw RowFailure(
        code: "integer-overflow", message: "\(what) does not fit a 64-bit integer", row: row,
        value: "\(x) and \(y)", help: "compute with numbers: number(x)")
    }
    return result
  }

  /// The rows that are valid in both.
  static func bothValid(_ a: ArraySlice<Bool>?, _ b: ArraySlice<Bool>?) -> ArraySlice<Bool>? {
    guard let a else { return b }
    guard let b else { return a }
    return bytewise(a, b) { $0 & $1 }[...]
  }

  /// Truths as the bytes 0 and 1: the loop becomes vector instructions, which `&&` does not.
  @inline(__always)
  static func bytewise(
    _ a: ArraySlice<Bool>, _ b: ArraySlice<Bool>, _ body: (UInt8, UInt8) -> UInt8
  ) -> [Bool] {
    [Bool](unsafeUninitializedCapacity: a.count) { out, filled in
      let bytes = UnsafeMutableRawBufferPointer(out)
      a.withUnsafeBytes { x in
        b.withUnsafeBytes { y in
          for row in 0..<x.count { bytes[row] = body(x[row], y[row]) }
        }
      }
      filled = a.count
    }
  }

  static func allValid(_ operands: [Operand], _ count: Int) -> ArraySlice<Bool>? {
    operands.reduce(nil) { bothValid($0, $1.validity(count)) }
  }

  /// Not-a-number becomes null: the answer does not exist.
  static func nanToNull(_ values: Values<Double>) -> Values<Double> {
    let count = values.count
    let hasNaN = values.elements.withUnsafeBufferPointer { buffer in
      // A sum of flags, not an early exit: this form is turned into vector instructions.
      var found = 0
      for value in buffer { found &+= value != value ? 1 : 0 }
      return found > 0
    }
    guard hasNaN else { return values }
    let numbers = [Bool](unsafeUninitializedCapacity: count) { out, filled in
      values.elements.withUnsafeBufferPointer { x in
        for row in 0..<count { out.initializeElement(at: row, to: x[row] == x[row]) }
      }
      filled = count
    }
    return Values(values.elements, valid: bothValid(values.valid, numbers[...]))
  }

  /// Picks by position, as codes of text do.
  @inline(__always)
  static func gather<A, C: FixedWidthInteger>(_ values: ArraySlice<A>, _ positions: ArraySlice<C>)
    -> [A]
  {
    let count = positions.count
    return [A](unsafeUninitializedCapacity: count) { out, filled in
      values.withUnsafeBufferPointer { x in
        positions.withUnsafeBufferPointer { at in
          for row in 0..<count { out.initializeElement(at: row, to: x[Int(at[row])]) }
        }
      }
      filled = count
    }
  }
}
