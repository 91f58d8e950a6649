import Columns

/// Writes rows as JSON objects.
struct JSONRowWriter {
  private let table: Table
  /// `"name":` for each column, with the comma before it.
  private let labels: [[UInt8]]
  private var bytes: [UInt8] = []

  init(_ table: Table) {
    self.table = table
    labels = table.schema.names.enumerated().map { number, name in
      var label: [UInt8] = number == 0 ? [] : [Byte.comma]
      JSON.quote(name.utf8, to: &label)
      return label + [0x3A]
    }
  }

  mutating func write(_ row: Int, to sink: inout ByteSink) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(0x7B)
    for (label, column) in zip(labels, table.columns) {
      bytes += label
      append(column, row)
    }
    bytes.append(0x7D)
    sink.append(bytes)
  }

  private mutating func append(_ column: Column, _ row: Int) {
    guard column.isValid(row) else {
      bytes += "null".utf8
      return
    }
    switch column {
    case .int(let values): bytes += (values[row] ?? 0).description.utf8
    case .text(let values), .category(let values):
      let piece = values.piece(row)
      let heap = values.heap
      JSON.quote(heap.bytes[heap.offsets[piece]..<heap.offsets[piece + 1]], to: &bytes)
    default: bytes += JSON.encoded(JSON(column[row]))
    }
  }
}
