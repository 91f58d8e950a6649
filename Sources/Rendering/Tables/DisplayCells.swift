import Columns

/// The cells of one column as they are to be read, all in one buffer, with their widths.
struct DisplayCells {
  enum Alignment {
    case left
    case right
    /// Decimal points stand one below the other.
    case point
  }

  var bytes: [UInt8] = []
  /// Where each cell ends in `bytes`.
  var ends: [Int] = []
  /// Columns of a screen.
  var widths: [Int32] = []
  /// Columns before the decimal point; only where points are aligned.
  var leads: [Int32] = []
  var nulls: [Bool] = []
  var alignment = Alignment.left

  var count: Int { ends.count }

  init(_ column: Column, digits: Int) {
    ends.reserveCapacity(column.count)
    widths.reserveCapacity(column.count)
    nulls.reserveCapacity(column.count)
    switch column {
    case .bool(let values):
      fill(values) { value, cells in cells.bytes.append(contentsOf: (value ? "true" : "false").utf8)
      }
    case .int(let values):
      alignment = .right
      fill(values) { value, cells in NumberText.append(value, to: &cells.bytes) }
    case .number(let values):
      alignment = .point
      fill(values) { value, cells in
        cells.leads.append(
          Int32(SignificantDigits.append(value, digits: digits, to: &cells.bytes)))
      }
    case .text(let values), .category(let values): fill(values)
    case .date(let values):
      fill(values) { value, cells in DateText.append(date: value, to: &cells.bytes) }
    case .time(let values):
      var places = CellText.Places.minutes
      for row in 0..<values.count {
        if let time = values[row] { places = max(places, CellText.places(of: time)) }
      }
      fill(values) { value, cells in
        CellText.append(time: value, places: places, to: &cells.bytes)
      }
    case .duration(let values):
      alignment = .right
      fill(values) { value, cells in DurationText.append(value, to: &cells.bytes) }
    case .vector(let values): fill(values, digits: digits)
    }
  }

  private mutating func close(width: Int? = nil, isNull: Bool = false) {
    let start = ends.last ?? 0
    ends.append(bytes.count)
    widths.append(Int32(width ?? bytes.count - start))
    nulls.append(isNull)
  }

  private mutating func appendNull() {
    bytes.append(contentsOf: "null".utf8)
    if alignment == .point { leads.append(-1) }
    close(isNull: true)
  }

  private mutating func fill<Element>(
    _ values: Values<Element>, _ append: (Element, inout DisplayCells) -> Void
  ) {
    for row in 0..<values.count {
      if let value = values[row] {
        append(value, &self)
        close()
      } else {
        appendNull()
      }
    }
  }

  private mutating func fill(_ values: TextValues) {
    values.heap.bytes.withUnsafeBufferPointer { heap in
      for row in 0..<values.count {
        guard values.isValid(row) else {
          appendNull()
          continue
        }
        let piece = values.piece(row)
        let source = UnsafeBufferPointer(
          rebasing: heap[values.heap.offsets[piece]..<values.heap.offsets[piece + 1]])
        if source.isEmpty {
          bytes.append(contentsOf: "\"\"".utf8)
          close()
        } else if SafeText.isClean(source) {
          bytes.append(contentsOf: source)
          close(width: DisplayText.width(source))
        } else {
          let start = bytes.count
          SafeText.append(source, to: &bytes)
          close(
            width: bytes.withUnsafeBufferPointer {
              DisplayText.width(UnsafeBufferPointer(rebasing: $0[start...]))
            })
        }
      }
    }
  }

  private mutating func fill(_ values: VectorValues, digits: Int) {
    for row in 0..<values.count {
      if let valid = values.valid, !valid[valid.startIndex + row] {
        appendNull()
        continue
      }
      let at = values.elements.startIndex + row * values.width
      CellText.appendVector(
        values.elements[at..<at + values.width], digits: digits, to: &bytes)
      close()
    }
  }

  /// The columns of a screen that all cells fit in.
  func width() -> Int {
    guard alignment == .point else { return Int(widths.max() ?? 0) }
    var before: Int32 = 0
    var after: Int32 = 0
    var other: Int32 = 0
    for (lead, width) in zip(leads, widths) {
      if lead < 0 {
        other = max(other, width)
      } else {
        before = max(before, lead)
        after = max(after, width - lead)
      }
    }
    return Int(max(other, before + after))
  }

  /// The widest part after a whole number: the point, decimals and exponent.
  func tail() -> Int {
    guard alignment == .point else { return 0 }
    return Int(zip(leads, widths).lazy.map { $0 < 0 ? 0 : $1 - $0 }.max() ?? 0)
  }
}
