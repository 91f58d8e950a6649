import Columns

// Kleene's three-valued logic: what is unknown stays unknown unless the other side decides.
extension Kernel {
  static func not(_ a: Values<Bool>) -> Values<Bool> { map(a) { !$0 } }

  static func and(_ a: Values<Bool>, _ b: Values<Bool>) -> Values<Bool> {
    guard a.valid != nil || b.valid != nil else {
      return zip(.column(a), .column(b), a.count) { $0 && $1 }
    }
    return kleene(a, b) { x, xValid, y, yValid in
      (
        value: (x || !xValid) && (y || !yValid),
        valid: (xValid && yValid) || (xValid && !x) || (yValid && !y)
      )
    }
  }

  static func or(_ a: Values<Bool>, _ b: Values<Bool>) -> Values<Bool> {
    guard a.valid != nil || b.valid != nil else {
      return zip(.column(a), .column(b), a.count) { $0 || $1 }
    }
    return kleene(a, b) { x, xValid, y, yValid in
      (
        value: (x && xValid) || (y && yValid),
        valid: (xValid && yValid) || (xValid && x) || (yValid && y)
      )
    }
  }

  @inline(__always)
  private static func kleene(
    _ a: Values<Bool>, _ b: Values<Bool>,
    _ body: (Bool, Bool, Bool, Bool) -> (value: Bool, valid: Bool)
  ) -> Values<Bool> {
    let count = a.count
    let always = [Bool](repeating: true, count: count)[...]
    var valid = [Bool](repeating: true, count: count)
    let values = [Bool](unsafeUninitializedCapacity: count) { out, filled in
      a.elements.withUnsafeBufferPointer { x in
        b.elements.withUnsafeBufferPointer { y in
          (a.valid ?? always).withUnsafeBufferPointer { xValid in
            (b.valid ?? always).withUnsafeBufferPointer { yValid in
              valid.withUnsafeMutableBufferPointer { valid in
                for row in 0..<count {
                  let answer = body(x[row], xValid[row], y[row], yValid[row])
                  out.initializeElement(at: row, to: answer.value)
                  valid[row] = answer.valid
                }
              }
            }
          }
        }
      }
      filled = count
    }
    return Values(values[...], valid: valid[...])
  }

  /// Which rows are true; null counts as not true.
  static func isTrue(_ values: Values<Bool>) -> [Bool] {
    guard let valid = values.valid else { return Array(values.elements) }
    return Array(zip(.column(values), .column(Values(valid)), values.count) { $0 && $1 }.elements)
  }

  /// Which rows are false; null counts as not false.
  static func isFalse(_ values: Values<Bool>) -> [Bool] {
    let valid = values.valid ?? [Bool](repeating: true, count: values.count)[...]
    return Array(zip(.column(values), .column(Values(valid)), values.count) { !$0 && $1 }.elements)
  }

  static func both(_ a: [Bool]?, _ b: [Bool]) -> [Bool] {
    guard let a else { return b }
    return Array(bothValid(a[...], b[...]) ?? b[...])
  }
}
