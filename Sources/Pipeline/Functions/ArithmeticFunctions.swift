import Columns
import Glibc
import Text

extension FunctionCatalog {
  static let arithmeticFunctions: [FunctionDeclaration] =
    [
      magnitude, sign, round, floorFunction,
      whole("ceil", "the next whole number up", .up, "ceil(2.1)", "3.0"),
      whole("trunc", "the number without its fraction", .towardZero, "trunc(-2.7)", "-2.0"),
      clamp, logarithm,
    ]
    + [
      unary("sqrt", "the square root", "null of a negative number", "sqrt(9)", "3.0") {
        $0 < 0 ? .nan : $0.squareRoot()
      },
      unary("exp", "e to the power of a number", nil, "exp(0)", "1.0") { exp($0) },
      unary("log2", "the logarithm to base 2", logNulls, "log2(8)", "3.0") {
        $0 > 0 ? log2($0) : .nan
      },
      unary("log10", "the logarithm to base 10", logNulls, "log10(1000)", "3.0") {
        $0 > 0 ? log10($0) : .nan
      },
      unary(
        "log1p", "the natural logarithm of 1 + x, exact near 0", "null of -1 and less",
        "log1p(0)", "0.0"
      ) { $0 > -1 ? log1p($0) : .nan },
      unary("expm1", "e^x - 1, exact near 0", nil, "expm1(0)", "0.0") { expm1($0) },
      unary("sin", "the sine of an angle in radians", nil, "sin(0)", "0.0") { sin($0) },
      unary("cos", "the cosine of an angle in radians", nil, "cos(0)", "1.0") { cos($0) },
      unary("tan", "the tangent of an angle in radians", nil, "tan(0)", "0.0") { tan($0) },
      unary("asin", "the angle of a sine", "null outside -1 to 1", "asin(0)", "0.0") { asin($0) },
      unary("acos", "the angle of a cosine", "null outside -1 to 1", "acos(1)", "0.0") { acos($0) },
      unary("atan", "the angle of a tangent", nil, "atan(0)", "0.0") { atan($0) },
      binary(
        "atan2", [("y", "the height"), ("x", "the width")], "the angle of a point",
        "atan2(0, 1)", "0.0"
      ) { atan2($0, $1) },
      FunctionDeclaration(
        name: "pi", category: .arithmetic, summary: "the circle number", parameters: [],
        result: "number", nulls: "never",
        examples: [FunctionExample("round(pi(), 4)", "3.1416")],
        meaning: .rowwise { (_) throws(Diagnostic) in
          FunctionBinding(type: .number) { _, context in
            Kernel.constant(.number(.pi), as: .number, context.count)
          }
        }),
    ]

  private static let logNulls = "null of 0 and of a negative number"

  static func unary(
    _ name: String, _ summary: String, _ nulls: String?, _ example: String, _ value: String,
    _ body: @escaping @Sendable (Double) -> Double
  ) -> FunctionDeclaration {
    FunctionDeclaration(
      name: name, category: .arithmetic, summary: summary,
      parameters: [FunctionParameter("x", Types.numbers, "a number")], result: "number",
      nulls: nulls.map { "null where x is null; \($0)" } ?? "null where x is null",
      examples: [FunctionExample(example, value)],
      meaning: .rowwise { (_) throws(Diagnostic) in
        FunctionBinding(type: .number) { operands, context in
          let values = Kernel.zip(try operands[0].doubles(), .scalar(0), context.count) { x, _ in
            body(x)
          }
          return .number(Kernel.nanToNull(values))
        }
      })
  }

  private static func binary(
    _ name: String, _ parameters: [(String, String)], _ summary: String, _ example: String,
    _ value: String, _ body: @escaping @Sendable (Double, Double) -> Double
  ) -> FunctionDeclaration {
    FunctionDeclaration(
      name: name, category: .arithmetic, summary: summary,
      parameters: parameters.map { FunctionParameter($0.0, Types.numbers, $0.1) },
      result: "number", examples: [FunctionExample(example, value)],
      meaning: .rowwise { (_) throws(Diagnostic) in
        FunctionBinding(type: .number) { operands, context in
          .number(
            Kernel.nanToNull(
              Kernel.zip(
                try operands[0].doubles(), try operands[1].doubles(), context.count, body)))
        }
      })
  }

