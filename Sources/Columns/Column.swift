/// A typed column. Switch over it once, outside the loop.
package enum Column: Sendable, Equatable {
  case bool(Values<Bool>)
  case int(Values<Int64>)
  case number(Values<Double>)
  case text(TextValues)
  /// Always `.codes` into a distinct heap.
  case category(TextValues)
  /// Days since 1970-01-01.
  case date(Values<Int32>)
  /// Microseconds since 1970-01-01T00:00Z.
  case time(Values<Int64>)
  /// Microseconds.
  case duration(Values<Int64>)
  case vector(VectorValues)

  package var type: ColumnType {
    switch self {
    case .bool: .bool
    case .int: .int
    case .number: .number
    case .text: .text
    case .category: .category
    case .date: .date
    case .time: .time
    case .duration: .duration
    case .vector: .vector
    }
  }

  package var count: Int {
    switch self {
    case .bool(let values): values.count
    case .int(let values), .time(let values), .duration(let values): values.count
    case .number(let values): values.count
    case .text(let values), .category(let values): values.count
    case .date(let values): values.count
    case .vector(let values): values.count
    }
  }

  /// Which rows are not null; nil when none is.
  package var valid: ArraySlice<Bool>? {
    switch self {
    case .bool(let values): values.valid
    case .int(let values), .time(let values), .duration(let values): values.valid
    case .number(let values): values.valid
    case .text(let values), .category(let values): values.valid
    case .date(let values): values.valid
    case .vector(let values): values.valid
    }
  }

  package var nullCount: Int { valid?.lazy.filter { !$0 }.count ?? 0 }

  package func isValid(_ row: Int) -> Bool {
    guard let valid else { return true }
    return valid[valid.startIndex + row]
  }

  /// The cell at a 0-based row. For single cells: it boxes.
  package subscript(row: Int) -> Value {
    guard isValid(row) else { return .null }
    switch self {
    case .bool(let values): return values[row].map(Value.bool) ?? .null
    case .int(let values): return values[row].map(Value.int) ?? .null
    case .number(let values): return values[row].map(Value.number) ?? .null
    case .text(let values), .category(let values): return values[row].map(Value.text) ?? .null
    case .date(let values): return values[row].map(Value.date) ?? .null
    case .time(let values): return values[row].map(Value.time) ?? .null
    case .duration(let values):
      return values[row].map { .duration(months: 0, microseconds: $0) } ?? .null
    case .vector(let values): return .vector(values[row])
    }
  }

  /// The rows of a range, sharing storage.
  package func slice(_ range: Range<Int>) -> Column {
    switch self {
    case .bool(let values): .bool(values.slice(range))
    case .int(let values): .int(values.slice(range))
    case .number(let values): .number(values.slice(range))
    case .text(let values): .text(values.slice(range))
    case .category(let values): .category(values.slice(range))
    case .date(let values): .date(values.slice(range))
    case .time(let values): .time(values.slice(range))
    case .duration(let values): .duration(values.slice(range))
    case .vector(let values): .vector(values.slice(range))
    }
  }
}

/// Rows of `width` floats each, one after the other.
package struct VectorValues: Sendable, Equatable {
  package var width: Int
  package var elements: ArraySlice<Float>
  package var valid: ArraySlice<Bool>?
  package private(set) var count: Int

  package init(width: Int, elements: ArraySlice<Float>, valid: ArraySlice<Bool>? = nil, count: Int)
  {
    assert(elements.count == width * count)
    self.width = width
    self.elements = elements
    self.valid = valid
    self.count = count
  }

  package subscript(row: Int) -> [Float] {
    let start = elements.startIndex + row * width
    return Array(elements[start..<start + width])
  }

  package func slice(_ range: Range<Int>) -> VectorValues {
    let start = elements.startIndex
    return VectorValues(
      width: width,
      elements: elements[start + range.lowerBound * width..<start + range.upperBound * width],
      valid: valid.map { $0[$0.startIndex + range.lowerBound..<$0.startIndex + range.upperBound] },
      count: range.count)
  }
}
