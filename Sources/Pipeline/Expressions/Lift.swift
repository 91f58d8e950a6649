import Columns

/// Computes a function of one dictionary-coded text once for each piece that is used, not once for
/// each row, where there are fewer pieces than rows.
struct Lift {
  private let operands: [Operand]
  private let context: EvaluationContext
  private let position: Int
  private let values: TextValues
  private let codes: ArraySlice<UInt32>

  /// Nil unless exactly one operand is a column, and that one is coded text with few pieces.
  init?(_ operands: [Operand], _ context: EvaluationContext) {
    var found: (position: Int, values: TextValues)?
    for (position, operand) in operands.enumerated() {
      switch operand {
      case .scalar: continue
      case .column(.text(let values)), .column(.category(let values)):
        guard found == nil else { return nil }
        found = (position, values)
      case .column: return nil
      }
    }
    guard let found, case .codes(let codes) = found.values.rows else { return nil }
    guard found.values.heap.count <= context.count / 2 else { return nil }
    self.operands = operands
    self.context = context
    self.codes = codes
    (position, values) = found
  }

  func run(_ operation: Operation) throws -> Column {
    let used = usedPieces()
    var lifted = operands
    let pieces = values.heap.count
    // Nulls need no special case: an operation that is not strict keeps to validity, and rows
    // that are null read the answer of a null.
    let hasNulls = values.valid != nil
    lifted[position] = .column(
      .text(
        TextValues(
          heap: values.heap, rows: .pieces(start: 0, count: pieces), valid: used[...])))
    let inner = EvaluationContext(count: pieces, active: used, workers: context.workers)
    do {
      let answers = try operation.run(lifted, inner)
      if !operation.isStrict, hasNulls { return try withNulls(operation, answers) }
      return spread(answers, used, valid: values.valid)
    } catch var failure as RowFailure {
      let piece = failure.row
      failure.row =
        (0..<context.count).first { row in
          values.isValid(row) && context.isActive(row)
            && Int(codes[codes.startIndex + row]) == piece
        } ?? 0
      throw failure
    }
  }

  /// Of a function that answers null with something else: null is one more piece.
  private func withNulls(_ operation: Operation, _ answers: Column) throws -> Column {
    var alone = operands
    alone[position] = .column(.text(TextValues([nil])))
    let answer = try operation.run(alone, EvaluationContext(count: 1, active: nil))
    let spreadAnswers = spread(answers, usedPieces(), valid: nil)
    let choice = (0..<context.count).map { row in values.isValid(row) ? UInt8(0) : 1 }
    return Kernel.select(
      [.column(spreadAnswers), .scalar(answer[0])], choice, as: answers.type)
  }

  private func usedPieces() -> [Bool] {
    var used = [Bool](repeating: false, count: values.heap.count)
    used.withUnsafeMutableBufferPointer { used in
      codes.withUnsafeBufferPointer { codes in
        if values.valid == nil && context.active == nil {
          for code in codes { used[Int(code)] = true }
        } else {
          for row in 0..<context.count where values.isValid(row) && context.isActive(row) {
            used[Int(codes[row])] = true
          }
        }
      }
    }
    return used
  }

  /// From one answer a piece to one answer a row.
  private func spread(_ answers: Column, _ used: [Bool], valid: ArraySlice<Bool>?) -> Column {
    var valid = valid
    if let known = answers.valid {
      let isComplete = !zip(used, known).contains { $0 && !$1 }
      if !isComplete || context.active != nil {
        valid = Kernel.bothValid(valid, Kernel.gather(known, codes)[...])
      }
    }
    func each<T: Sendable>(_ values: Values<T>) -> Values<T> {
      Values(Kernel.gather(values.elements, codes)[...], valid: valid)
    }
    switch answers {
    case .bool(let values): return .bool(each(values))
    case .int(let values): return .int(each(values))
    case .number(let values): return .number(each(values))
    case .date(let values): return .date(each(values))
    case .time(let values): return .time(each(values))
    case .duration(let values): return .duration(each(values))
    case .text(let texts): return .text(spread(texts, valid))
    case .category(let texts): return .category(spread(texts, valid))
    case .vector: return answers
    }
  }

  private func spread(_ texts: TextValues, _ valid: ArraySlice<Bool>?) -> TextValues {
    switch texts.rows {
    case .pieces(start: 0, _):
      return TextValues(heap: texts.heap, rows: .codes(codes), valid: valid)
    default:
      let positions = codes.map { UInt32(texts.piece(Int($0))) }
      return TextValues(heap: texts.heap, rows: .codes(positions[...]), valid: valid)
    }
  }
}
