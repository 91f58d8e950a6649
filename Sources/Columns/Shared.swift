/// The base address of rows that numbered pieces of work fill, each its own part.
// Unchecked: pieces touch disjoint rows, and nobody reads them before all pieces have ended.
struct Shared<Element>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Element>

  init(_ base: UnsafeMutablePointer<Element>) { self.base = base }

  @inline(__always)
  subscript(row: Int) -> Element {
    get { base[row] }
    nonmutating set { base[row] = newValue }
  }
}

extension Workers {
  /// An array of `count` elements that `body` writes range by range; it must write all of them.
  func filled<Element: BitwiseCopyable & Sendable>(
    _ count: Int, as type: Element.Type = Element.self, size: Int = morselSize,
    _ body: @Sendable (Range<Int>, Shared<Element>) throws -> Void
  ) throws -> [Element] {
    try [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      guard let base = buffer.baseAddress, count > 0 else { return }
      let rows = Shared(base)
      _ = try morsels(of: count, size: size) { try body($0, rows) }
      initialized = count
    }
  }

  /// Calls `body` for ranges that together are all rows.
  func forEach(
    _ count: Int, size: Int = morselSize, _ body: @Sendable (Range<Int>) throws -> Void
  ) throws {
    _ = try morsels(of: count, size: size, body)
  }
}

extension Array where Element: BitwiseCopyable {
  /// An array of `count` elements that `body` writes; it must write all of them.
  init(count: Int, _ body: (Shared<Element>) -> Void) {
    self.init(unsafeUninitializedCapacity: count) { buffer, initialized in
      guard let base = buffer.baseAddress, count > 0 else { return }
      body(Shared(base))
      initialized = count
    }
  }
}

/// Calls `body` with the flags of a column's rows, or with nil when no row is null.
@inline(__always)
func withFlags<Result>(
  _ valid: ArraySlice<Bool>?, _ body: (UnsafePointer<Bool>?) throws -> Result
) rethrows -> Result {
  guard let valid else { return try body(nil) }
  return try valid.withUnsafeBufferPointer { try body($0.baseAddress) }
}

/// What comes before each of some counts, and all together.
func runningTotals(_ counts: [Int]) -> (starts: [Int], total: Int) {
  var total = 0
  let starts = counts.map { count in
    defer { total += count }
    return total
  }
  return (starts, total)
}
