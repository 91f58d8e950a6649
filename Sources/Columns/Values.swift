/// A column of fixed-size values and, when some are null, which ones are not.
///
/// The slices share storage: a slice of a column copies nothing. An element where `valid` is false
/// is unspecified and must not be read into a result.
package struct Values<Element: Sendable>: Sendable {
  package var elements: ArraySlice<Element>
  /// As long as `elements`; nil when no value is null.
  package var valid: ArraySlice<Bool>?

  @inlinable
  package init(_ elements: ArraySlice<Element>, valid: ArraySlice<Bool>? = nil) {
    assert(valid == nil || valid?.count == elements.count)
    self.elements = elements
    self.valid = valid
  }

  @inlinable
  package init(_ elements: [Element], valid: [Bool]? = nil) {
    self.init(elements[...], valid: valid.map { $0[...] })
  }

  @inlinable package var count: Int { elements.count }

  /// The value at a 0-based row, nil for null. For single cells; loops use the buffers.
  @inlinable
  package subscript(row: Int) -> Element? {
    guard isValid(row) else { return nil }
    return elements[elements.startIndex + row]
  }

  @inlinable
  package func isValid(_ row: Int) -> Bool {
    guard let valid else { return true }
    return valid[valid.startIndex + row]
  }

  @inlinable
  package func slice(_ range: Range<Int>) -> Values {
    Values(
      elements[elements.startIndex + range.lowerBound..<elements.startIndex + range.upperBound],
      valid: valid.map { $0[$0.startIndex + range.lowerBound..<$0.startIndex + range.upperBound] })
  }

  package var nullCount: Int {
    guard let valid else { return 0 }
    return valid.withUnsafeBufferPointer { buffer in
      var nulls = 0
      for flag in buffer where !flag { nulls += 1 }
      return nulls
    }
  }
}

extension Values: Equatable where Element: Equatable {
  /// Equal rows; what stands in the place of a null does not matter.
  package static func == (a: Values, b: Values) -> Bool {
    a.count == b.count && (0..<a.count).allSatisfy { a[$0] == b[$0] }
  }
}
