import Columns
import Text

/// What dates, times and durations are asked.
enum DateFunctions {
  /// `month` for `1mo`.
  static func unit(_ word: String) -> Value? {
    switch word {
    case "second": .duration(months: 0, microseconds: 1_000_000)
    case "minute": .duration(months: 0, microseconds: 60_000_000)
    case "hour": .duration(months: 0, microseconds: 3_600_000_000)
    case "day": .duration(months: 0, microseconds: CivilDate.microsecondsPerDay)
    case "week": .duration(months: 0, microseconds: 7 * CivilDate.microsecondsPerDay)
    case "month": .duration(months: 1, microseconds: 0)
    case "quarter": .duration(months: 3, microseconds: 0)
    case "year": .duration(months: 12, microseconds: 0)
    default: nil
    }
  }

  static func floor(_ call: FunctionCall) throws(Diagnostic) -> FunctionBinding {
    let type = call.type(0)
    guard case .duration(let months, let exact) = call.constant(1) else {
      throw call.error(
        "wrong-arguments", "`floor` of a \(type.rawValue) wants a duration as its step",
        argument: call.arguments.count > 1 ? 1 : nil, label: "floor(x, 1d), floor(x, 1mo)")
    }
    guard months >= 0, exact >= 0, (months == 0) != (exact == 0) else {
      throw call.error(
        "wrong-arguments", "`step` of `floor` is either months or exact time, and more than 0",
        argument: 1)
    }
    if months > 0 {
      guard type != .duration else {
        throw call.error(
          "wrong-type", "months have no fixed length, so no duration is a multiple of them",
          argument: 1)
      }
      guard months <= 120_000 else {
        throw call.error("wrong-arguments", "`step` of `floor` is at most 10,000y", argument: 1)
      }
      return floorMonths(Int(months), type)
    }
    guard type == .date else { return floorExact(exact, type) }
    guard exact % CivilDate.microsecondsPerDay == 0 else {
      throw call.error(
        "wrong-arguments", "`step` of `floor` is whole days where x is a date", argument: 1)
    }
    let days = exact / CivilDate.microsecondsPerDay
    return FunctionBinding(type: .date, canFail: true) { operands, context in
      .date(
        try Arithmetic.moved(try operands[0].days(), context, filler: 0) {
          Int32(exactly: floorDays(Int64($0), days))
        })
    }
  }

  /// Multiples of a week begin on Mondays, others count from 1970-01-01.
  @inline(__always)
  private static func floorDays(_ day: Int64, _ step: Int64) -> Int64 {
    let shift: Int64 = step % 7 == 0 ? 3 : 0
    return day - Arithmetic.floorModulo(day + shift, step)
  }

  private static func floorExact(_ step: Int64, _ type: ColumnType) -> FunctionBinding {
    let isWeeks = type == .time && step % (7 * CivilDate.microsecondsPerDay) == 0
    let shift = isWeeks ? 3 * CivilDate.microsecondsPerDay : 0
    return FunctionBinding(type: type, canFail: true) { operands, context in
      let values = try Kernel.checked(
        try operands[0].longs(), .scalar(step), context, "the beginning"
      ) { x, step in
        let (moved, isOut) = x.addingReportingOverflow(shift)
        let (low, isOutLow) = x.subtractingReportingOverflow(Arithmetic.floorModulo(moved, step))
        return (low, isOut || isOutLow)
      }
      return type == .time ? .time(values) : .duration(values)
    }
  }

  private static func floorMonths(_ step: Int, _ type: ColumnType) -> FunctionBinding {
    let first = { @Sendable (day: Int32) -> Int32? in
      let (year, month, _) = CivilDate.components(day)
      let total = Int64(year) * 12 + Int64(month) - 1
      let floored = Int(total - Arithmetic.floorModulo(total, Int64(step)))
      let newYear = floored >= 0 ? floored / 12 : (floored - 11) / 12
      return CivilDate.days(year: newYear, month: floored - newYear * 12 + 1, day: 1)
    }
    return FunctionBinding(type: type, canFail: true) { operands, context in
      guard type == .time else {
        return .date(
          try Arithmetic.moved(try operands[0].days(), context, filler: 0, first))
      }
      return .time(
        try Arithmetic.moved(try operands[0].longs(), context, filler: 0) { time in
          first(CivilDate.split(time).days).flatMap { CivilDate.time(days: $0) }
        })
    }
  }
}

