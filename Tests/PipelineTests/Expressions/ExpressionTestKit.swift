import Columns
import Syntax
import Testing
import Text

@testable import Pipeline

/// The expression that stands after a verb, and nothing else.
func syntax(_ text: String) throws -> ExpressionSyntax {
  let parsed = Parser.parse("t | derive z = " + text)
  guard parsed.diagnostics.isEmpty else { throw Diagnostics(parsed.diagnostics) }
  let stage = try #require(parsed.script.statements.first?.pipeline.stages.first)
  let binding = stage.arguments.compactMap { argument in
    if case .binding(_, let expression, _) = argument { expression } else { nil }
  }
  return try #require(binding.first)
}

func bound(_ text: String, _ scope: Scope) throws -> BoundExpression {
  var diagnostics: [Diagnostic] = []
  let expression = ExpressionBinder.bind(try syntax(text), in: scope, into: &diagnostics)
  guard let expression, diagnostics.isEmpty else { throw Diagnostics(diagnostics) }
  return expression
}

/// What an expression gives for each row of a table.
func evaluated(_ text: String, _ table: Table, values: [String: Value] = [:]) throws -> Column {
  try bound(text, Scope(schema: table.schema, values: values))
    .evaluate(on: table, workers: .serial)
}

/// All rows as they are written.
func rows(_ text: String, _ table: Table) throws -> [String] {
  let column = try evaluated(text, table)
  return (0..<column.count).map { ConstantText.text(column[$0]) }
}

/// What a constant expression gives.
func value(_ text: String) throws -> String {
  let expression = try bound(text, Scope(schema: Schema()))
  return ConstantText.text(try #require(expression.constant))
}

/// The first diagnostic that binding or evaluating gives.
func problem(
  _ text: String, _ table: Table = Table([]), aggregates: Bool = false,
  values: [String: Value] = [:]
) -> Diagnostic? {
  do {
    let scope = Scope(
      schema: table.schema, tableName: "orders", values: values, allowsAggregates: aggregates)
    let expression = try bound(text, scope)
    if aggregates {
      _ = try expression.evaluateAggregate(on: table, grouping: nil, workers: .serial)
    } else {
      _ = try expression.evaluate(on: table, workers: .serial)
    }
    return nil
  } catch let found as Diagnostics {
    return found.all.first
  } catch let failure as ExpressionFailure {
    return failure.diagnostic
  } catch {
    return error as? Diagnostic
  }
}

func code(_ text: String, _ table: Table = Table([]), aggregates: Bool = false) -> String? {
  problem(text, table, aggregates: aggregates)?.code
}

/// A table of every type, with nulls.
let mixed = Table([
  ("i", .int(Values([3, -2, 0, 7], valid: [true, true, false, true]))),
  ("j", .int(Values([2, 0, 5, -3]))),
  ("x", .number(Values([1.5, -0.5, 4, 0], valid: [true, true, true, false]))),
  ("ok", .bool(Values([true, false, true, false], valid: [true, true, false, true]))),
  ("name", .text(TextValues(["Ann", nil, "bob", ""]))),
  ("city", .category(coded(["Oslo", "Rome", "Oslo", nil]))),
  ("day", .date(Values([19_782, 19_813, 0, 19_814], valid: [true, true, false, true]))),
  (
    "at",
    .time(
      Values(
        [1_709_251_200_000_000, 1_711_878_300_000_000, 0, 1_711_929_600_000_000],
        valid: [true, true, false, true]))
  ),
  ("took", .duration(Values([90_000_000, 0, 5, -60_000_000]))),
  ("a-b", .int(Values([1, 2, 3, 4]))),
])

func coded(_ texts: [String?]) -> TextValues {
  var pieces: [String] = []
  let codes = texts.map { text -> UInt32 in
    guard let text else { return 0 }
    if let at = pieces.firstIndex(of: text) { return UInt32(at) }
    pieces.append(text)
    return UInt32(pieces.count - 1)
  }
  if pieces.isEmpty { pieces = [""] }
  return TextValues(
    heap: TextHeap(pieces, isDistinct: true), rows: .codes(codes[...]),
    valid: texts.contains { $0 == nil } ? texts.map { $0 != nil }[...] : nil)
}
