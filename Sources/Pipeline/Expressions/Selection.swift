import Columns

// Choosing between operands row by row, and making columns of operands.
extension Kernel {
  /// A column of `count` rows of the wanted type; an int is taken for a number where one is
  /// wanted.
  static func column(_ operand: Operand, as type: ColumnType, _ count: Int) -> Column {
    switch operand {
    case .column(let column): converted(column, to: type)
    case .scalar(let value): constant(value, as: type, count)
    }
  }

  /// The widening conversions that `if`, `coalesce` and the like may need.
  static func converted(_ column: Column, to type: ColumnType) -> Column {
    switch (column, type) {
    case (.int(let values), .number): .number(map(values) { Double($0) })
    case (.category(let values), .text): .text(values)
    default: column
    }
  }

  static func constant(_ value: Value, as type: ColumnType, _ count: Int) -> Column {
    let valid = value.isNull ? Array(repeating: false, count: count)[...] : nil
    func filled<T>(_ element: T) -> Values<T> {
      Values(Array(repeating: element, count: count)[...], valid: valid)
    }
    switch type {
    case .bool: return .bool(filled(value == .bool(true)))
    case .int: return .int(filled(long(value)))
    case .number: return .number(filled(value.double ?? 0))
    case .date:
      if case .date(let day) = value { return .date(filled(day)) }
      return .date(filled(0))
    case .time: return .time(filled(long(value)))
    case .duration: return .duration(filled(long(value)))
    case .text, .category, .image:
      let texts = TextValues(
        heap: TextHeap([value.text ?? ""], isDistinct: true),
        rows: .codes(Array(repeating: 0, count: count)[...]), valid: valid)
      return type == .category ? .category(texts) : .text(texts)
    case .vector:
      let elements: [Float] = if case .vector(let all) = value { all } else { [] }
      var repeated: [Float] = []
      for _ in 0..<count { repeated.append(contentsOf: elements) }
      return .vector(
        VectorValues(
          width: elements.count, elements: repeated[...], valid: valid, count: count))
    }
  }

  private static func long(_ value: Value) -> Int64 {
    switch value {
    case .int(let long), .time(let long), .duration(months: _, microseconds: let long): long
    default: 0
    }
  }

  /// Gives the rows that are true, and that nobody has claimed yet, to a number.
  static func claim(
    _ choice: inout [UInt8], _ isTrue: Values<Bool>, for number: UInt8, from open: UInt8
  ) {
    choice.withUnsafeMutableBufferPointer { choice in
      isTrue.elements.withUnsafeBufferPointer { isTrue in
        for row in 0..<choice.count {
          let mine = (isTrue[row] ? UInt8(1) : 0) & (choice[row] == open ? 1 : 0)
          choice[row] = mine == 1 ? number : choice[row]
        }
      }
    }
    guard let valid = isTrue.valid else { return }
    // A null claims nothing; what was open before is open again.
    choice.withUnsafeMutableBufferPointer { choice in
      valid.withUnsafeBufferPointer { valid in
        for row in 0..<choice.count {
          let isMistaken = (valid[row] ? UInt8(0) : 1) & (choice[row] == number ? 1 : 0)
          choice[row] = isMistaken == 1 ? open : choice[row]
        }
      }
    }
  }

  /// Row by row the operand of the number that `choice` says.
  static func select(_ operands: [Operand], _ choice: [UInt8], as type: ColumnType) -> Column {
    let count = choice.count
    let valid = selectedValidity(operands, choice)
    switch type {
    case .text, .category, .image:
      return .text(selectText(operands, choice, valid))
    default: break
    }
    let columns = operands.map { column($0, as: type, count) }
    func merged<T: Sendable>(_ values: [Values<T>]) -> Values<T> {
      Values(select(values.map(\.elements), choice)[...], valid: valid)
    }
    switch type {
    case .bool:
      return .bool(merged(columns.compactMap { if case .bool(let v) = $0 { v } else { nil } }))
    case .int:
      return .int(merged(columns.compactMap { if case .int(let v) = $0 { v } else { nil } }))
    case .number:
      return .number(merged(columns.compactMap { if case .number(let v) = $0 { v } else { nil } }))
    case .date:
      return .date(merged(columns.compactMap { if case .date(let v) = $0 { v } else { nil } }))
    case .time:
      return .time(merged(columns.compactMap { if case .time(let v) = $0 { v } else { nil } }))
    default:
      return .duration(
        merged(columns.compactMap { if case .duration(let v) = $0 { v } else { nil } }))
    }
  }

  private static func select<T>(_ parts: [ArraySlice<T>], _ choice: [UInt8]) -> [T] {
    guard let last = parts.last else { return [] }
    var out = Array(last)
    for (number, part) in parts.enumerated().dropLast() {
      let wanted = UInt8(number)
      out.withUnsafeMutableBufferPointer { out in
        part.withUnsafeBufferPointer { part in
          choice.withUnsafeBufferPointer { choice in
            for row in 0..<out.count { out[row] = choice[row] == wanted ? part[row] : out[row] }
          }
        }
      }
    }
    return out
  }

  private static func selectedValidity(_ operands: [Operand], _ choice: [UInt8])
    -> ArraySlice<Bool>?
  {
    let all = operands.map { $0.validity(choice.count) }
    guard all.contains(where: { $0 != nil }) else { return nil }
    let always = Array(repeating: true, count: choice.count)[...]
    return select(all.map { $0 ?? always }, choice)[...]
  }

  private static func selectText(
    _ operands: [Operand], _ choice: [UInt8], _ valid: ArraySlice<Bool>?
  ) -> TextValues {
    if operands.allSatisfy({ if case .scalar = $0 { true } else { false } }) {
      let heap = TextHeap(
        operands.map { if case .scalar(let value) = $0 { value.text ?? "" } else { "" } })
      return TextValues(heap: heap, rows: .codes(choice.map { UInt32($0) }[...]), valid: valid)
    }
    var builder = TextBuilder(capacity: choice.count)
    TextReader.with(operands) { readers in
      for row in 0..<choice.count {
        if valid.map({ $0[$0.startIndex + row] }) ?? true {
          builder.write(readers[Int(choice[row])].bytes(row))
        }
        builder.endRow()
      }
    }
    return builder.finish(valid: valid)
  }
}