extension FunctionCatalog {
  static let dateFunctions: [FunctionDeclaration] =
    [
      part("year", "the year", "2024") { Int64(CivilDate.components($0).year) },
      part("quarter", "the quarter, 1 to 4", "1") {
        Int64((CivilDate.components($0).month + 2) / 3)
      },
      part("month", "the month, 1 to 12", "3") { Int64(CivilDate.components($0).month) },
      part("week", "the week of ISO 8601, 1 to 53", "13") { Int64(CivilDate.week($0).week) },
      part("day", "the day of the month, 1 to 31", "31") { Int64(CivilDate.components($0).day) },
      part("weekday", "the day of the week, 1 for Monday to 7", "7") {
        Int64(CivilDate.weekday($0))
      },
      part("day_of_year", "the day of the year, 1 to 366", "91") {
        Int64(CivilDate.dayOfYear($0))
      },
      clock("hour", "the hour of the day in UTC, 0 to 23", 3_600_000_000, 24, "9"),
      clock("minute", "the minute of the hour, 0 to 59", 60_000_000, 60, "30"),
      clock("second", "the second of the minute, 0 to 59", 1_000_000, 60, "15"),
      length("days", "a duration in days", CivilDate.microsecondsPerDay, "days(36h)", "1.5"),
      length("hours", "a duration in hours", 3_600_000_000, "hours(90min)", "1.5"),
      length("minutes", "a duration in minutes", 60_000_000, "minutes(90s)", "1.5"),
      length("seconds", "a duration in seconds", 1_000_000, "seconds(1500ms)", "1.5"),
    ] + [between]

  private static func part(
    _ name: String, _ summary: String, _ value: String,
    _ body: @escaping @Sendable (Int32) -> Int64
  ) -> FunctionDeclaration {
    FunctionDeclaration(
      name: name, category: .date, summary: summary,
      parameters: [FunctionParameter("x", Types.temporal, "a date or a time")], result: "int",
      examples: [FunctionExample("\(name)(@2024-03-31)", value)],
      meaning: .rowwise { (_) throws(Diagnostic) in
        FunctionBinding(type: .int) { operands, context in
          .int(
            Kernel.zip(try operands[0].wholeDays(), .scalar(0), context.count) { day, _ in
              body(day)
            })
        }
      })
  }

  private static func clock(
    _ name: String, _ summary: String, _ unit: Int64, _ modulus: Int64, _ value: String
  ) -> FunctionDeclaration {
    FunctionDeclaration(
      name: name, category: .date, summary: summary,
      parameters: [FunctionParameter("x", [.time], "a time")], result: "int",
      examples: [FunctionExample("\(name)(@2024-03-31T09:30:15Z)", value)],
      meaning: .rowwise { (_) throws(Diagnostic) in
        FunctionBinding(type: .int) { operands, context in
          .int(
            Kernel.zip(try operands[0].longs(), .scalar(0), context.count) { time, _ in
              CivilDate.split(time).microseconds / unit % modulus
            })
        }
      })
  }

  private static func length(
    _ name: String, _ summary: String, _ unit: Int64, _ example: String, _ value: String
  ) -> FunctionDeclaration {
    FunctionDeclaration(
      name: name, category: .date, summary: summary,
      parameters: [FunctionParameter("x", [.duration], "a duration, as of end - start")],
      result: "number", examples: [FunctionExample(example, value)],
      meaning: .rowwise { (_) throws(Diagnostic) in
        FunctionBinding(type: .number) { operands, context in
          .number(
            Kernel.zip(try operands[0].longs(), .scalar(0), context.count) { x, _ in
              Double(x) / Double(unit)
            })
        }
      })
  }

  private static let between = FunctionDeclaration(
    name: "between", category: .choice,
    summary: "whether a value lies from low to high, both included",
    parameters: [
      FunctionParameter("x", "the value"), FunctionParameter("low", "the smallest"),
      FunctionParameter("high", "the largest"),
    ], result: "bool",
    examples: [
      FunctionExample("between(5, 1, 5)", "true"),
      FunctionExample("between(@2024-03-31, @2024-01-01, @2024-03-30)", "false"),
    ],
    meaning: .rowwise { (call) throws(Diagnostic) in
      let type = try call.commonType()
      return FunctionBinding(type: .bool) { operands, context in
        let columns = operands.map { Kernel.column($0, as: type, context.count) }
        return .bool(
          Kernel.and(
            try Kernel.compareColumns(.greaterOrEqual, columns[0], columns[1], context),
            try Kernel.compareColumns(.lessOrEqual, columns[0], columns[2], context)))
      }
    })
}
