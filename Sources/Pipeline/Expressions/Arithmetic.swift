import Columns
import Glibc
import Syntax
import Text

extension Value {
  /// A duration that counts months, which have no fixed length.
  var isCalendar: Bool {
    if case .duration(let months, _) = self { months != 0 } else { false }
  }
}

/// The kernels of `+ - * / mod ^` for the types they are given.
enum Arithmetic {
  typealias Run = @Sendable ([Operand], EvaluationContext) throws -> Column

  /// What an operator gives for two types: the type of the answer and the loop, nil when it has
  /// no meaning for them.
  static func rule(_ how: BinaryOperator, _ a: Expression, _ b: Expression) -> (ColumnType, Run)? {
    guard let left = a.type ?? substitute(for: b.type), let right = b.type ?? substitute(for: left)
    else { return nil }
    switch (left, right) {
    case (.int, .int): return ints(how, b)
    case (.int, .number), (.number, .int), (.number, .number):
      return doubles(how).map { (.number, $0) }
    case (.date, .date), (.time, .time), (.date, .time), (.time, .date):
      return how == .subtract ? (.duration, difference) : nil
    case (.date, .duration) where how == .add || how == .subtract:
      return dayShift(b, sign: how == .add ? 1 : -1)
    case (.duration, .date) where how == .add:
      return dayShift(a, sign: 1).map { type, run in (type, { try run([$0[1], $0[0]], $1) }) }
    case (.time, .duration) where how == .add || how == .subtract:
      return (.time, timeShift(b, sign: how == .add ? 1 : -1))
    case (.duration, .time) where how == .add:
      let run = timeShift(a, sign: 1)
      return (.time, { try run([$0[1], $0[0]], $1) })
    default: return durations(how, left, right)
    }
  }

  /// Null is taken for whatever makes the operator meaningful.
  private static func substitute(for other: ColumnType?) -> ColumnType? {
    other.map { $0.isTemporal ? .duration : $0 } ?? .int
  }

  static func canFail(_ how: BinaryOperator, _ type: ColumnType) -> Bool {
    type != .number
  }

  // MARK: Numbers

  private static func ints(_ how: BinaryOperator, _ exponent: Expression) -> (ColumnType, Run)? {
    switch how {
    case .add: return (.int, whole("the sum") { $0.addingReportingOverflow($1) })
    case .subtract: return (.int, whole("the difference") { $0.subtractingReportingOverflow($1) })
    case .multiply: return (.int, whole("the product") { $0.multipliedReportingOverflow(by: $1) })
    case .divide:
      return (
        .number,
        { operands, context in
          let (a, b) = (try operands[0].longs(), try operands[1].longs())
          return .number(
            Kernel.nanToNull(
              Kernel.zip(a, b, context.count) { $1 == 0 ? .nan : Double($0) / Double($1) }))
        }
      )
    case .modulo: return (.int, wholeModulo)
    case .power:
      // Only a constant tells before any row is read that the answers are whole.
      guard case .int(let power) = exponent.constant, power >= 0 else {
        return doubles(how).map { (.number, $0) }
      }
      return (.int, whole("the power") { raised($0, to: $1) })
    default: return nil
    }
  }

