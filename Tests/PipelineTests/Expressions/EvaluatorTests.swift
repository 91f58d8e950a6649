import Columns
import Syntax
import Testing
import Text

@testable import Pipeline

struct EvaluatorTests {
  @Test func `arithmetic keeps ints whole and divides to numbers`() throws {
    #expect(try rows("i + j", mixed) == ["5", "-2", "null", "4"])
    #expect(try rows("i * 2 - 1", mixed) == ["5", "-5", "null", "13"])
    #expect(try rows("i / j", mixed) == ["1.5", "null", "null", "-2.3333333333333335"])
    #expect(try rows("i mod j", mixed) == ["1", "null", "null", "-2"])
    #expect(try rows("j mod 3", mixed) == ["2", "0", "2", "0"])
    #expect(try rows("x + i", mixed) == ["4.5", "-2.5", "null", "null"])
    #expect(try rows("j ^ 2", mixed) == ["4", "0", "25", "9"])
    #expect(try rows("2 ^ j", mixed) == ["4.0", "1.0", "32.0", "0.125"])
    #expect(try rows("-i", mixed) == ["-3", "2", "null", "-7"])
    #expect(try value("-7 mod 3") == "2")
    #expect(try value("7 mod -3") == "-2")
    #expect(try value("-7.5 mod 2") == "0.5")
    #expect(try value("1 / 0") == "null")
    #expect(try value("20% * 50") == "10.0")
  }

