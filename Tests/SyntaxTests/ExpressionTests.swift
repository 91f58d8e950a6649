import Testing
import Text

@testable import Syntax

struct ExpressionTests {
  @Test(arguments: [
    ("a or b and c", "(or a (and b c))"),
    ("not a and b", "(and (not a) b)"),
    ("not a == b", "(not (== a b))"),
    ("not not a", "(not (not a))"),
    ("a < b + 1", "(< a (+ b 1))"),
    ("a - b - c", "(- (- a b) c)"),
    ("a-b", "(- a b)"),
    ("a + b * c mod d / e", "(+ a (/ (mod (* b c) d) e))"),
    ("-x^2", "(- (^ x 2))"),
    ("2^3^2", "(^ 2 (^ 3 2))"),
    ("2^-3", "(^ 2 (- 3))"),
    ("-a * b", "(* (- a) b)"),
    ("- -a", "(- (- a))"),
    ("x in 18..65", "(in x (.. 18 65))"),
    ("x in 18.. and y", "(and (in x (.. 18 _)) y)"),
    ("x in ..65", "(in x (.. _ 65))"),
    ("x in a + 1..b - 1", "(in x (.. (+ a 1) (- b 1)))"),
    ("x not in [1, 2]", "(not-in x [1 2])"),
    ("x is null or y is not null", "(or (null? x) (not-null y))"),
    ("not x is null", "(not (null? x))"),
    ("(a + b) * c", "(* <(+ a b)> c)"),
    ("if(c, a, b)", "if(c a b)"),
    (#"concat(a, b, with: "-")"#, #"concat(a b with:"-")"#),
    ("mod", "mod"),
    ("mod mod mod", "(mod mod mod)"),
    ("data.train", "data.train"),
    ("$since", "$since"),
    ("[]", "[]"),
    ("[zip: text, age: int]", "[zip:text age:int]"),
    ("`Unit Price` > 3", "(> `Unit Price` 3)"),
    (#"`a\`b`"#, "`a`b`"),
    ("größe >= 1", "(>= größe 1)"),
    (".", "."),
  ]) func `an expression is read by precedence`(_ source: String, _ expected: String) {
    #expect(expressionTree(source) == expected)
  }

  @Test(arguments: [
    ("1_000", "1000"), ("2.5e-3", "0.0025"), ("1e5", "100000.0"), ("20%", "0.2%"),
    ("12.5%", "0.125%"), ("0.1%", "0.001%"), ("1e1%", "0.1%"),
    ("9_223_372_036_854_775_807", "9223372036854775807"),
    ("-9223372036854775808", "-9223372036854775808"),
    ("500ms", "<0mo 500000us>"), ("30s", "<0mo 30000000us>"), ("15min", "<0mo 900000000us>"),
    ("6h", "<0mo 21600000000us>"), ("7d", "<0mo 604800000000us>"), ("2w", "<0mo 1209600000000us>"),
    ("3mo", "<3mo 0us>"), ("1q", "<3mo 0us>"), ("1y", "<12mo 0us>"), ("1.5h", "<0mo 5400000000us>"),
    ("0.5y", "<6mo 0us>"),
    ("@2024", "@2024/0/0/-1"), ("@2024-03", "@2024/3/0/-1"), ("@2024-02-29", "@2024/2/29/-1"),
    ("@2024-03-31T09:30Z", "@2024/3/31/34200000000"),
    ("@2024-03-31T09:30:15.25", "@2024/3/31/34215250000"),
    ("@2024-03-31T00:30+02:00", "@2024/3/31/-5400000000"),
    ("@2024-03-31T23:30-0100", "@2024/3/31/88200000000"),
    ("@2024-01-01..@2024-02-01", "(.. @2024/1/1/-1 @2024/2/1/-1)"),
    ("@2024-01-01 - 7d", "(- @2024/1/1/-1 <0mo 604800000000us>)"),
    (#""a\n\t\"\\\u{e9}""#, "\"a\n\t\"\\é\""),
    (#"'it\'s "so"'"#, "\"it's \"so\"\""),
    ("true", "true"), ("null", "null"), ("false", "false"),
  ]) func `a literal is worth what it says`(_ source: String, _ expected: String) {
    #expect(expressionTree(source) == expected)
  }

  @Test func `spans are bytes and lie in each other`() throws {
    let marked = Marked("v ①größe② >③ ④1④③①")
    let statement = try #require(parsed(marked.text).statements.first)
    guard case .stage(let stage) = statement.pipeline.head,
      case .item(let item) = stage.arguments.first,
      case .binary(_, let sign, let left, let right) = item.kind
    else {
      Issue.record("not a comparison")
      return
    }
    #expect(item.span == marked.span(1))
    #expect(left.span.lower == marked.offset(1))
    #expect(left.span.upper == marked.offset(2))
    #expect(sign.upper == marked.offset(3))
    #expect(right.span.lower == marked.offset(4))
  }
}
