import Columns
import Glibc
import Text

extension FunctionCatalog {
  static let round = FunctionDeclaration(
    name: "round", category: .arithmetic,
    summary: "the nearest number with so many digits; halves go away from zero",
    parameters: [
      FunctionParameter("x", Types.numbers, "a number"),
      FunctionParameter(
        "digits", [.int], isOptional: true, isConstant: true,
        "digits after the point, negative for tens and hundreds; 0 when left out"),
    ], result: "the type of x", errors: "an int that does not fit after rounding",
    examples: [
      FunctionExample("round(2.567, 1)", "2.6"), FunctionExample("round(-2.5)", "-3.0"),
      FunctionExample("round(1250, -2)", "1300"),
    ],
    meaning: .rowwise { (call) throws(Diagnostic) in
      let digits: Int64 = if case .int(let digits) = call.constant(1) { digits } else { 0 }
      guard (-18...300).contains(digits) else {
        throw call.error(
          "wrong-arguments", "`digits` of `round` lies between -18 and 300", argument: 1)
      }
      guard call.type(0) == .int else {
        let scale = pow(10, Double(abs(digits)))
        return FunctionBinding(type: .number) { operands, context in
          .number(
            Kernel.zip(try operands[0].doubles(), .scalar(scale), context.count) { x, scale in
              digits == 0 ? x.rounded() : rounded(x, scale: scale, isFraction: digits > 0)
            })
        }
      }
      if digits >= 0 { return .identity(.int) }
      let unit = Arithmetic.raised(10, to: -digits).partialValue
      return FunctionBinding(type: .int, canFail: true) { operands, context in
        .int(
          try Kernel.checked(try operands[0].longs(), .scalar(unit), context, "the rounded number")
          { x, unit in
            let rest = x % unit
            let down = x - rest
            if rest.magnitude < UInt64(unit / 2) { return (down, false) }
            return rest < 0
              ? down.subtractingReportingOverflow(unit) : down.addingReportingOverflow(unit)
          })
      }
    })

  @inline(__always)
  static func rounded(_ x: Double, scale: Double, isFraction: Bool) -> Double {
    guard isFraction else { return (x / scale).rounded() * scale }
    let scaled = x * scale
    // Beyond 2^52 there are no digits left to round.
    return abs(scaled) < 0x1p52 ? scaled.rounded() / scale : x
  }

  static let floorFunction = FunctionDeclaration(
    name: "floor", category: .arithmetic,
    summary: "the next whole number down, or the beginning of the hour, day, month …",
    parameters: [
      FunctionParameter(
        "x", Types.amounts + Types.temporal, "a number, a duration, a date or a time"),
      FunctionParameter(
        "step", Types.amounts, isOptional: true, isConstant: true,
        "answers are multiples of it: 10, 1h, 1w (from Monday), 1mo, 1q, or a word such as month"),
    ], result: "the type of x",
    examples: [
      FunctionExample("floor(-2.5)", "-3.0"), FunctionExample("floor(27, 10)", "20"),
      FunctionExample("floor(@2024-03-31T09:47Z, 15min)", "@2024-03-31T09:45Z"),
      FunctionExample("floor(@2024-05-17, 1q)", "@2024-04-01"),
      FunctionExample("floor(@2024-05-17, week)", "@2024-05-13"),
    ],
    meaning: .rowwise { (call) throws(Diagnostic) in
      switch call.type(0) {
      case .date, .time, .duration: return try DateFunctions.floor(call)
      default: return try floorNumber(call)
      }
    })

  private static func floorNumber(_ call: FunctionCall) throws(Diagnostic) -> FunctionBinding {
    let isInt = call.type(0) == .int
    guard call.arguments.count > 1 else {
      if isInt { return .identity(.int) }
      return FunctionBinding(type: .number) { operands, context in
        .number(
          Kernel.zip(try operands[0].doubles(), .scalar(0), context.count) { x, _ in
            x.rounded(.down)
          })
      }
    }
    guard let step = call.constant(1), let size = step.double, size > 0 else {
      throw call.error("wrong-arguments", "`step` of `floor` must be more than 0", argument: 1)
    }
    if isInt, case .int(let size) = step {
      return FunctionBinding(type: .int, canFail: true) { operands, context in
        .int(
          try Kernel.checked(try operands[0].longs(), .scalar(size), context, "the multiple") {
            $0.subtractingReportingOverflow(Arithmetic.floorModulo($0, $1))
          })
      }
    }
    return FunctionBinding(type: .number) { operands, context in
      .number(
        Kernel.nanToNull(
          Kernel.zip(try operands[0].doubles(), .scalar(size), context.count) { x, size in
            (x / size).rounded(.down) * size
          }))
    }
  }
}
