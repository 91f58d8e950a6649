import Columns
import Syntax
import Testing
import Text

@testable import Pipeline

struct ExpressionBinderTests {
  private static let orders = Table([
    ("amount", .number(Values([1, 2]))), ("country", .text(TextValues(["NL", "DE"]))),
    ("quantity", .int(Values([1, 2]))), ("ordered_at", .time(Values([0, 1]))),
    ("paid", .bool(Values([true, false]))), ("a-b", .int(Values([1, 2]))),
    ("v", .vector(VectorValues(width: 1, elements: [1, 2], count: 2))),
  ])

  private func diagnostic(_ text: String, aggregates: Bool = false) -> Diagnostic? {
    problem(text, Self.orders, aggregates: aggregates)
  }

  @Test func `a misspelt column is answered with the nearest one`() throws {
    let found = try #require(diagnostic("amout > 100"))
    #expect(found.code == "column-not-found")
    #expect(found.message == "orders has no column `amout`")
    #expect(found.label == "did you mean `amount`?")
    #expect(found.notes.first?.hasPrefix("columns: amount, country, quantity") == true)
    #expect(found.fix == "amount")
    // Bytes of `t | derive z = ` come first.
    #expect(found.span == Span(15, 20))
  }

  @Test func `a bare word beside text is answered with quotes`() {
    #expect(diagnostic("country == NL")?.label == "text goes in quotes: \"NL\"")
    #expect(diagnostic("NL == country")?.fix == "\"NL\"")
    #expect(diagnostic("country in [NL, DE]")?.fix == "\"NL\"")
    #expect(diagnostic("country == contry")?.label == "did you mean `country`?")
  }

  @Test func `a name with a sign in it is answered with backticks`() {
    #expect(diagnostic("a-b > 1")?.label == "did you mean `a-b`?")
    #expect(diagnostic("`a-b` > 1") == nil)
  }

  @Test(arguments: [
    ("amonut()", "function-not-found", ""), ("lenght(country)", "function-not-found", "length"),
    ("len(country)", "function-not-found", "write length(x)"),
    ("avg(amount)", "function-not-found", "write mean(x)"),
    ("amount == null", "null-comparison", "is null"),
    ("amount != null", "null-comparison", "is not null"),
    ("country > 5", "wrong-type", "quotes"), ("quantity == \"5\"", "wrong-type", ""),
    ("ordered_at > \"2024-01-01\"", "wrong-type", "@2024-01-01"),
    ("country + 1", "wrong-type", "concat"), ("paid + 1", "wrong-type", "int(x)"),
    ("ordered_at + 1", "wrong-type", "durations"), ("not amount", "wrong-type", "compare"),
    ("amount and paid", "wrong-type", "compare"), ("mean(amount)", "aggregate-not-allowed", ""),
    ("round(country)", "wrong-type", "number(x)"), ("round()", "wrong-arguments", "round(x"),
    ("round(amount, quantity)", "wrong-arguments", ""), ("if(paid, 1)", "wrong-arguments", "if("),
    ("if(amount, 1, 2)", "wrong-type", "compare"), ("if(paid, 1, \"a\")", "wrong-type", "cast"),
    ("int(country, or_nul: true)", "wrong-arguments", "or_null"),
    ("$since + 1", "value-not-found", ""), ("v + 1", "wrong-type", ""),
    ("v == v", "wrong-type", ""), ("[1, 2]", "wrong-type", "after `in`"),
    ("amount in 5", "wrong-type", "[a, b]"), ("amount in [quantity]", "wrong-type", ""),
    ("amount in [1, null]", "null-comparison", "is null"), ("1..2", "wrong-type", "in"),
    ("matches(country, \"(\")", "wrong-pattern", ""),
    ("matches(country, country)", "wrong-arguments", ""), ("clamp(1, 3, 2)", "wrong-arguments", ""),
    ("extract(country, \"a\", 2)", "wrong-arguments", ""),
    ("floor(ordered_at, 0s)", "wrong-arguments", ""), ("floor(ordered_at)", "wrong-arguments", ""),
    ("date(quantity)", "wrong-type", ""), ("int(1.5)", "cast-failed", ""),
    ("hour(date(ordered_at))", "wrong-type", ""), ("numeric()", "function-not-found", ""),
  ])
  func `a mistake is named`(_ text: String, _ code: String, _ label: String) {
    let found = diagnostic(text)
    #expect(found?.code == code, "\(text): \(String(describing: found))")
    #expect(found?.label.contains(label) == true || label.isEmpty, "\(text): \(found?.label ?? "")")
    #expect(found?.span != nil)
    #expect(found?.message.hasSuffix(".") == false)
  }

  @Test(arguments: [
    ("sum(mean(amount))", "nested-aggregate"), ("max(amount, quantity)", "wrong-arguments"),
    ("sum(country)", "wrong-type"), ("quantile(amount, 2)", "wrong-arguments"),
    ("quantile(amount)", "wrong-arguments"), ("mean(null)", "wrong-type"),
    ("count(amount, 1)", "wrong-arguments"), ("amount", "aggregate-wanted"),
  ])
  func `a mistake in an aggregate is named`(_ text: String, _ code: String) {
    #expect(diagnostic(text, aggregates: true)?.code == code, "\(text)")
  }

