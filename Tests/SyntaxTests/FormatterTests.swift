import Testing
import Text

@testable import Syntax

struct FormatterTests {
  @Test(arguments: [
    ("x=load 'a'", "x = load \"a\""),
    ("tx|filter a>1|head 3", "tx | filter a > 1 | head 3"),
    ("tx | explain   top:5,n:3", "tx | explain top: 5, n: 3"),
    (
      "tx | aggregate n=count( )by g,m=month( d ) order:day",
      "tx | aggregate n = count() by g, m = month(d), order: day"
    ),
    ("tx | fit y~.-id-card,trees:3", "tx | fit y ~ . - id - card, trees: 3"),
    ("tx | fit ~-id", "tx | fit ~ -id"),
    ("tx | filter -x ^ 2 > ( 1 )", "tx | filter -x^2 > (1)"),
    ("tx | filter a in 18 .. 65 or a in 1 ..", "tx | filter a in 18..65 or a in 1.."),
    (
      "tx | head 1_000, 2.50, 1e3, 2w, 20%, @2024-03-31T09:30+02:00",
      "tx | head 1_000, 2.50, 1e3, 2w, 20%, @2024-03-31T09:30+02:00"
    ),
    ("tx | derive s = 'say \"hi\" it\\'s'", "tx | derive s = \"say \\\"hi\\\" it's\""),
    ("tx | derive `a` = `b c`,`by`=1", "tx | derive `a` = `b c`, `by` = 1"),
    ("tx\n|head 3", "tx\n  | head 3"),
    ("tx |\n head 3 | tail", "tx\n  | head 3\n  | tail"),
    ("tx # a", "tx  # a"),
    ("tx | head # a", "tx | head  # a"),
    ("\n\n\na\n\n\n\nb\n", "a\n\nb"),
    ("a\r\nb\r\n", "a\nb"),
  ]) func `a statement is written the usual way`(_ source: String, _ expected: String) {
    #expect(Formatter.format(parsed(source)) == expected + "\n")
    expectRoundTrip(source)
  }

  @Test func `a wide statement gets a line for each stage, and a wide stage is broken at commas`() {
    let long = (1...12).map { "column_number_\($0)" }.joined(separator: ", ")
    let text = Formatter.format(parsed("x = load 'a' | filter b | select \(long)"))
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "x = load \"a\"")
    #expect(lines[1] == "  | filter b")
    #expect(lines[2].hasPrefix("  | select column_number_1, "))
    #expect(lines[2].hasSuffix(","))
    #expect(lines[3].hasPrefix("      column_number"))
    #expect(lines.allSatisfy { $0.utf8.count <= Formatter.width })
    expectRoundTrip(text)
  }

  @Test func `comments stay with their stages`() {
    let source = """
      # lead

      tx # head
        # why
        | filter a, # one
          b # two
        | head 3
      #> out
      # end

      """
    let expected = """
      # lead

      tx  # head
        # why
        # one
        | filter a, b  # two
        | head 3
      #> out
      # end

      """
    #expect(Formatter.format(parsed(source)) == expected)
    expectRoundTrip(source)
  }

  @Test func `a tree that was built gets the brackets it needs`() {
    let span = Span(0, 0)
    func name(_ text: String) -> ExpressionSyntax {
      ExpressionSyntax(.name(NameSyntax(text: text, span: span)), span)
    }
    func binary(
      _ sign: BinaryOperator, _ a: ExpressionSyntax, _ b: ExpressionSyntax
    ) -> ExpressionSyntax {
      ExpressionSyntax(.binary(sign, operator: span, a, b), span)
    }
    let sum = binary(.add, name("a"), name("Unit Price"))
    #expect(Formatter.text(of: binary(.multiply, sum, name("c"))) == "(a + `Unit Price`) * c")
    #expect(Formatter.text(of: binary(.subtract, name("c"), sum)) == "c - (a + `Unit Price`)")
    #expect(
      Formatter.text(of: ExpressionSyntax(.unary(.minus, sum), span)) == "-(a + `Unit Price`)")
    let power = binary(.power, ExpressionSyntax(.int(-2), span), name("by"))
    #expect(Formatter.text(of: power) == "(-2)^`by`")
  }

  @Test(arguments: [
    (ExpressionSyntax.Kind.percent(0.2), "20%"), (.percent(0.125), "12.5%"), (.percent(1), "100%"),
    (.percent(0.001), "0.1%"), (.percent(1e-7), "0.00001%"), (.percent(1e-12), "1e-10%"),
    (.percent(12), "1200%"), (.percent(0.07), "7%"), (.number(5), "5.0"), (.number(1e16), "1e+16"),
    (.duration(months: 0, microseconds: 1_209_600_000_000), "2w"),
    (.duration(months: 0, microseconds: 90_000_000), "90s"),
    (.duration(months: 0, microseconds: 1500), "1.500ms"),
    (.duration(months: 14, microseconds: 0), "14mo"),
    (.duration(months: 24, microseconds: 0), "2y"), (.duration(months: 0, microseconds: 0), "0s"),
    (
      .date(DateSyntax(year: 2024, month: 3, day: 1, timeOfDay: -5_400_000_000)),
      "@2024-02-29T22:30Z"
    ),
    (
      .date(DateSyntax(year: 2023, month: 12, day: 31, timeOfDay: 86_400_500_000)),
      "@2024-01-01T00:00:00.5Z"
    ),
    (.date(DateSyntax(year: 800, month: 3)), "@0800-03"),
  ]) func `a literal without spelling is written so that it reads back`(
    _ kind: ExpressionSyntax.Kind, _ expected: String
  ) {
    #expect(Formatter.text(of: ExpressionSyntax(kind, Span(0, 0))) == expected)
    #expect(Parser.parse("v " + expected).diagnostics.isEmpty)
  }

  @Test func `a spelling that is worth something else is not used`() {
    let value = ExpressionSyntax(.int(7), Span(0, 0), spelling: "8")
    #expect(Formatter.text(of: value) == "7")
  }

  @Test func `texts and names come back as they were`() {
    for text in [
      "", "\"", "\\", "\n\r\t\0\u{1B}\u{7F}\u{85}\u{202E}\u{FEFF}", "é日😀👨‍👩‍👧", "`", "a b", "by", "'",
    ] {
      let quoted = parsed("v " + Formatter.quoted(text))
      #expect(TreeText.of(quoted).hasPrefix("(v \"\(text)\")"))
      if !text.isEmpty {
        let named = parsed("v " + Formatter.inBackticks(text))
        #expect(TreeText.of(named).hasPrefix("(v `\(text)`)"))
      }
    }
    #expect(Formatter.name("größe") == "größe")
    #expect(Formatter.name("2nd") == "`2nd`")
    #expect(Formatter.name("on") == "`on`")
  }
}
