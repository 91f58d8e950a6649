import Rendering
import Testing
import Text

struct DiagnosticRendererTests {
  private static let source = "orders = load \"x\"\norders | filter amout > 100\n\t日本 | sort 'ab'\n"

  private func span(of text: String, in source: String) -> Span {
    guard let range = source.range(of: text) else { return Span(0, 0) }
    return Span(
      source.utf8.distance(from: source.startIndex, to: range.lowerBound),
      source.utf8.distance(from: source.startIndex, to: range.upperBound))
  }

  private func text(
    _ diagnostics: [Diagnostic], _ source: String = Self.source, name: String = "input",
    style: TableStyle = .plain, firstLine: Int = 1
  ) -> String {
    DiagnosticRenderer.text(
      diagnostics, source: source, name: name, style: style, firstLine: firstLine)
  }

  private var misspelt: Diagnostic {
    Diagnostic(
      code: "column-not-found", "orders has no column `amout`",
      at: span(of: "amout", in: Self.source),
      label: "did you mean `amount`?",
      notes: ["columns: order_id, ordered_at, country, amount, quantity, status"])
  }

  @Test func `the caret stands under exactly the span`() {
    #expect(
      text([misspelt]) == """
        error[column-not-found]: orders has no column `amout`
          --> input 2:17
           |
         2 | orders | filter amout > 100
           |                 ^^^^^ did you mean `amount`?
           = columns: order_id, ordered_at, country, amount, quantity, status
        """)
  }

  @Test func `a session numbers its inputs and a file is named as editors follow it`() {
    let source = "orders | filter amout > 100"
    let diagnostic = Diagnostic(code: "c", "m", at: Span(16, 21), label: "l")
    #expect(
      text([diagnostic], source, firstLine: 12)
        == """
        error[c]: m
          --> input 12:17
            |
         12 | orders | filter amout > 100
            |                 ^^^^^ l
        """.replacing("  --> input", with: "   --> input"))
    #expect(text([diagnostic], source, name: "lib/a.bight").contains("\n  --> lib/a.bight:1:17\n"))
  }

  @Test func `columns count graphemes and carets count cells`() {
    let diagnostic = Diagnostic(.warning, code: "c", "m", at: span(of: "sort", in: Self.source))
    #expect(
      text([diagnostic]) == """
        warning[c]: m
          --> input 3:7
           |
         3 |   日本 | sort 'ab'
           |          ^^^^
        """)
    let wide = Diagnostic(.note, code: "c", "m", at: span(of: "日本", in: Self.source), label: "here")
    #expect(
      text([wide]) == """
        note[c]: m
          --> input 3:2
           |
         3 |   日本 | sort 'ab'
           |   ^^^^ here
        """)
  }

  @Test func `a span over several lines is underlined on each`() {
    let diagnostic = Diagnostic(code: "c", "m", at: Span(7, 60), label: "all this")
    #expect(
      text([diagnostic]) == """
        error[c]: m
          --> input 1:8
           |
         1 | orders = load "x"
           |        ^^^^^^^^^^
         2 | orders | filter amout > 100
           | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
         3 |   日本 | sort 'ab'
           |   ^^^^^^^^^^^ all this
        """)
  }

  @Test func `of a long span the first lines and the last are shown`() {
    let source = (1...12).map { "line \($0)" }.joined(separator: "\n")
    let diagnostic = Diagnostic(code: "c", "m", at: Span(0, source.utf8.count), label: "l")
    #expect(
      text([diagnostic], source) == """
        error[c]: m
           --> input 1:1
            |
          1 | line 1
            | ^^^^^^
          2 | line 2
            | ^^^^^^
            | …
         12 | line 12
            | ^^^^^^^ l
        """)
  }

  @Test func `the end of the input is after its last word`() {
    let diagnostic = Diagnostic(
      code: "c", "m", at: Span(Self.source.utf8.count, Self.source.utf8.count),
      label: "a verb is missing")
    #expect(
      text([diagnostic]) == """
        error[c]: m
          --> input 3:16
           |
         3 |   日本 | sort 'ab'
           |                   ^ a verb is missing
        """)
    #expect(
      text([Diagnostic(code: "c", "m", at: Span(0, 0))], "") == """
        error[c]: m
          --> input 1:1
           |
         1 |
           | ^
        """)
  }

  @Test func `a span outside the source does no harm`() {
    for span in [Span(500, 600), Span(-5, -1), Span(0, 9999)] {
      #expect(text([Diagnostic(code: "c", "m", at: span)]).contains("error[c]: m\n  --> input "))
    }
  }

  @Test func `without a place there is only the message and its notes`() {
    #expect(
      text([Diagnostic(code: "c", "m", notes: ["one", "two\nlines"])]) == """
        error[c]: m
           = one
           = two
             lines
        """)
  }

  @Test func `a fix is offered where no label says more`() {
    #expect(
      text([Diagnostic(code: "c", "m", at: Span(0, 6), fix: "order")]).contains(
        "^^^^^^ write `order`"))
  }

  @Test func `another source is named, and shown when it is known`() {
    var diagnostic = Diagnostic(code: "c", "m", at: Span(0, 3), label: "l")
    diagnostic.source = "other.bight"
    #expect(text([diagnostic]) == "error[c]: m\n  --> other.bight")
    #expect(
      DiagnosticRenderer.text(
        [diagnostic], source: Self.source, name: "input", style: .plain,
        others: ["other.bight": "abc"]) == """
          error[c]: m
            --> other.bight:1:1
             |
           1 | abc
             | ^^^ l
          """)
  }

  @Test func `after five there is a count`() {
    let eight = Array(repeating: Diagnostic(code: "c", "m"), count: 8)
    #expect(text(eight) == Array(repeating: "error[c]: m\n\n", count: 5).joined() + "… and 3 more")
    #expect(!text(Array(eight.prefix(5))).contains("more"))
  }

  @Test func `20 columns are enough`() {
    #expect(
      text([misspelt], name: "reports/input.bight", style: Samples.terminal(20)) == """
        error[column-not-fou
          nd]: orders has no
          column `amout`
          --> …ut.bight:2:17
           |
         2 | …ter amout > 1…
           |      ^^^^^
           | did you mean
           | `amount`?
           = columns:
             order_id,
             ordered_at,
             country,
             amount,
             quantity,
             status
        """)
  }

  @Test(arguments: [8, 9, 10, 13, 20, 40, 80])
  func `no line is wider than the screen, and none steers it`(width: Int) {
    let source =
      Samples.naughty.joined(separator: " | ") + "\n" + Samples.naughty.joined(separator: "\n")
    let size = source.utf8.count
    for lower in stride(from: 0, through: size, by: 61) {
      for length in [0, 1, 7, 40, 300] {
        let diagnostic = Diagnostic(
          code: "some-code", Samples.naughty[lower % Samples.naughty.count],
          at: Span(lower, min(size, lower + length)),
          label: Samples.naughty[(lower + 3) % Samples.naughty.count],
          notes: [Samples.naughty[(lower + 7) % Samples.naughty.count]])
        let shown = text(
          [diagnostic], source, name: "a/long/path/日本/to.bight",
          style: Samples.terminal(width, unicode: lower % 2 == 0))
        #expect(Samples.widest(shown) <= width, "\(shown)")
        #expect(Samples.isHarmless(shown))
      }
    }
  }

  @Test(arguments: [13, 20, 33, 60])
  func `carets point at the span on any screen`(width: Int) {
    let source =
      String(repeating: "some words | ", count: 20) + "TARGET"
      + String(repeating: " | rest", count: 20)
    let diagnostic = Diagnostic(code: "c", "m", at: span(of: "TARGET", in: source))
    let lines = Samples.lines(text([diagnostic], source, style: Samples.terminal(width)))
    let at = lines.firstIndex { $0.contains("TARGET") }
    #expect(at != nil, "\(lines)")
    if let at, let word = lines[at].range(of: "TARGET"),
      let caret = lines[at + 1].range(of: "^^^^^^")
    {
      #expect(
        lines[at].distance(from: lines[at].startIndex, to: word.lowerBound)
          == lines[at + 1].distance(from: lines[at + 1].startIndex, to: caret.lowerBound))
    }
  }

  @Test func `machines get an object a line`() throws {
    let end = Diagnostic(
      .warning, code: "end", "ended \"here\"\u{1b}", at: Span(900, 900), fix: "x")
    let lines = Samples.lines(
      DiagnosticRenderer.json(
        Array(repeating: misspelt, count: 6) + [end, Diagnostic(code: "c", "m")],
        source: Self.source,
        name: "input"))
    #expect(lines.count == 8)
    #expect(
      lines[0]
        == #"{"severity":"error","code":"column-not-found","message":"orders has no column `amout`","file":"input","line":2,"column":17,"end_line":2,"end_column":22,"label":"did you mean `amount`?","notes":["columns: order_id, ordered_at, country, amount, quantity, status"],"fix":null}"#
    )
    let last = try JSONReader.read(lines[6])
    #expect(last["severity"] == .string("warning"))
    #expect(last["message"] == .string("ended \"here\"\u{1b}"))
    #expect(last["line"] == .number(3))
    #expect(last["label"] == .null)
    #expect(last["fix"] == .string("x"))
    #expect(try JSONReader.read(lines[7])["line"] == .null)
  }
}

extension String {
  /// The first place of a part.
  func range(of part: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
      start = index(after: start)
    }
    return nil
  }

  func replacing(_ part: String, with other: String) -> String {
    split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
  }
}
