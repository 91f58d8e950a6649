import Columns
import Text

extension FunctionCatalog {
  static let choiceFunctions: [FunctionDeclaration] = [
    FunctionDeclaration(
      name: "if", category: .choice, summary: "one value where a condition is true, else another",
      parameters: [
        FunctionParameter("condition", [.bool], "what decides"),
        FunctionParameter("yes", "the value where it is true"),
        FunctionParameter("no", "the value where it is false or null"),
      ], result: "the type of the values", nulls: "a null condition counts as not true",
      examples: [
        FunctionExample("if(3 > 2, \"more\", \"less\")", "\"more\""),
        FunctionExample("if(null, 1, 2)", "2"), FunctionExample("if(true, 1, 2.5)", "1.0"),
      ], meaning: .choice(.condition)),
    FunctionDeclaration(
      name: "case", category: .choice,
      summary: "the value that follows the first condition that is true",
      parameters: [
        FunctionParameter("condition", [.bool], "what decides"),
        FunctionParameter(
          "value", isRepeated: true, "its value, more such pairs, and a last value"),
      ], result: "the type of the values",
      nulls: "null where no condition is true and there is no last value",
      examples: [
        FunctionExample("case(1 > 2, \"a\", 2 > 1, \"b\", \"c\")", "\"b\""),
        FunctionExample("case(1 > 2, \"a\", 2 > 3, \"b\", \"c\")", "\"c\""),
        FunctionExample("case(1 > 2, \"a\", 2 > 3, \"b\")", "null"),
      ], meaning: .choice(.cases)),
    FunctionDeclaration(
      name: "coalesce", category: .choice, summary: "the first value that is not null",
      parameters: [FunctionParameter("value", isRepeated: true, "a value to try")],
      result: "the type of the values", nulls: "null where all are null",
      examples: [
        FunctionExample("coalesce(null, 2, 3)", "2"),
        FunctionExample("coalesce(null, null)", "null"),
      ], meaning: .choice(.firstValid)),
    FunctionDeclaration(
      name: "null_if", category: .choice, summary: "null where a value equals another",
      parameters: [
        FunctionParameter("x", "the value"), FunctionParameter("other", "what stands for null"),
      ], result: "the type of x", nulls: "null where x is null",
      examples: [
        FunctionExample("null_if(-999, -999)", "null"),
        FunctionExample("null_if(\"a\", \"\")", "\"a\""),
      ],
      meaning: .rowwise { (call) throws(Diagnostic) in
        let type = try call.commonType()
        return FunctionBinding(type: type, isStrict: false) { operands, context in
          let x = Kernel.column(operands[0], as: type, context.count)
          let other = Kernel.column(operands[1], as: type, context.count)
          let isEqual = Kernel.isTrue(try Kernel.compareColumns(.equal, x, other, context))
          return Kernel.select(
            [.column(x), .scalar(.null)], isEqual.map { $0 ? 1 : 0 }, as: type)
        }
      }),
    extreme("least", .less, "the smallest of several values in a row", "least(3, 1, null)", "1"),
    extreme(
      "greatest", .greater, "the largest of several values in a row", "greatest(3, 1.5, null)",
      "3.0"),
  ]

  private static func extreme(
    _ name: String, _ how: Comparison, _ summary: String, _ example: String, _ value: String
  ) -> FunctionDeclaration {
    FunctionDeclaration(
      name: name, category: .choice, summary: summary,
      parameters: [FunctionParameter("value", isRepeated: true, "a value to compare")],
      result: "the type of the values", nulls: "nulls are passed over; null where all are null",
      examples: [FunctionExample(example, value)],
      meaning: .rowwise { (call) throws(Diagnostic) in
        let type = try call.commonType()
        return FunctionBinding(type: type, isStrict: false) { operands, context in
          try Kernel.extreme(how, operands, type, context)
        }
      })
  }
}

extension FunctionCall {
  /// The type that all arguments can be taken for.
  func commonType() throws(Diagnostic) -> ColumnType {
    var common: ColumnType?
    for argument in arguments {
      guard let type = argument.type, type != common else { continue }
      switch (common, type) {
      case (nil, _): common = type == .category ? .text : type
      case (.int, .number), (.number, .int): common = .number
      case (.text, .category): break
      default:
        throw Diagnostic(
          code: "wrong-type",
          "`\(name)` compares values of one type, and these are \(Pipeline.name(of: common)) and \(type.rawValue)",
          at: argument.span)
      }
    }
    return common ?? .number
  }
}

extension Kernel {
  static func compareColumns(
    _ how: Comparison, _ a: Column, _ b: Column, _ context: EvaluationContext
  ) throws -> Values<Bool> {
    let (x, y) = (Operand.column(a), Operand.column(b))
    switch a.type {
    case .bool: return compareBools(how, try x.bools(), try y.bools(), context.count)
    case .number: return compareDoubles(how, try x.doubles(), try y.doubles(), context.count)
    case .date: return compareDays(how, try x.days(), try y.days(), context.count)
    case .text, .category: return compareTexts(how, x, y, context)
    default: return compareLongs(how, try x.longs(), try y.longs(), context.count)
    }
  }

  /// Row by row the operand that comes first in the order, nulls passed over.
  static func extreme(
    _ how: Comparison, _ operands: [Operand], _ type: ColumnType, _ context: EvaluationContext
  ) throws -> Column {
    let count = context.count
    guard let first = operands.first else { return constant(.null, as: type, count) }
    var best = column(first, as: type, count)
    for operand in operands.dropFirst() {
      let next = column(operand, as: type, count)
      let isBetter = isTrue(try compareColumns(how, next, best, context))
      let (bestValid, nextValid) = (best.valid, next.valid)
      var choice = isBetter.map { $0 ? UInt8(1) : 0 }
      if let bestValid {
        for row in 0..<count where !bestValid[bestValid.startIndex + row] {
          choice[row] = nextValid.map { $0[$0.startIndex + row] } ?? true ? 1 : 0
        }
      }
      best = select([.column(best), .column(next)], choice, as: type)
    }
    return best
  }
}
