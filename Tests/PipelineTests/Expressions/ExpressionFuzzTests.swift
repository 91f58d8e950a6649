import Columns
import Syntax
import Testing
import Text

@testable import Pipeline

struct ExpressionFuzzTests {
  private struct Writer {
    var random: RandomStream

    mutating func below(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }

    mutating func pick(_ words: [String]) -> String { words[below(words.count)] }

    mutating func expression(_ depth: Int) -> String {
      if depth == 0 || below(6) == 0 {
        return pick([
          "i", "j", "x", "ok", "name", "city", "day", "at", "took", "null", "true", "0", "-1",
          "9223372036854775807", "2.5", "1e300", "\"\"", "\"é a\"", "\"12\"", "@2024-03",
          "@2024-02-29", "@2024-02-29T12:30Z", "1d", "1mo", "90min", "`a-b`", "20%",
        ])
      }
      let a = expression(depth - 1)
      switch below(12) {
      case 0, 1, 2:
        let sign = pick(["+", "-", "*", "/", "mod", "^"])
        return "(\(a)) \(sign) (\(expression(depth - 1)))"
      case 3, 4:
        let sign = pick(["==", "!=", "<", "<=", ">", ">="])
        return "(\(a)) \(sign) (\(expression(depth - 1)))"
      case 5: return "(\(a)) \(pick(["and", "or"])) (\(expression(depth - 1)))"
      case 6: return pick(["-(\(a))", "not (\(a))", "(\(a)) is null", "(\(a)) is not null"])
      case 7: return "(\(a)) in [\(expression(0)), \(expression(0))]"
      case 8: return "(\(a)) in (\(expression(0)))..(\(expression(0)))"
      default:
        let function = FunctionCatalog.all[below(FunctionCatalog.all.count)]
        var arguments = function.parameters.filter { !$0.isOption }.map { _ in
          expression(depth - 1)
        }
        if !arguments.isEmpty { arguments[0] = a }
        if below(5) == 0, !arguments.isEmpty { arguments.removeLast() }
        if function.category == .cast, below(2) == 0 { arguments.append("or_null: true") }
        return "\(function.name)(\(arguments.joined(separator: ", ")))"
      }
    }
  }

  /// A column in an order of its own, so that slices begin in the middle of storage.
  private func sliced() -> Table {
    let doubled = Table.concatenated([mixed, mixed, mixed])
    return doubled.slice(3..<11)
  }

  @Test func `no expression traps, and slices give what the whole gives`() throws {
    var writer = Writer(random: RandomStream(seed: 20))
    let whole = sliced()
    let scope = Scope(schema: whole.schema, allowsAggregates: true)
    var evaluatedCount = 0
    for _ in 0..<3000 {
      let text = writer.expression(3)
      guard let expression = try? bound(text, scope) else { continue }
      #expect((try? bound(expression.text, scope))?.text == expression.text, "\(text)")
      if expression.containsAggregate {
        _ = try? expression.evaluateAggregate(on: whole, grouping: nil, workers: .serial)
        continue
      }
      guard let column = try? expression.evaluate(on: whole, workers: .serial) else { continue }
      evaluatedCount += 1
      #expect(column.count == whole.rowCount)
      #expect(expression.type == nil || column.type == expression.type, "\(text)")
      #expect((0..<column.count).allSatisfy { !isNaN(column[$0]) }, "\(text)")
      for row in 0..<whole.rowCount {
        let one = try expression.evaluate(on: whole.slice(row..<row + 1), workers: .serial)
        #expect(one[0] == column[row], "\(text) in row \(row)")
      }
    }
    #expect(evaluatedCount > 200)
  }

  private func isNaN(_ value: Value) -> Bool {
    if case .number(let number) = value { number.isNaN } else { false }
  }
}

struct DateArithmeticTests {
  /// Days all over the calendar, the ends of months among them.
  private static let days: [Int32] = {
    var random = RandomStream(seed: 5)
    var days = (0..<60).map { _ in Int32(truncatingIfNeeded: random.next() % 60_000) - 20_000 }
    for (year, month, day) in [(2024, 1, 31), (2024, 2, 29), (2023, 2, 28), (1999, 12, 31)] {
      if let days1 = CivilDate.days(year: year, month: month, day: day) { days.append(days1) }
    }
    return days
  }()

  private static let table = Table([
    ("d", .date(Values(days))),
    ("t", .time(Values(days.map { Int64($0) * CivilDate.microsecondsPerDay + 12_345_678_901 }))),
  ])

  private func allHold(_ text: String) throws {
    let column = try evaluated(text, Self.table)
    for row in 0..<column.count {
      #expect(column[row] == .bool(true), "\(text) for \(Self.days[row])")
    }
  }

  @Test(arguments: [
    "(d + 40d) - 40d == d", "(d + 40d) - d == 40d", "month(d + 1mo) == month(d) mod 12 + 1",
    "year(d + 1y) == year(d) + 1", "day(d + 1mo) <= day(d)", "d + 12mo == d + 1y",
    "d + 1q == d + 3mo", "floor(d, 1mo) <= d", "day(floor(d, 1mo)) == 1",
    "weekday(floor(d, 1w)) == 1", "d - floor(d, 1w) < 7d", "floor(t, 1d) == time(date(t))",
    "date(t) == d", "t in floor(t, 1h)..floor(t, 1h) + 1h", "hour(floor(t, day)) == 0",
    "quarter(d) == quarter(floor(d, quarter))", "day_of_year(d) == days(d - floor(d, year)) + 1",
    "hour(t) * 1h + minute(t) * 1min + second(t) * 1s <= t - d", "days(d + 1w - d) == 7",
    "(t - 1mo) + 1mo <= t", "week(d) in 1..53", "between(d, d - 1d, d + 1d)",
    "(d - 1970d) < d and d > d - 1y", "d == d + 0d", "time(d) + (t - d) == t",
    "date(text(d)) == d and time(text(t)) == t",
  ])
  func `for all days`(_ text: String) throws { try allHold(text) }
}