  @Test func `an int that does not fit stops the evaluation with its row`() throws {
    let table = Table([("n", .int(Values([1, .max, 5])))])
    let failure = try #require(throws: ExpressionFailure.self) {
      try bound("n + 1", Scope(schema: table.schema)).evaluate(
        on: table, workers: .serial, firstRow: 100)
    }
    #expect(failure.error.code == "integer-overflow")
    #expect(failure.error.row == 102)
    #expect(failure.error.column == "n")
    for text in ["n * 2", "n - -1", "-(-n - 2)", "n ^ 3", "abs(-n - 1 - 1)"] {
      #expect(code(text, table) == "integer-overflow", "\(text)")
    }
    #expect(code("9223372036854775807 + 1") == "integer-overflow")
    #expect(code("3 ^ 40") == "integer-overflow")
    #expect(try value("2 ^ 62") == "4611686018427387904")
    #expect(try value("0 ^ 0") == "1")
  }

  @Test func `a row that nobody asks for cannot fail`() throws {
    let table = Table([("s", .text(TextValues(["1", "x", nil, "30"])))])
    let digits = "matches(s, \"^[0-9]+$\")"
    #expect(try rows("if(\(digits), int(s), -1)", table) == ["1", "-1", "-1", "30"])
    #expect(try rows("\(digits) and int(s) > 5", table) == ["false", "false", "null", "true"])
    #expect(try rows("not \(digits) or int(s) > 5", table) == ["false", "true", "null", "true"])
    #expect(try rows("coalesce(int(s, or_null: true), 0)", table) == ["1", "0", "0", "30"])
    let wide = Table([("s", .text(coded(["1", "x", "1", "x", "1", "1", nil, "x"])))])
    #expect(
      try rows("if(s == \"1\", int(s), 0)", wide) == ["1", "0", "1", "0", "1", "1", "0", "0"])
    #expect(problem("int(s)", wide)?.notes.contains("row: 2") == true)
  }

  @Test func `comparisons are exact between ints and numbers`() throws {
    let table = Table([
      ("n", .int(Values([9_007_199_254_740_993, -3, .max, .min]))),
      ("x", .number(Values([9_007_199_254_740_992, -3, 0x1p63, -0x1p63]))),
    ])
    #expect(try rows("n == x", table) == ["false", "true", "false", "true"])
    #expect(try rows("n > x", table) == ["true", "false", "false", "false"])
    #expect(try rows("n < x", table) == ["false", "false", "true", "false"])
    #expect(try rows("x < n", table) == ["true", "false", "false", "false"])
    #expect(try rows("n > 2.5", table) == ["true", "false", "true", "false"])
    #expect(try rows("x == 9007199254740993", table) == ["false", "false", "false", "false"])
    #expect(
      try rows("n in [9007199254740992.0, -3.0]", table) == ["false", "true", "false", "false"])
  }

  @Test func `text compares by its letters`() throws {
    #expect(try rows("name == \"bob\"", mixed) == ["false", "null", "true", "false"])
    #expect(try rows("name < \"b\"", mixed) == ["true", "null", "false", "true"])
    #expect(try rows("city == \"Oslo\"", mixed) == ["true", "false", "true", "null"])
    #expect(try rows("city != name", mixed) == ["true", "null", "true", "null"])
    #expect(try rows("city in [\"Rome\", \"Paris\"]", mixed) == ["false", "true", "false", "null"])
    #expect(try rows("name not in [\"\"]", mixed) == ["true", "null", "true", "false"])
  }

  @Test func `null tests and ranges`() throws {
    #expect(try rows("i is null", mixed) == ["false", "false", "true", "false"])
    #expect(try rows("city is not null", mixed) == ["true", "true", "true", "false"])
    #expect(try rows("i in 0..3", mixed) == ["true", "false", "null", "false"])
    #expect(try rows("i in 3..", mixed) == ["true", "false", "null", "true"])
    #expect(try rows("j not in ..1.5", mixed) == ["true", "false", "true", "false"])
    #expect(try rows("x in -1..j", mixed) == ["true", "true", "true", "null"])
    #expect(try rows("j in [5, 2, 9]", mixed) == ["true", "false", "true", "false"])
    #expect(try rows("x in [4, 1.5]", mixed) == ["true", "false", "true", "null"])
    #expect(try rows("ok in [true]", mixed) == ["true", "false", "null", "false"])
  }

  @Test func `choices`() throws {
    #expect(try rows("if(ok, i, j)", mixed) == ["3", "0", "5", "-3"])
    #expect(try rows("if(i > 0, x, 9)", mixed) == ["1.5", "9.0", "9.0", "null"])
    #expect(try rows("if(ok, name, city)", mixed) == ["\"Ann\"", "\"Rome\"", "\"Oslo\"", "null"])
    #expect(
      try rows("case(i < 0, \"neg\", i > 5, \"big\", \"other\")", mixed) == [
        "\"other\"", "\"neg\"", "\"other\"", "\"big\"",
      ])
    #expect(try rows("coalesce(i, j)", mixed) == ["3", "-2", "5", "7"])
    #expect(
      try rows("coalesce(name, city, \"?\")", mixed) == ["\"Ann\"", "\"Rome\"", "\"bob\"", "\"\""])
    #expect(try rows("null_if(name, \"\")", mixed) == ["\"Ann\"", "null", "\"bob\"", "null"])
    #expect(try rows("least(i, j, x)", mixed) == ["1.5", "-2.0", "4.0", "-3.0"])
    #expect(try rows("greatest(city, name)", mixed) == ["\"Oslo\"", "\"Rome\"", "\"bob\"", "\"\""])
    #expect(try rows("clamp(i, 0, 5)", mixed) == ["3", "0", "null", "5"])
  }

  @Test func `a date literal is its period`() throws {
    // day: 2024-02-29, 2024-03-31, null, 2024-04-01
    #expect(try rows("day in @2024-03", mixed) == ["false", "true", "null", "false"])
    #expect(try rows("day == @2024-03", mixed) == ["false", "true", "null", "false"])
    #expect(try rows("day < @2024-03", mixed) == ["true", "false", "null", "false"])
    #expect(try rows("day <= @2024-03", mixed) == ["true", "true", "null", "false"])
    #expect(try rows("day > @2024-03", mixed) == ["false", "false", "null", "true"])
    #expect(try rows("@2024-03 < day", mixed) == ["false", "false", "null", "true"])
    #expect(try rows("day != @2024", mixed) == ["false", "false", "null", "false"])
    #expect(try rows("day in [@2024-02, @2024-04-01]", mixed) == ["true", "false", "null", "true"])
    #expect(try rows("day in @2024-02..@2024-03", mixed) == ["true", "true", "null", "false"])
    // at: 2024-03-01T00:00, 2024-03-31T09:45, null, 2024-04-01T00:00
    #expect(try rows("at in @2024-03-31", mixed) == ["false", "true", "null", "false"])
    #expect(try rows("at <= @2024-03-31", mixed) == ["true", "true", "null", "false"])
    #expect(try rows("at > @2024-03-31T09:00Z", mixed) == ["false", "true", "null", "true"])
    #expect(try rows("at in @2024-03-01..@2024-03-31", mixed) == ["true", "true", "null", "false"])
    #expect(try rows("at >= day", mixed) == ["true", "true", "null", "true"])
  }

  @Test func `dates move by durations`() throws {
    #expect(try rows("day + 1d", mixed)[0] == "@2024-03-01")
    #expect(try rows("day + 1mo", mixed)[1] == "@2024-04-30")
    #expect(try rows("day - 1y", mixed)[0] == "@2023-02-28")
    #expect(try rows("day + 1h", mixed)[0] == "@2024-02-29T01:00Z")
    #expect(try rows("day + took", mixed)[0] == "@2024-02-29T00:01:30Z")
    #expect(try rows("at - 1mo", mixed)[1] == "@2024-02-29T09:45Z")
    #expect(try rows("at - day", mixed) == ["1d", "9h + 45min", "null", "0s"])
    #expect(try rows("took * 2", mixed) == ["3min", "0s", "0.010ms", "-2min"])
    #expect(try rows("took / 1s", mixed) == ["90.0", "0.0", "5e-06", "-60.0"])
    #expect(try value("@2024-03-31 - @2024-03-01") == "30d")
    #expect(try value("1mo + 2d") == "1mo + 2d")
    #expect(try value("@2024-01-31 + (1mo + 2d)") == "@2024-03-02")
    #expect(try value("-1q * 2") == "-6mo")
    #expect(try value("90min / 1h") == "1.5")
    #expect(code("@9999-12-31 + 9000000y") == "date-out-of-range")
    #expect(code("took + 1mo", mixed) == "wrong-type")
    #expect(code("1mo") == "wrong-type")
  }

  @Test func `text is computed once a piece`() throws {
    let table = Table([("c", .text(coded((0..<100).map { $0 % 7 == 0 ? nil : "v\($0 % 3)" })))])
    let upper = try evaluated("upper(c)", table)
    #expect(upper[1] == .text("V1"))
    #expect(upper[7] == .null)
    guard case .text(let values) = upper, case .codes = values.rows else {
      Issue.record("the answer should share its codes")
      return
    }
    #expect(values.heap.count == 3)
    #expect(try evaluated("coalesce(c, \"-\")", table)[0] == .text("-"))
    #expect(try evaluated("c is null", table)[0] == .bool(true))
    #expect(try evaluated("least(c, \"v1\")", table)[7] == .text("v1"))
    #expect(try evaluated("null_if(c, \"v1\")", table)[1] == .null)
    #expect(try evaluated("category(c)", table).type == .category)
  }

  @Test func `aggregates make one value of many`() throws {
    func one(_ text: String) throws -> String {
      let scope = Scope(schema: mixed.schema, allowsAggregates: true)
      let column = try bound(text, scope).evaluateAggregate(
        on: mixed, grouping: nil, workers: .serial)
      #expect(column.count == 1)
      return ConstantText.text(column[0])
    }
    #expect(try one("sum(i) / count()") == "2.0")
    #expect(try one("mean(i > 0)") == "0.6666666666666666")
    #expect(try one("max(day) - min(day)") == "32d")
    #expect(try one("if(count(i) > 2, \"many\", \"few\")") == "\"many\"")
    #expect(try one("quantile(j, 50%)") == "1.0")
    #expect(try one("1 + 1") == "2")
    #expect(try one("sum(i * 0) is null") == "false")
    let grouping = try [try #require(mixed["city"])].withGrouping()
    let column = try bound(
      "sum(j)", Scope(schema: mixed.schema, allowsAggregates: true)
    ).evaluateAggregate(on: mixed, grouping: grouping, workers: .serial)
    #expect((0..<column.count).map { column[$0] } == [.int(7), .int(0), .int(-3)])
    #expect(code("i - mean(i)", mixed, aggregates: true) == "aggregate-wanted")
  }

  @Test func `aggregates of no rows`() throws {
    let empty = Table([("n", .int(Values([]))), ("b", .bool(Values([])))])
    let scope = Scope(schema: empty.schema, allowsAggregates: true)
    for (text, wanted) in [
      ("count()", "0"), ("count(n)", "0"), ("sum(n)", "0"), ("mean(n)", "null"),
      ("max(n)", "null"), ("sd(n)", "null"), ("any(b)", "null"), ("median(n)", "null"),
      ("first(n)", "null"), ("mode(n)", "null"), ("count_distinct(n)", "0"),
    ] {
      let column = try bound(text, scope).evaluateAggregate(
        on: empty, grouping: nil, workers: .serial)
      #expect(ConstantText.text(column[0]) == wanted, "\(text)")
    }
  }

  @Test func `learned values take the place of aggregates`() throws {
    let scope = Scope(schema: mixed.schema, allowsAggregates: true)
    let expression = try bound("(j - mean(j)) / sd(j)", scope)
    #expect(expression.aggregates.count == 2)
    let learned = expression.replacingAggregates(with: [.number(1), .number(2)])
    #expect(learned.text == "(j - 1.0) / 2.0")
    #expect(!learned.containsAggregate)
    let column = try learned.evaluate(on: mixed, workers: .serial)
    #expect(column[0] == .number(0.5))
    let nulls = expression.replacingAggregates(with: [.null, .number(2)])
    #expect(try nulls.evaluate(on: mixed, workers: .serial)[0] == .null)
    #expect(try bound(nulls.text, scope).type == .number)
  }

  @Test func `new data may hold ints where numbers were`() throws {
    let expression = try bound("x * 2", Scope(schema: mixed.schema))
    let ints = Table([("x", .int(Values([2])))])
    #expect(try expression.evaluate(on: ints, workers: .serial)[0] == .number(4))
    let texts = Table([("x", .text(TextValues(["2"])))])
    #expect(throws: ExpressionFailure.self) {
      try expression.evaluate(on: texts, workers: .serial)
    }
    #expect(throws: ExpressionFailure.self) {
      try expression.evaluate(on: Table([]), workers: .serial)
    }
  }
}

extension Array where Element == Column {
  func withGrouping() throws -> Grouping {
    try Grouping.of(self, count: first?.count ?? 0, workers: .serial)
  }
}
