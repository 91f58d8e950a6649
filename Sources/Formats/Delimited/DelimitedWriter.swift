import Columns

/// Writes delimited text that reads as the same table again, as far as text without types can.
enum DelimitedWriter {
  static func write(
    _ table: Table, delimiter: UInt8, header: Bool, to sink: inout ByteSink
  ) throws {
    if header && !table.columns.isEmpty {
      for (number, name) in table.schema.names.enumerated() {
        if number > 0 { sink.append(delimiter) }
        cell(Array(name.utf8)[...], delimiter, to: &sink)
      }
      sink.append(Byte.newline)
    }
    let writers = table.columns.map { CellText($0) }
    for row in 0..<table.rowCount {
      for (number, writer) in writers.enumerated() {
        if number > 0 { sink.append(delimiter) }
        writer.write(row, delimiter, to: &sink)
      }
      sink.append(Byte.newline)
      try sink.pass()
    }
    try sink.flush()
  }

  /// Text in quotes where it must be: an empty text is no null, and what looks special is none.
  static func cell(_ text: ArraySlice<UInt8>, _ delimiter: UInt8, to sink: inout ByteSink) {
    let isPlain = text.allSatisfy {
      $0 != delimiter && $0 != Byte.quote && $0 != Byte.newline && $0 != Byte.carriageReturn
    }
    if isPlain && !text.isEmpty && text.first != Byte.space && text.last != Byte.space {
      sink.append(text)
      return
    }
    sink.append(Byte.quote)
    for byte in text {
      if byte == Byte.quote { sink.append(byte) }
      sink.append(byte)
    }
    sink.append(Byte.quote)
  }
}

/// A column's cells as text, chosen once a column.
private enum CellText {
  case bool(Values<Bool>)
  case int(Values<Int64>)
  case number(Values<Double>)
  case text(TextValues)
  case date(Values<Int32>)
  case time(Values<Int64>)
  case other(Column)

  init(_ column: Column) {
    switch column {
    case .bool(let values): self = .bool(values)
    case .int(let values): self = .int(values)
    case .number(let values): self = .number(values)
    case .text(let values), .category(let values): self = .text(values)
    case .date(let values): self = .date(values)
    case .time(let values): self = .time(values)
    case .duration, .vector: self = .other(column)
    }
  }

  func write(_ row: Int, _ delimiter: UInt8, to sink: inout ByteSink) {
    switch self {
    case .bool(let values): if let value = values[row] { sink.append(value ? "true" : "false") }
    case .int(let values): if let value = values[row] { sink.append(value.description) }
    case .number(let values): if let value = values[row] { sink.append(NumberScan.text(value)) }
    case .date(let values): if let value = values[row] { sink.append(TimeText.text(date: value)) }
    case .time(let values): if let value = values[row] { sink.append(TimeText.text(time: value)) }
    case .text(let values):
      guard values.isValid(row) else { return }
      let piece = values.piece(row)
      let heap = values.heap
      DelimitedWriter.cell(
        heap.bytes[heap.offsets[piece]..<heap.offsets[piece + 1]], delimiter, to: &sink)
    case .other(let column):
      let value = JSON(column[row])
      if value != .null {
        var bytes = JSON.encoded(value)
        if bytes.first == Byte.quote { bytes = Array(bytes.dropFirst().dropLast()) }
        DelimitedWriter.cell(bytes[...], delimiter, to: &sink)
      }
    }
  }
}
