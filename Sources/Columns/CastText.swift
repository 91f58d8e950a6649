/// Text into values and values into text.
enum CastText {
  static func parse(
    _ values: TextValues, to type: ColumnType, _ workers: Workers
  ) throws -> (column: Column, failures: CastFailures) {
    switch type {
    case .bool:
      let (result, failures) = try parsed(values, false, workers) { bool($0) }
      return (.bool(result), failures)
    case .int:
      let (result, failures) = try parsed(values, 0 as Int64, workers) { bytes in
        NumberText.int(bytes)
          ?? NumberText.number(bytes, special: false).flatMap { number in
            // Larger numbers may stand for another int than the one that is spelled.
            number.magnitude < 0x1p53 ? Int64(exactly: number) : nil
          }
      }
      return (.int(result), failures)
    case .number:
      let (result, failures) = try parsed(values, 0.0, workers) { NumberText.number($0) }
      return (.number(result), failures)
    case .date:
      let (result, failures) = try parsed(values, 0 as Int32, workers) { DateText.date($0) }
      return (.date(result), failures)
    case .time:
      let (result, failures) = try parsed(values, 0 as Int64, workers) { DateText.time($0) }
      return (.time(result), failures)
    case .duration:
      let (result, failures) = try parsed(values, 0 as Int64, workers) {
        DurationText.duration($0)
      }
      return (.duration(result), failures)
    case .text, .category, .vector, .image: throw Column.cannotCast(.text, type)
    }
  }

  private static func parsed<Result: BitwiseCopyable & Sendable>(
    _ values: TextValues, _ zero: Result, _ workers: Workers,
    _ parse: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> Result?
  ) throws -> (values: Values<Result>, failures: CastFailures) {
    // A dictionary's pieces are read once each.
    if case .codes(let codes) = values.rows, values.heap.count <= codes.count / 2 {
      let all = TextValues(heap: values.heap, rows: .pieces(start: 0, count: values.heap.count))
      let pieces = try parsed(all, zero, workers, parse).values
      return try Converted.values(codes.count, valid: values.valid, zero, workers) {
        row, codes in
        pieces[Int(codes[row])]
      } with: { body in
        try codes.withUnsafeBufferPointer { try body($0) }
      }
    }
    return try Converted.values(values.count, valid: values.valid, zero, workers) {
      row, source in
      let piece = source.1[row]
      return parse(trimmed(source.0.start(piece), source.0.count(piece)))
    } with: { body in
      try values.withRows { view, rows in try body((view, rows)) }
    }
  }

  private static func trimmed(
    _ start: UnsafePointer<UInt8>, _ count: Int
  ) -> UnsafeBufferPointer<UInt8> {
    var from = 0
    var to = count
    while from < to, isBlank(start[from]) { from += 1 }
    while from < to, isBlank(start[to - 1]) { to -= 1 }
    return UnsafeBufferPointer(start: start + from, count: to - from)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func bool(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
    guard 1...5 ~= bytes.count else { return nil }
    switch String(decoding: bytes, as: UTF8.self).lowercased() {
    case "true", "yes", "t", "y", "1": return true
    case "false", "no", "f", "n", "0": return false
    default: return nil
    }
  }

  /// Each value as text that reads back as the same one.
  static func write(_ column: Column, _ workers: Workers) throws -> TextValues {
    let parts = try workers.morsels(of: column.count) { range in
      var bytes: [UInt8] = []
      var offsets = [0]
      offsets.reserveCapacity(range.count + 1)
      let part = column.slice(range)
      for row in 0..<range.count {
        if part.isValid(row) { append(part, row, to: &bytes) }
        offsets.append(bytes.count)
      }
      return Column.text(
        TextValues(
          heap: TextHeap(bytes: bytes, offsets: offsets, isDistinct: false),
          rows: .pieces(start: 0, count: range.count), valid: part.valid))
    }
    guard !parts.isEmpty, case .text(let values) = Column.concatenated(parts) else {
      return TextValues([])
    }
    return values
  }

  private static func append(_ column: Column, _ row: Int, to bytes: inout [UInt8]) {
    switch column {
    case .bool(let values):
      bytes.append(
        contentsOf: (values.elements[values.elements.startIndex + row] ? "true" : "false").utf8)
    case .int(let values):
      NumberText.append(values.elements[values.elements.startIndex + row], to: &bytes)
    case .number(let values):
      NumberText.append(values.elements[values.elements.startIndex + row], to: &bytes)
    case .date(let values):
      DateText.append(date: values.elements[values.elements.startIndex + row], to: &bytes)
    case .time(let values):
      DateText.append(time: values.elements[values.elements.startIndex + row], to: &bytes)
    case .duration(let values):
      DurationText.append(values.elements[values.elements.startIndex + row], to: &bytes)
    case .text(let values), .category(let values):
      bytes.append(contentsOf: (values[row] ?? "").utf8)
    case .vector(let values):
      bytes.append(UInt8(ascii: "["))
      for (place, element) in values[row].enumerated() {
        if place > 0 { bytes.append(contentsOf: ", ".utf8) }
        bytes.append(contentsOf: element.description.utf8)
      }
      bytes.append(UInt8(ascii: "]"))
    }
  }
}

extension TextValues {
  /// The same rows as codes into a heap without equal pieces, numbered in the order of first rows.
  package func dictionary(_ workers: Workers) throws -> TextValues {
    if case .codes = rows, heap.isDistinct { return self }
    let grouping = try Grouping.of([.text(self)], count: count, workers: workers)
    var bytes: [UInt8] = []
    var offsets = [0]
    for row in grouping.firstRows {
      // Null's group has no piece.
      guard isValid(Int(row)) else { continue }
      let piece = piece(Int(row))
      bytes.append(contentsOf: heap.bytes[heap.offsets[piece]..<heap.offsets[piece + 1]])
      offsets.append(bytes.count)
    }
    let null = grouping.firstRows.firstIndex { !isValid(Int($0)) }
    let codes = try workers.filled(count, as: UInt32.self) { range, out in
      for row in range {
        let group = Int(grouping.groups[row])
        // Numbers after null's move down by one.
        out[row] = UInt32(group == null ? 0 : group > null ?? .max ? group - 1 : group)
      }
    }
    return TextValues(
      heap: offsets.count == 1
        ? .blank : TextHeap(bytes: bytes, offsets: offsets, isDistinct: true),
      rows: .codes(codes[...]), valid: valid)
  }
}