  private static let logarithm = FunctionDeclaration(
    name: "log", category: .arithmetic, summary: "the natural logarithm, or one to another base",
    parameters: [
      FunctionParameter("x", Types.numbers, "a number"),
      FunctionParameter("base", Types.numbers, isOptional: true, "the base; e when left out"),
    ], result: "number", nulls: "null where x is null; \(logNulls)",
    examples: [
      FunctionExample("log(1)", "0.0"), FunctionExample("round(log(8, 2), 6)", "3.0"),
      FunctionExample("log(0)", "null"),
    ],
    meaning: .rowwise { (call) throws(Diagnostic) in
      let hasBase = call.arguments.count > 1
      return FunctionBinding(type: .number) { operands, context in
        let x = try operands[0].doubles()
        let base = hasBase ? try operands[1].doubles() : .scalar(0)
        return .number(
          Kernel.nanToNull(
            Kernel.zip(x, base, context.count) { x, base in
              guard x > 0 else { return .nan }
              if !hasBase { return log(x) }
              return base > 0 && base != 1 ? log(x) / log(base) : .nan
            }))
      }
    })

  private static let magnitude = FunctionDeclaration(
    name: "abs", category: .arithmetic, summary: "the value without its sign",
    parameters: [FunctionParameter("x", Types.amounts, "a number or a duration")],
    result: "the type of x", errors: "the smallest int has no opposite",
    examples: [FunctionExample("abs(-3)", "3"), FunctionExample("abs(-2.5)", "2.5")],
    meaning: .rowwise { (call) throws(Diagnostic) in
      let type = call.type(0)
      if type == .number {
        return FunctionBinding(type: .number) { operands, context in
          .number(
            Kernel.zip(try operands[0].doubles(), .scalar(0), context.count) { x, _ in abs(x) })
        }
      }
      return FunctionBinding(type: type, canFail: true) { operands, context in
        let values = try Kernel.checked(
          try operands[0].longs(), .scalar(0), context, "the magnitude"
        ) { x, _ in x < 0 ? Int64(0).subtractingReportingOverflow(x) : (x, false) }
        return type == .int ? .int(values) : .duration(values)
      }
    })

  private static let sign = FunctionDeclaration(
    name: "sign", category: .arithmetic, summary: "-1, 0 or 1",
    parameters: [FunctionParameter("x", Types.amounts, "a number or a duration")], result: "int",
    examples: [FunctionExample("sign(-2.5)", "-1"), FunctionExample("sign(0)", "0")],
    meaning: .rowwise { (call) throws(Diagnostic) in
      let isNumber = call.type(0) == .number
      return FunctionBinding(type: .int) { operands, context in
        if isNumber {
          return .int(
            Kernel.zip(try operands[0].doubles(), .scalar(0), context.count) { x, _ in
              x > 0 ? 1 : x < 0 ? -1 : 0
            })
        }
        return .int(
          Kernel.zip(try operands[0].longs(), .scalar(0), context.count) { x, _ in x.signum() })
      }
    })

  private static func whole(
    _ name: String, _ summary: String, _ rule: FloatingPointRoundingRule, _ example: String,
    _ value: String
  ) -> FunctionDeclaration {
    FunctionDeclaration(
      name: name, category: .arithmetic, summary: summary,
      parameters: [FunctionParameter("x", Types.numbers, "a number")], result: "the type of x",
      examples: [FunctionExample(example, value), FunctionExample("\(name)(4)", "4")],
      meaning: .rowwise { (call) throws(Diagnostic) in
        if call.type(0) == .int { return .identity(.int) }
        return FunctionBinding(type: .number) { operands, context in
          .number(
            Kernel.zip(try operands[0].doubles(), .scalar(0), context.count) { x, _ in
              x.rounded(rule)
            })
        }
      })
  }

  private static let clamp = FunctionDeclaration(
    name: "clamp", category: .arithmetic, summary: "the value, or the bound that it lies beyond",
    parameters: [
      FunctionParameter("x", Types.amounts + Types.temporal, "the value"),
      FunctionParameter("low", Types.amounts + Types.temporal, "the smallest answer"),
      FunctionParameter("high", Types.amounts + Types.temporal, "the largest answer"),
    ], result: "the type of the values",
    examples: [
      FunctionExample("clamp(15, 0, 10)", "10"), FunctionExample("clamp(-0.5, 0, 1)", "0.0"),
    ],
    meaning: .rowwise { (call) throws(Diagnostic) in
      let type = try call.commonType()
      if let low = call.constant(1)?.double, let high = call.constant(2)?.double, low > high {
        throw call.error(
          "wrong-arguments", "`clamp` wants low before high", argument: 1)
      }
      return FunctionBinding(type: type) { operands, context in
        let raised = try Kernel.extreme(.greater, [operands[0], operands[1]], type, context)
        let clamped = try Kernel.extreme(.less, [.column(raised), operands[2]], type, context)
        guard let valid = Kernel.allValid(operands, context.count) else { return clamped }
        let choice = valid.map { $0 ? UInt8(0) : 1 }
        return Kernel.select([.column(clamped), .scalar(.null)], choice, as: type)
      }
    })
}

extension FunctionBinding {
  /// The argument itself.
  static func identity(_ type: ColumnType) -> FunctionBinding {
    FunctionBinding(type: type) { operands, context in
      Kernel.column(operands[0], as: type, context.count)
    }
  }
}