  @inline(__always)
  private static func whole(
    _ what: String,
    _ body: @escaping @Sendable (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) -> Run {
    { operands, context in
      .int(
        try Kernel.checked(
          try operands[0].longs(), try operands[1].longs(), context, what, body))
    }
  }

  static func raised(_ base: Int64, to power: Int64) -> (partialValue: Int64, overflow: Bool) {
    if base == 0 || base == 1 { return (power == 0 ? 1 : base, false) }
    if base == -1 { return (power % 2 == 0 ? 1 : -1, false) }
    if power > 63 { return (0, true) }
    var (result, overflow): (Int64, Bool) = (1, false)
    for _ in 0..<power {
      let (next, isOut) = result.multipliedReportingOverflow(by: base)
      result = next
      overflow = overflow || isOut
    }
    return (result, overflow)
  }

  private static let wholeModulo: Run = { operands, context in
    let (a, b) = (try operands[0].longs(), try operands[1].longs())
    let result = Kernel.zip(a, b, context.count) { floorModulo($0, $1) }
    return .int(nullWhereZero(result, b, context.count))
  }

  /// The rest with the sign of the divisor; 0 stands for the null of a division by zero.
  @inline(__always)
  static func floorModulo(_ a: Int64, _ b: Int64) -> Int64 {
    if b == 0 || b == -1 { return 0 }
    let rest = a % b
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest
  }

  @inline(__always)
  static func floorModulo(_ a: Double, _ b: Double) -> Double {
    if b == 0 { return .nan }
    let rest = fmod(a, b)
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest
  }

  private static func nullWhereZero(_ values: Values<Int64>, _ divisor: Side<Int64>, _ count: Int)
    -> Values<Int64>
  {
    if case .scalar(let value) = divisor, value != 0 { return values }
    let isNonZero = Kernel.zip(divisor, divisor, count) { x, _ in x != 0 }
    guard isNonZero.elements.contains(false) else { return values }
    return Values(values.elements, valid: Kernel.bothValid(values.valid, isNonZero.elements))
  }

  private static func doubles(_ how: BinaryOperator) -> Run? {
    switch how {
    case .add: floating { $0 + $1 }
    case .subtract: floating { $0 - $1 }
    case .multiply: floating { $0 * $1 }
    case .divide: floating { $1 == 0 ? .nan : $0 / $1 }
    case .modulo: floating { floorModulo($0, $1) }
    case .power: floating { power($0, $1) }
    default: nil
    }
  }

  static func power(_ base: Double, _ exponent: Double) -> Double {
    base == 0 && exponent < 0 ? .nan : pow(base, exponent)
  }

  @inline(__always)
  private static func floating(_ body: @escaping @Sendable (Double, Double) -> Double) -> Run {
    { operands, context in
      let (a, b) = (try operands[0].doubles(), try operands[1].doubles())
      return .number(Kernel.nanToNull(Kernel.zip(a, b, context.count, body)))
    }
  }

  // MARK: Durations

  private static func durations(_ how: BinaryOperator, _ left: ColumnType, _ right: ColumnType)
    -> (ColumnType, Run)?
  {
    switch (left, how, right) {
    case (.duration, .add, .duration):
      return (.duration, long("the sum") { $0.addingReportingOverflow($1) })
    case (.duration, .subtract, .duration):
      return (.duration, long("the difference") { $0.subtractingReportingOverflow($1) })
    case (.duration, .divide, .duration):
      return ints(.divide, Expression(value: .null, span: Span(0, 0)))
    case (.duration, .modulo, .duration):
      return (.duration, { .duration(try durations(wholeModulo($0, $1))) })
    case (.duration, .multiply, .int), (.int, .multiply, .duration):
      return (.duration, long("the product") { $0.multipliedReportingOverflow(by: $1) })
    case (.duration, .multiply, .number), (.number, .multiply, .duration):
      return (.duration, scaled { $0 * $1 })
    case (.duration, .divide, .int), (.duration, .divide, .number):
      return (.duration, scaled { $1 == 0 ? .nan : $0 / $1 })
    default: return nil
    }
  }

  private static func durations(_ column: Column) throws -> Values<Int64> {
    guard case .column(let values) = try Operand.column(column).longs() else { return Values([]) }
    return values
  }

  @inline(__always)
  private static func long(
    _ what: String,
    _ body: @escaping @Sendable (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) -> Run {
    { operands, context in
      .duration(
        try Kernel.checked(
          try operands[0].longs(), try operands[1].longs(), context, what, body))
    }
  }

  private static func scaled(_ body: @escaping @Sendable (Double, Double) -> Double) -> Run {
    { operands, context in
      func asDouble(_ operand: Operand) throws -> Side<Double> {
        operand.type == .duration
          ? try operand.longs().map { Double($0) } : try operand.doubles()
      }
      let exact = Kernel.nanToNull(
        Kernel.zip(
          try asDouble(operands[0]), try asDouble(operands[1]), context.count, body))
      return .duration(try roundedLongs(exact, context, "the duration"))
    }
  }

  /// To the nearest whole number; a row that does not fit stops the evaluation.
  static func roundedLongs(_ values: Values<Double>, _ context: EvaluationContext, _ what: String)
    throws -> Values<Int64>
  {
    for row in 0..<context.count where values.isValid(row) && context.isActive(row) {
      let value = values.elements[values.elements.startIndex + row].rounded()
      guard value >= 0x1p63 || value < -0x1p63 else { continue }
      throw RowFailure(
        code: "integer-overflow", message: "\(what) does not fit a 64-bit integer", row: row)
    }
    return Kernel.map(values) { value in
      let rounded = value.rounded()
      return rounded >= -0x1p63 && rounded < 0x1p63 ? Int64(rounded) : 0
    }
  }

  // MARK: Dates and times

  /// Days between dates are exact; a date beside a time is its midnight.
  private static let difference: Run = { operands, context in
    func microseconds(_ operand: Operand) throws -> (Side<Int64>, perUnit: Int64) {
      operand.type == .date
        ? (try operand.days().map { Int64($0) }, CivilDate.microsecondsPerDay)
        : (try operand.longs(), 1)
    }
    let (a, aUnit) = try microseconds(operands[0])
    let (b, bUnit) = try microseconds(operands[1])
    return .duration(
      try Kernel.checked(a, b, context, "the difference") { x, y in
        if aUnit == bUnit {
          let (days, isOut) = x.subtractingReportingOverflow(y)
          let (total, isOutTotal) = days.multipliedReportingOverflow(by: aUnit)
          return (total, isOut || isOutTotal)
        }
        let (from, isOutFrom) = x.multipliedReportingOverflow(by: aUnit)
        let (to, isOutTo) = y.multipliedReportingOverflow(by: bUnit)
        let (total, isOut) = from.subtractingReportingOverflow(to)
        return (total, isOut || isOutFrom || isOutTo)
      })
  }

  /// A date moved by a constant of whole days stays a date; moved by anything else it is a time.
  private static func dayShift(_ duration: Expression, sign: Int64) -> (ColumnType, Run)? {
    guard case .duration(let months, let exact) = duration.constant else {
      return (duration.constant == nil ? .time : .date, movedMidnights(sign))
    }
    let isWholeDays = exact % CivilDate.microsecondsPerDay == 0
    return (
      isWholeDays ? .date : .time,
      { operands, context in
        let days = try operands[0].days()
        if isWholeDays {
          let shift = sign * (exact / CivilDate.microsecondsPerDay)
          let months = Int(sign &* months)
          return .date(
            try moved(days, context, filler: 0) { day in
              guard
                let later = months == 0 ? day : CivilDate.adding(months: months, to: day)
              else { return nil }
              return Int32(exactly: Int64(later) &+ shift)
            })
        }
        return .time(
          try moved(days, context, filler: 0) { day in
            let (shift, isOut) = exact.multipliedReportingOverflow(by: sign)
            guard !isOut, let later = CivilDate.adding(months: Int(sign &* months), to: day)
            else { return nil }
            return CivilDate.time(days: later, microseconds: shift)
          })
      }
    )
  }

  private static func movedMidnights(_ sign: Int64) -> Run {
    { operands, context in
      let days = try operands[0].days()
      let shifts = try operands[1].longs()
      let midnights = try moved(days, context, filler: Int64(0)) { CivilDate.time(days: $0) }
      return .time(
        try Kernel.checked(.column(midnights), shifts, context, "the time") {
          sign > 0 ? $0.addingReportingOverflow($1) : $0.subtractingReportingOverflow($1)
        })
    }
  }

  private static func timeShift(_ duration: Expression, sign: Int64) -> Run {
    let months: Int64 = if case .duration(let months, _) = duration.constant { months } else { 0 }
    return { operands, context in
      var times = try operands[0].longs()
      if months != 0 {
        times = .column(
          try moved(times, context, filler: 0) {
            CivilDate.adding(months: Int(sign &* months), toTime: $0)
          })
      }
      return .time(
        try Kernel.checked(times, try operands[1].longs(), context, "the time") {
          sign > 0 ? $0.addingReportingOverflow($1) : $0.subtractingReportingOverflow($1)
        })
    }
  }

  /// Calendar arithmetic: a row that leaves the calendar stops the evaluation.
  static func moved<A, R: Sendable>(
    _ values: Side<A>, _ context: EvaluationContext, filler: R, _ body: (A) -> R?
  ) throws -> Values<R> {
    var out = [R](repeating: filler, count: context.count)
    let valid = values.valid
    for row in 0..<context.count {
      if let valid, !valid[valid.startIndex + row] { continue }
      if let answer = body(values.element(row)) {
        out[row] = answer
      } else if context.isActive(row) {
        throw RowFailure(
          code: "date-out-of-range", message: "the date lies outside the calendar", row: row)
      }
    }
    return Values(out[...], valid: valid)
  }
}
