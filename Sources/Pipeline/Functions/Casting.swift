package import Columns

/// From one type to another, value by value and exactly, or not at all.
package enum Casting {
  /// Whether there is a way from one type to the other.
  package static func isPossible(_ from: ColumnType, to type: ColumnType) -> Bool {
    if from == type { return true }
    switch type {
    case .text: return from != .vector && from != .image
    case .category: return from != .vector && from != .image && from != .number
    case .int: return from == .number || from == .bool || from.isTextual
    case .number: return from == .int || from == .bool || from.isTextual
    case .bool: return from.isNumeric || from.isTextual
    case .date: return from == .time || from.isTextual
    case .time: return from == .date || from.isTextual
    case .duration: return from.isTextual
    case .vector, .image: return false
    }
  }

  /// The column in another type. A value that has no equal there is null with `orNull`, and a
  /// `DataError` without, with `firstRow` rows counted before the first.
  package static func cast(
    _ column: Column, to type: ColumnType, orNull: Bool = false, firstRow: Int = 0
  ) throws -> Column {
    let context = EvaluationContext(count: column.count, active: nil)
    let operation = Operation(notation: .call(type.rawValue, labels: [""]), canFail: true) {
      try run($0[0], to: type, orNull: orNull, $1)
    }
    do {
      if let lifted = try Lift([.column(column)], context)?.run(operation) { return lifted }
      return try operation.run([.column(column)], context)
    } catch let failure as RowFailure {
      throw DataError(
        failure.code, failure.message, help: failure.help, row: firstRow + failure.row + 1,
        value: failure.value)
    }
  }

  static func run(
    _ operand: Operand, to type: ColumnType, orNull: Bool, _ context: EvaluationContext
  ) throws -> Column {
    if let from = operand.type, from == type {
      return Kernel.column(operand, as: type, context.count)
    }
    switch type {
    case .text:
      return Kernel.column(try asText(operand, context), as: .text, context.count)
    case .category:
      return category(try asText(operand, context), context)
    case .int, .number, .bool: return try toNumber(operand, type, orNull, context)
    default: return try toMoment(operand, type, orNull, context)
    }
  }

  // MARK: To text

  static func asText(_ operand: Operand, _ context: EvaluationContext) throws -> Operand {
    switch operand {
    case .scalar(.text), .scalar(.null), .column(.text): return operand
    case .scalar(let value):
      var bytes: [UInt8] = []
      append(value, to: &bytes)
      return .scalar(.text(String(decoding: bytes, as: UTF8.self)))
    case .column(.category(let values)): return .column(.text(values))
    case .column(let column): return .column(.text(texts(column)))
    }
  }

  private static func texts(_ column: Column) -> TextValues {
    var bytes: [UInt8] = []
    var offsets = [0]
    offsets.reserveCapacity(column.count + 1)
    func write<T>(_ values: Values<T>, _ body: (T, inout [UInt8]) -> Void) {
      values.elements.withUnsafeBufferPointer { elements in
        for row in 0..<elements.count {
          if values.isValid(row) { body(elements[row], &bytes) }
          offsets.append(bytes.count)
        }
      }
    }
    switch column {
    case .bool(let values):
      write(values) { $1.append(contentsOf: ($0 ? "true" : "false").utf8) }
    case .int(let values): write(values) { NumberText.append($0, to: &$1) }
    case .number(let values): write(values) { NumberText.append($0, point: false, to: &$1) }
    case .date(let values): write(values) { DateText.append(date: $0, to: &$1) }
    case .time(let values): write(values) { DateText.append(time: $0, to: &$1) }
    case .duration(let values): write(values) { DurationText.append($0, to: &$1) }
    case .text(let values), .category(let values): return values
    case .vector: break
    }
    return TextValues(
      heap: TextHeap(bytes: bytes, offsets: offsets, isDistinct: false),
      rows: .pieces(start: 0, count: offsets.count - 1), valid: column.valid)
  }

  private static func append(_ value: Value, to bytes: inout [UInt8]) {
    switch value {
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .int(let value): NumberText.append(value, to: &bytes)
    case .number(let value): NumberText.append(value, point: false, to: &bytes)
    case .text(let value): bytes.append(contentsOf: value.utf8)
    case .date(let value): DateText.append(date: value, to: &bytes)
    case .time(let value): DateText.append(time: value, to: &bytes)
    case .duration(months: _, microseconds: let value): DurationText.append(value, to: &bytes)
    default: break
    }
  }

  /// Equal texts share a piece, in the order in which they are met.
  private static func category(_ operand: Operand, _ context: EvaluationContext) -> Column {
    let count = context.count
    let valid = operand.validity(count)
    var known: [[UInt8]: UInt32] = [:]
    var bytes: [UInt8] = []
    var offsets = [0]
    var codes = [UInt32](repeating: 0, count: count)
    TextReader.with([operand]) { readers in
      for row in 0..<count where valid.map({ $0[$0.startIndex + row] }) ?? true {
        let piece = Array(readers[0].bytes(row))
        if let code = known[piece] {
          codes[row] = code
        } else {
          let code = UInt32(known.count)
          known[piece] = code
          bytes += piece
          offsets.append(bytes.count)
          codes[row] = code
        }
      }
    }
    // Codes of nulls must be in range.
    if offsets.count == 1 { offsets.append(0) }
    return .category(
      TextValues(
        heap: TextHeap(bytes: bytes, offsets: offsets, isDistinct: true), rows: .codes(codes[...]),
        valid: valid))
  }

  // MARK: To numbers and truths

  private static func toNumber(
    _ operand: Operand, _ type: ColumnType, _ orNull: Bool, _ context: EvaluationContext
  ) throws -> Column {
    switch (operand.type, type) {
    case (.int, .number):
      return .number(
        try each(try operand.longs(), 0, type, orNull, context, help: "keep it an int") {
          Double(exactly: $0)
        })
    case (.number, .int):
      return .int(
        try each(try operand.doubles(), 0, type, orNull, context, help: "round it: int(round(x))") {
          Int64(exactly: $0)
        })
    case (.bool, .int):
      return .int(values(try operand.bools().map { $0 ? 1 : 0 }, context))
    case (.bool, .number):
      return .number(values(try operand.bools().map { $0 ? 1 : 0 }, context))
    case (.int, .bool), (.number, .bool):
      return .bool(
        try each(try operand.doubles(), false, type, orNull, context, help: "compare it: x != 0") {
          $0 == 0 ? false : $0 == 1 ? true : nil
        })
    case (_, .int):
      return .int(
        try text(operand, 0, type, orNull, context) { NumberText.int($0) ?? wholeNumber($0) })
    case (_, .number):
      return .number(try text(operand, 0, type, orNull, context) { NumberText.number($0) })
    default:
      return .bool(try text(operand, false, type, orNull, context) { truth($0) })
    }
  }

  /// `12.0` and `1e3` are whole too.
  private static func wholeNumber(_ bytes: Bytes) -> Int64? {
    NumberText.number(bytes, special: false).flatMap {
      abs($0) < 0x1p53 ? Int64(exactly: $0) : nil
    }
  }

  private static func truth(_ bytes: Bytes) -> Bool? {
    guard bytes.count <= 5 else { return nil }
    switch Pipeline.text(bytes).lowercased() {
    case "true", "t", "yes", "y", "1": return true
    case "false", "f", "no", "n", "0": return false
    default: return nil
    }
  }

  // MARK: To dates, times and durations

  private static func toMoment(
    _ operand: Operand, _ type: ColumnType, _ orNull: Bool, _ context: EvaluationContext
  ) throws -> Column {
    switch (operand.type, type) {
    case (.time, .date): return .date(values(try operand.wholeDays(), context))
    case (.date, .time):
      return .time(
        try each(try operand.days(), 0, type, orNull, context, help: nil) {
          CivilDate.time(days: $0)
        })
    case (_, .date):
      return .date(
        try text(operand, 0, type, orNull, context) { bytes in
          DateText.date(bytes) ?? DateText.time(bytes).map { CivilDate.split($0).days }
        })
    case (_, .time):
      return .time(try text(operand, 0, type, orNull, context) { DateText.time($0) })
    default:
      return .duration(try text(operand, 0, type, orNull, context) { DurationText.duration($0) })
    }
  }

  // MARK: Loops

  private static func values<T>(_ side: Side<T>, _ context: EvaluationContext) -> Values<T> {
    Kernel.zip(side, .scalar(0), context.count) { x, _ in x }
  }

  private static func each<A, R: Sendable>(
    _ side: Side<A>, _ filler: R, _ type: ColumnType, _ orNull: Bool,
    _ context: EvaluationContext, help: String?, _ body: (A) -> R?
  ) throws -> Values<R> {
    var out = [R](repeating: filler, count: context.count)
    var valid = side.valid.map { Array($0) }
    for row in 0..<context.count where valid?[row] ?? true {
      if let answer = body(side.element(row)) {
        out[row] = answer
        continue
      }
      if !orNull, context.isActive(row) {
        throw failure(row, "\(side.element(row))", type, help)
      }
      if valid == nil { valid = Array(repeating: true, count: context.count) }
      valid?[row] = false
    }
    return Values(out[...], valid: valid?[...])
  }

  private static func text<R: Sendable>(
    _ operand: Operand, _ filler: R, _ type: ColumnType, _ orNull: Bool,
    _ context: EvaluationContext, _ body: (Bytes) -> R?
  ) throws -> Values<R> {
    try Kernel.fromText(
      [operand], valid: operand.validity(context.count), context, filler: filler
    ) { readers, row in
      let bytes = readers[0].bytes(row)
      let trimmed = Bytes(rebasing: TextFunctions.trimmed(bytes, start: true, end: true))
      if let answer = body(trimmed) { return answer }
      if orNull || !context.isActive(row) { return nil }
      throw failure(row, "\"\(Pipeline.text(Bytes(rebasing: bytes.prefix(80))))\"", type, nil)
    }
  }

  private static func failure(_ row: Int, _ value: String, _ type: ColumnType, _ help: String?)
    -> RowFailure
  {
    let wanted =
      switch type {
      case .int: "a whole number"
      case .number: "a 64-bit number"
      case .bool: "true or false"
      case .date: "a date such as 2024-03-31"
      case .time: "a time such as 2024-03-31T09:30Z"
      default: "a duration such as 1h30min"
      }
    return RowFailure(
      code: "cast-failed", message: "a value is not \(wanted)", row: row, value: value,
      help: (help.map { $0 + ", or " } ?? "") + "make it null: \(type.rawValue)(x, or_null: true)")
  }
}
