import Columns

/// The cells of some rows as they stand in a form for machines, a column after the other in one
/// buffer.
struct EncodedCells {
  enum Dialect {
    case delimited(UInt8)
    case json
    case markdown(digits: Int)
    case html(digits: Int)
  }

  private(set) var bytes: [UInt8] = []
  /// Where each cell ends in `bytes`; each begins where the one before ends.
  private(set) var ends: [Int] = []

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  mutating func append(_ column: Column, _ dialect: Dialect) {
    let null = EncodedCells.null(dialect)
    let quote: [UInt8]
    if case .json = dialect { quote = [UInt8(ascii: "\"")] } else { quote = [] }
    switch column {
    case .bool(let values):
      fill(values, null) { $1.append(contentsOf: ($0 ? "true" : "false").utf8) }
    case .int(let values): fill(values, null) { NumberText.append($0, to: &$1) }
    case .number(let values):
      switch dialect {
      case .json:
        fill(values, null) { value, bytes in
          if value.isFinite {
            NumberText.append(value, to: &bytes)
          } else {
            bytes.append(contentsOf: null)
          }
        }
      case .delimited: fill(values, null) { NumberText.append($0, to: &$1) }
      case .markdown(let digits), .html(let digits):
        fill(values, null) { SignificantDigits.append($0, digits: digits, to: &$1) }
      }
    case .text(let values), .category(let values): fill(values, null, dialect)
    case .date(let values):
      fill(values, null) { value, bytes in
        bytes.append(contentsOf: quote)
        DateText.append(date: value, to: &bytes)
        bytes.append(contentsOf: quote)
      }
    case .time(let values):
      fill(values, null) { value, bytes in
        bytes.append(contentsOf: quote)
        DateText.append(time: value, to: &bytes)
        bytes.append(contentsOf: quote)
      }
    case .duration(let values):
      fill(values, null) { value, bytes in
        bytes.append(contentsOf: quote)
        DurationText.append(value, to: &bytes)
        bytes.append(contentsOf: quote)
      }
    case .vector(let values): fill(values, null, dialect)
    }
  }

  private static func null(_ dialect: Dialect) -> [UInt8] {
    switch dialect {
    case .delimited: []
    case .json: Array("null".utf8)
    case .markdown: Array("*null*".utf8)
    case .html: Array("<i class=\"null\">null</i>".utf8)
    }
  }

  private mutating func fill<Element>(
    _ values: Values<Element>, _ null: [UInt8], _ append: (Element, inout [UInt8]) -> Void
  ) {
    values.elements.withUnsafeBufferPointer { elements in
      guard let valid = values.valid else {
        for element in elements {
          append(element, &bytes)
          ends.append(bytes.count)
        }
        return
      }
      valid.withUnsafeBufferPointer { valid in
        for row in elements.indices {
          if valid[row] { append(elements[row], &bytes) } else { bytes.append(contentsOf: null) }
          ends.append(bytes.count)
        }
      }
    }
  }

  private mutating func fill(_ values: TextValues, _ null: [UInt8], _ dialect: Dialect) {
    values.heap.bytes.withUnsafeBufferPointer { heap in
      for row in 0..<values.count {
        defer { ends.append(bytes.count) }
        guard values.isValid(row) else {
          bytes.append(contentsOf: null)
          continue
        }
        let piece = values.piece(row)
        let source = UnsafeBufferPointer(
          rebasing: heap[values.heap.offsets[piece]..<values.heap.offsets[piece + 1]])
        switch dialect {
        case .delimited(let delimiter):
          DelimitedText.append(source, delimiter: delimiter, to: &bytes)
        case .json: JSONText.append(source, to: &bytes)
        case .markdown: MarkdownText.append(source, to: &bytes)
        case .html: HTMLText.append(source, to: &bytes)
        }
      }
    }
  }

  private mutating func fill(_ values: VectorValues, _ null: [UInt8], _ dialect: Dialect) {
    for row in 0..<values.count {
      defer { ends.append(bytes.count) }
      if let valid = values.valid, !valid[valid.startIndex + row] {
        bytes.append(contentsOf: null)
        continue
      }
      let start = values.elements.startIndex + row * values.width
      let elements = values.elements[start..<start + values.width]
      switch dialect {
      case .delimited(let delimiter):
        var list: [UInt8] = []
        JSONText.append(elements, to: &list)
        list.withUnsafeBufferPointer { DelimitedText.append($0, delimiter: delimiter, to: &bytes) }
      case .json: JSONText.append(elements, to: &bytes)
      case .markdown(let digits):
        var list: [UInt8] = []
        CellText.appendVector(elements, digits: digits, to: &list)
        list.withUnsafeBufferPointer { MarkdownText.append($0, to: &bytes) }
      case .html(let digits): CellText.appendVector(elements, digits: digits, to: &bytes)
      }
    }
  }
}
