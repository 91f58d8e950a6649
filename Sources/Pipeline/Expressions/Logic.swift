import Columns

// Kleene's three-valued logic: what is unknown stays unknown unless the other side decides.
extension Kernel {
  static func not(_ a: Values<Bool>) -> Values<Bool> { map(a) { !$0 } }

  static func and(_ a: Values<Bool>, _ b: Values<Bool>) -> Values<Bool> {
    guard a.valid != nil || b.valid != nil else {
      return Values(bytewise(a.elements, b.elements) { $0 & $1 })
    }
    let (x, y) = (known(a), known(b))
    let value = bytewise(a.elements, x) { $0 | ($1 ^ 1) }
    let other = bytewise(b.elements, y) { $0 | ($1 ^ 1) }
    // Known where both are, or where one is known to be false.
    let decided = bytewise(isFalse(a)[...], isFalse(b)[...]) { $0 | $1 }
    let both = bytewise(x, y) { $0 & $1 }
    return Values(
      bytewise(value[...], other[...]) { $0 & $1 },
      valid: bytewise(both[...], decided[...]) { $0 | $1 })
  }

  static func or(_ a: Values<Bool>, _ b: Values<Bool>) -> Values<Bool> {
    guard a.valid != nil || b.valid != nil else {
      return Values(bytewise(a.elements, b.elements) { $0 | $1 })
    }
    let decided = bytewise(isTrue(a)[...], isTrue(b)[...]) { $0 | $1 }
    let both = bytewise(known(a), known(b)) { $0 & $1 }
    return Values(decided, valid: bytewise(both[...], decided[...]) { $0 | $1 })
  }

  private static func known(_ values: Values<Bool>) -> ArraySlice<Bool> {
    values.valid ?? [Bool](repeating: true, count: values.count)[...]
  }

  /// Which rows are true; null counts as not true.
  static func isTrue(_ values: Values<Bool>) -> [Bool] {
    guard let valid = values.valid else { return Array(values.elements) }
    return bytewise(values.elements, valid) { $0 & $1 }
  }

  /// Which rows are false; null counts as not false.
  static func isFalse(_ values: Values<Bool>) -> [Bool] {
    let valid = values.valid ?? [Bool](repeating: true, count: values.count)[...]
    return bytewise(values.elements, valid) { ($0 ^ 1) & $1 }
  }

  static func both(_ a: [Bool]?, _ b: [Bool]) -> [Bool] {
    guard let a else { return b }
    return Array(bothValid(a[...], b[...]) ?? b[...])
  }
}
