import Columns

extension Table {
  /// The rows at the given 0-based positions, in their order.
  func picking(_ rows: [Int]) -> Table {
    Table(named.map { ($0.name, $0.column.picking(rows)) }, rowCount: rows.count)
  }
}

extension Column {
  func picking(_ rows: [Int]) -> Column {
    switch self {
    case .bool(let values): .bool(values.picking(rows))
    case .int(let values): .int(values.picking(rows))
    case .number(let values): .number(values.picking(rows))
    case .text(let values): .text(values.picking(rows))
    case .category(let values): .category(values.picking(rows))
    case .date(let values): .date(values.picking(rows))
    case .time(let values): .time(values.picking(rows))
    case .duration(let values): .duration(values.picking(rows))
    case .vector(let values): .vector(values.picking(rows))
    }
  }
}

extension ArraySlice {
  func picking(_ rows: [Int]) -> [Element] {
    withUnsafeBufferPointer { buffer in rows.map { buffer[$0] } }
  }
}

extension Values {
  func picking(_ rows: [Int]) -> Values {
    Values(elements.picking(rows), valid: valid?.picking(rows))
  }
}

extension TextValues {
  func picking(_ rows: [Int]) -> TextValues {
    TextValues(
      heap: heap, rows: .codes(rows.map { UInt32(piece($0)) }[...]),
      valid: valid.map { $0.picking(rows)[...] })
  }
}

extension VectorValues {
  func picking(_ rows: [Int]) -> VectorValues {
    var chosen: [Float] = []
    chosen.reserveCapacity(rows.count * width)
    for row in rows {
      let start = elements.startIndex + row * width
      chosen.append(contentsOf: elements[start..<start + width])
    }
    return VectorValues(
      width: width, elements: chosen[...], valid: valid.map { $0.picking(rows)[...] },
      count: rows.count)
  }
}