  @Test func `values take part as constants`() throws {
    let scope = Scope(
      schema: Self.orders.schema,
      values: ["since": .date(19_723), "least": .int(5), "cities": .list([.text("NL")])])
    #expect(try bound("ordered_at >= $since", scope).text == "ordered_at >= @2024-01-01")
    #expect(try bound("$least * 2", scope).constant == .int(10))
    let listed = try bound("country in $cities", scope)
    #expect(listed.text == "country in [\"NL\"]")
    #expect(try listed.evaluate(on: Self.orders, workers: .serial)[0] == .bool(true))
  }

  @Test func `columns that exist only after reading are numbers`() throws {
    let scope = Scope(schema: Self.orders.schema, open: ["city_"])
    #expect(try bound("city_oslo + 1", scope).type == .number)
    #expect(try bound("city_oslo + 1", scope).columns == ["city_oslo"])
  }

  /// Written again, it is the same expression.
  @Test(arguments: [
    "amount * (quantity + 1) - 2", "(amount - 1) - (quantity - 2)", "-amount^2", "(-amount)^2",
    "2^(3^quantity)", "not (paid or amount > 2) and paid", "amount in 1..5", "amount not in ..5",
    "ordered_at in @2024-03", "ordered_at in [@2024-03, @2023]", "country is not null",
    "if(paid, round(amount, 2), null)", "concat(country, quantity, with: \"-\\n\")",
    "case(amount > 1, \"a\", \"b\")", "coalesce(country, \"?\")", "`a-b` + 1", "amount > 1e-7",
    "ordered_at + 1mo + 90min > @2024-01-01T09:30Z", "(amount > 2) == paid",
    "mean(amount) / count()", "quantile(amount, 0.9)", "- -amount", "amount mod 2 * 3",
    "(country == \"NL\") is null",
  ])
  func `the text reads back as the same expression`(_ text: String) throws {
    let scope = Scope(schema: Self.orders.schema, allowsAggregates: true)
    let first = try bound(text, scope)
    let second = try bound(first.text, scope)
    #expect(first.text == second.text)
    #expect(first.type == second.type)
    guard !first.containsAggregate else { return }
    #expect(
      try first.evaluate(on: Self.orders, workers: .serial)
        == second.evaluate(on: Self.orders, workers: .serial))
  }

  @Test func `automatic names are short`() throws {
    let scope = Scope(schema: Self.orders.schema, allowsAggregates: true)
    #expect(try bound("mean( amount )", scope).text == "mean(amount)")
    #expect(try bound("sum(amount*2)", scope).text == "sum(amount * 2)")
  }

  @Test func `deep nesting is refused, not crashed`() {
    let deep = "amount" + String(repeating: " + 1", count: 600)
    #expect(diagnostic(deep)?.code == "too-deep")
    #expect(diagnostic("amount" + String(repeating: " + 1", count: 200)) == nil)
  }
}

struct ColumnSelectionTests {
  private func columns(_ text: String) -> [String]? {
    let scope = Scope(schema: mixed.schema, hidden: ["j"])
    var diagnostics: [Diagnostic] = []
    let expression: ExpressionSyntax
    do { expression = try syntax(text) } catch { return nil }
    let names = ExpressionBinder.columns(expression, in: scope, into: &diagnostics)
    #expect((names == nil) == !diagnostics.isEmpty)
    return names
  }

  @Test func `selectors pick by type and never what is hidden`() {
    #expect(columns("numeric()") == ["i", "x", "a-b"])
    #expect(columns("categorical()") == ["name", "city"])
    #expect(columns("text()") == ["name"])
    #expect(columns("dates()") == ["day", "at"])
    #expect(columns("matches(\"^[ax]\")") == ["x", "at", "a-b"])
    #expect(columns("except(numeric(), text(), dates(), took)") == ["ok", "city"])
    #expect(columns("[j, i, numeric()]") == ["j", "i", "x", "a-b"])
    #expect(columns("all()")?.count == mixed.columns.count - 1)
  }

  @Test func `what is no column is refused`() {
    #expect(columns("nam") == nil)
    #expect(columns("numeric") == nil)
    #expect(columns("numeri()") == nil)
    #expect(columns("\"i\"") == nil)
    #expect(columns("i + 1") == nil)
    #expect(columns("matches(\"(\")") == nil)
    #expect(columns("a-b") == nil)
  }

  private func constant(_ text: String) throws -> Value? {
    var diagnostics: [Diagnostic] = []
    return ExpressionBinder.constant(
      try syntax(text), values: ["n": .int(3)], into: &diagnostics)
  }

  @Test func `constants are literals, lists, dictionaries and arithmetic`() throws {
    #expect(try constant("20%") == .number(0.2))
    #expect(try constant("[1, $n + 1]") == .list([.int(1), .int(4)]))
    #expect(
      try constant("[a: 1, b: \"x\"]")
        == .dictionary([.init("a", .int(1)), .init("b", .text("x"))]))
    #expect(try constant("1y") == .duration(months: 12, microseconds: 0))
    #expect(try constant("null") == .null)
    #expect(try constant("word") == nil)
    #expect(try constant("[1, word]") == nil)
  }
}
