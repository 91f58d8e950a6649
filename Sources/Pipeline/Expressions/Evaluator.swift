package import Columns
import Text

extension BoundExpression {
  /// One value a row. Aggregates must have been replaced by constants. `firstRow` is the number of
  /// rows before this piece of the table, for messages. Throws `ExpressionFailure` for data that
  /// has no answer.
  package func evaluate(on table: Table, workers: Workers, firstRow: Int = 0) throws -> Column {
    try workers.check()
    let evaluator = Evaluator(table: table, firstRow: firstRow, workers: workers)
    if let constant, constant.isCalendar {
      throw ExpressionFailure(
        error: DataError(
          "wrong-type", "months have no fixed length, so a column cannot hold them",
          help: "add them to a date, or count days"), span: span)
    }
    let operand = try evaluator.operand(root, active: nil)
    return Kernel.column(operand, as: root.type ?? .text, table.rowCount)
  }
}

/// Walks an expression once a piece of a table; every node is one loop over columns.
struct Evaluator {
  let table: Table
  var firstRow = 0
  var workers = Workers.serial

  private var count: Int { table.rowCount }

  func operand(_ expression: Expression, active: [Bool]?) throws -> Operand {
    if let constant = expression.constant { return .scalar(constant) }
    switch expression.node {
    case .constant(.value(let value)): return .scalar(value)
    case .constant(.list), .constant(.period): return .scalar(.null)
    case .column(let name): return .column(try column(name, expression))
    case .apply(let operation, let arguments):
      let operands = try arguments.map { try operand($0, active: active) }
      return try apply(operation, operands, expression, active)
    case .and(let a, let b): return .column(.bool(try both(a, b, active)))
    case .or(let a, let b): return .column(.bool(try either(a, b, active)))
    case .choose(_, let conditions, let values):
      return try choose(conditions, values, expression.type, active)
    case .firstValid(let all): return try firstValid(all, expression.type, active)
    case .aggregate:
      throw ExpressionFailure(
        error: DataError(
          "aggregate-not-allowed", "an aggregate stands where one value a row is wanted"),
        span: expression.span)
    }
  }

  private func column(_ name: String, _ expression: Expression) throws -> Column {
    guard let column = table[name] else {
      throw ExpressionFailure(
        error: DataError(
          "column-not-found", "the table has no column `\(name)`",
          help: "columns: " + table.schema.names.joined(separator: ", "), column: name),
        span: expression.span)
    }
    guard let wanted = expression.type, column.type != wanted else { return column }
    if wanted == .number && column.type == .int || wanted.isTextual && column.type.isTextual {
      return Kernel.converted(column, to: wanted)
    }
    throw ExpressionFailure(
      error: DataError(
        "wrong-type",
        "column `\(name)` should be \(wanted.rawValue) and is \(column.type.rawValue)",
        help: "cast \(name): \(wanted.rawValue)", column: name),
      span: expression.span)
  }

  private func apply(
    _ operation: Operation, _ operands: [Operand], _ expression: Expression, _ active: [Bool]?
  ) throws -> Operand {
    if operation.isStrict, operands.contains(where: \.isNull) { return .scalar(.null) }
    do {
      if operands.allSatisfy({ if case .scalar = $0 { true } else { false } }) {
        let context = EvaluationContext(count: 1, active: nil)
        return .scalar(try operation.run(operands, context)[0])
      }
      let context = EvaluationContext(count: count, active: active, workers: workers)
      if let lifted = try Lift(operands, context)?.run(operation) { return .column(lifted) }
      return .column(try operation.run(operands, context))
    } catch let failure as RowFailure {
      throw located(failure, expression)
    } catch let error as DataError {
      throw ExpressionFailure(error: error, span: expression.span)
    }
  }

  private func located(_ failure: RowFailure, _ expression: Expression) -> ExpressionFailure {
    let names = BoundExpression(root: expression).columns
    return ExpressionFailure(
      error: DataError(
        failure.code, failure.message, help: failure.help,
        column: names.count == 1 ? names.first : nil, row: firstRow + failure.row + 1,
        value: failure.value),
      span: expression.span)
  }

  private func bools(_ expression: Expression, _ active: [Bool]?) throws -> Values<Bool> {
    let operand = try operand(expression, active: active)
    guard case .bool(let values) = Kernel.column(operand, as: .bool, count) else {
      throw ExpressionFailure(
        error: DataError("wrong-type", "a condition is not true or false"), span: expression.span)
    }
    return values
  }

  private func both(_ a: Expression, _ b: Expression, _ active: [Bool]?) throws -> Values<Bool> {
    let left = try bools(a, active)
    guard b.canFail else { return Kernel.and(left, try bools(b, active)) }
    let undecided = Kernel.isFalse(left).map { !$0 }
    return Kernel.and(left, try bools(b, Kernel.both(active, undecided)))
  }

  private func either(_ a: Expression, _ b: Expression, _ active: [Bool]?) throws -> Values<Bool> {
    let left = try bools(a, active)
    guard b.canFail else { return Kernel.or(left, try bools(b, active)) }
    let undecided = Kernel.isTrue(left).map { !$0 }
    return Kernel.or(left, try bools(b, Kernel.both(active, undecided)))
  }

  private func choose(
    _ conditions: [Expression], _ values: [Expression], _ type: ColumnType?, _ active: [Bool]?
  ) throws -> Operand {
    let last = UInt8(conditions.count)
    var choice = [UInt8](repeating: last, count: count)
    for (number, condition) in conditions.enumerated() {
      let open = condition.canFail ? Kernel.both(active, choice.map { $0 == last }) : active
      Kernel.claim(&choice, try bools(condition, open), for: UInt8(number), from: last)
    }
    let operands = try values.enumerated().map { number, value in
      let mine = UInt8(number)
      let open = value.canFail ? Kernel.both(active, choice.map { $0 == mine }) : active
      return try operand(value, active: open)
    }
    guard let type else { return .scalar(.null) }
    return .column(Kernel.select(operands, choice, as: type))
  }

  private func firstValid(_ all: [Expression], _ type: ColumnType?, _ active: [Bool]?) throws
    -> Operand
  {
    guard let type else { return .scalar(.null) }
    // One more than there are stands for rows that are still null.
    let none = UInt8(all.count)
    var choice = [UInt8](repeating: none, count: count)
    var operands: [Operand] = []
    for (number, expression) in all.enumerated() {
      let open = expression.canFail ? Kernel.both(active, choice.map { $0 == none }) : active
      let next = try operand(expression, active: open)
      operands.append(next)
      let valid = next.validity(count)
      if valid == nil, number == 0, case .column(let column) = next {
        return .column(Kernel.converted(column, to: type))
      }
      let claimed = valid ?? Array(repeating: true, count: count)[...]
      Kernel.claim(&choice, Values(claimed), for: UInt8(number), from: none)
      if valid == nil { break }
    }
    // Where none was valid, the last one is null.
    let last = UInt8(operands.count - 1)
    return .column(Kernel.select(operands, choice.map { min($0, last) }, as: type))
  }
}
