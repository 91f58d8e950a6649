import Columns
import Testing
import Text

@testable import Rendering

struct PlotTests {
  /// Numbers with a known shape: the squares modulo something, no randomness.
  static let table = Table([
    ("x", .number(Values((0..<300).map { Double($0 * $0 % 101) }))),
    ("y", .number(Values((0..<300).map { Double($0) }, valid: (0..<300).map { $0 % 50 != 0 }))),
    ("n", .int(Values((0..<300).map { Int64($0 % 4) }))),
    ("g", .text(TextValues((0..<300).map { ["a", "b", nil, "a"][$0 % 4] }))),
    ("many", .text(TextValues((0..<300).map { "c\($0 % 30)" }))),
    ("day", .date(Values((0..<300).map { Int32(19_700 + $0) }))),
    ("at", .time(Values((0..<300).map { Int64($0) * 3_600_000_000 }))),
    ("took", .duration(Values((0..<300).map { Int64($0) * 1_000_000 }))),
    ("flag", .bool(Values((0..<300).map { $0 % 3 == 0 }))),
    ("v", .vector(VectorValues(width: 1, elements: (0..<300).map { Float($0) }[...], count: 300))),
  ])

  private func figure(_ plot: Plot) throws -> Figure { try plot.figure(of: Self.table) }

  @Test func `the types choose the kind`() {
    #expect(Plot.suggestedKind(x: .number, y: nil) == .histogram)
    #expect(Plot.suggestedKind(x: .date, y: nil) == .histogram)
    #expect(Plot.suggestedKind(x: .category, y: nil) == .bar)
    #expect(Plot.suggestedKind(x: .bool, y: nil) == .bar)
    #expect(Plot.suggestedKind(x: .time, y: .number) == .line)
    #expect(Plot.suggestedKind(x: .int, y: .number) == .scatter)
    #expect(Plot.suggestedKind(x: .text, y: .number) == .box)
  }

  @Test func `every number is in one bin`() throws {
    guard case .histogram(let histogram) = try figure(Plot(x: "y")).marks else {
      Issue.record("no histogram")
      return
    }
    #expect(histogram.groups[0].counts.reduce(0, +) == 294)
    #expect((5...60).contains(histogram.edges.count - 1))
    #expect(histogram.edges.first == 1 && histogram.edges.last == 299)
  }

  @Test func `bins are as wide as Freedman and Diaconis say`() throws {
    // 0…999: the quartiles are 249.75 and 749.25, the width 2 · 499.5 / 10, so ten bins.
    let table = Samples.numbers((0..<1000).map { Double($0) })
    guard case .histogram(let histogram) = try Plot(x: "x").figure(of: table).marks else {
      Issue.record("no histogram")
      return
    }
    #expect(histogram.edges.count == 11)
    #expect(histogram.groups[0].counts == Array(repeating: 100, count: 10))
  }

  @Test func `whole numbers have bins of whole numbers`() throws {
    guard case .histogram(let histogram) = try figure(Plot(.histogram, x: "n")).marks else {
      Issue.record("no histogram")
      return
    }
    #expect(histogram.edges == [-0.5, 0.5, 1.5, 2.5, 3.5])
    #expect(histogram.groups[0].counts == [75, 75, 75, 75])
  }

  @Test(
    arguments: [
      [5], [5, 5], [0, 0, 0, 0, 0, 0, 0, 0, 1000], [-1e300, 1e300], [1e-300, 2e-300],
      [-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude], [.nan, 1], [.infinity], [],
      [0.1, 0.2, 0.3, 1e9],
    ] as [[Double]])
  func `odd numbers are binned, boxed and drawn all the same`(values: [Double]) throws {
    let finite = values.filter(\.isFinite).count
    for column in [
      Column.number(Values(values)),
      .int(Values(values.filter { abs($0) < 9e18 }.map { Int64($0) } + [.min, .max])),
    ] {
      let table = Table([("x", column), ("y", column)])
      for kind in Plot.Kind.allCases {
        let figure = try Plot(kind, x: "x", y: kind == .histogram || kind == .density ? nil : "y")
          .figure(of: table)
        if case .histogram(let histogram) = figure.marks, case .number = column {
          #expect(histogram.groups[0].counts.reduce(0, +) == finite)
          #expect(histogram.edges.count <= 61)
        }
        #expect(Samples.widest(FigureText.text(figure, style: Samples.terminal(40))) <= 40)
        #expect(FigureSVG.text(figure).hasSuffix("</svg>\n"))
      }
    }
  }

  @Test func `nulls and numbers that are not finite are told`() throws {
    #expect(try figure(Plot(x: "y")).notes == ["6 rows without y not drawn"])
    let odd = Samples.numbers([1, 2, .nan, .infinity, nil])
    #expect(
      try Plot(x: "x").figure(of: odd).notes
        == ["1 row without x not drawn", "2 rows where x is not finite not drawn"])
  }

  @Test func `categories come by count, twenty and the others`() throws {
    guard case .bars(let bars) = try figure(Plot(x: "many")).marks else {
      Issue.record("no bars")
      return
    }
    #expect(bars.categories.count == 21 && bars.categories.last == "other (10)")
    #expect(bars.groups[0].values.reduce(0, +) == 300)
    guard case .bars(let few) = try figure(Plot(x: "g")).marks else {
      Issue.record("no bars")
      return
    }
    #expect(few.categories == ["a", "b", "null"] && few.groups[0].values == [150, 75, 75])
  }

  @Test func `six groups are drawn and the rest told`() throws {
    let drawn = try figure(Plot(x: "x", by: "many"))
    guard case .histogram(let histogram) = drawn.marks else {
      Issue.record("no histogram")
      return
    }
    #expect(histogram.groups.count == 6)
    #expect(drawn.notes == ["24 smaller groups of many (240 rows) not drawn"])
  }

  @Test func `a box is Tukey's`() throws {
    let table = Samples.numbers([1, 2, 3, 4, 5, 6, 7, 8, 9, 100])
    guard case .boxes(let boxes) = try Plot(.box, x: "x").figure(of: table).marks else {
      Issue.record("no boxes")
      return
    }
    #expect(
      boxes == [
        Figure.Box(
          name: "", count: 10, low: 1, q1: 3.25, median: 5.5, q3: 7.75, high: 9, outliers: [100])
      ])
  }

  @Test func `a line goes from left to right`() throws {
    let table = Table([
      ("x", .number(Values([3, 1, 2, 1]))), ("y", .number(Values([30, 10, 20, 11]))),
    ])
    guard case .lines(let series) = try Plot(.line, x: "x", y: "y").figure(of: table).marks else {
      Issue.record("no lines")
      return
    }
    #expect(series == [Figure.Series(name: "", x: [1, 1, 2, 3], y: [10, 11, 20, 30])])
  }

  @Test func `a density covers an area of one`() throws {
    guard case .lines(let series) = try figure(Plot(.density, x: "x")).marks else {
      Issue.record("no lines")
      return
    }
    let step = series[0].x[1] - series[0].x[0]
    #expect(abs(series[0].y.reduce(0, +) * step - 1) < 0.01)
  }

  @Test func `what cannot be drawn is told`() {
    func failure(_ plot: Plot) -> DataError? {
      do {
        _ = try figure(plot)
        return nil
      } catch { return error as? DataError }
    }
    #expect(failure(Plot(x: "z"))?.code == "column-not-found")
    #expect(failure(Plot(x: "x", by: "z"))?.column == "z")
    #expect(failure(Plot(.histogram, x: "g"))?.code == "plot-type")
    #expect(failure(Plot(.scatter, x: "x"))?.code == "plot-needs-two-columns")
    #expect(failure(Plot(.line, x: "x", y: "v"))?.column == "v")
  }

  static let plots: [Plot] = [
    Plot(x: "x"), Plot(x: "x", by: "g"), Plot(x: "x", by: "many"), Plot(x: "g"),
    Plot(x: "many", by: "flag"),
    Plot(.bar, x: "many", y: "y"), Plot(x: "x", y: "y"), Plot(x: "x", y: "y", by: "g"),
    Plot(x: "day", y: "x"),
    Plot(x: "at", y: "took"), Plot(x: "at"), Plot(x: "took"), Plot(x: "day"), Plot(x: "g", y: "x"),
    Plot(x: "g", y: "y", by: "flag"), Plot(.density, x: "x", by: "g", title: "<A title> & more"),
    Plot(.box, x: "x", by: "many"), Plot(.bar, x: "v"), Plot(.line, x: "x", y: "flag"),
  ]

  @Test(arguments: plots.indices)
  func `no line is wider than the screen, and none steers it`(plot: Int) throws {
    let figure = try figure(Self.plots[plot])
    for width in [8, 10, 16, 20, 40, 80, 120] {
      for unicode in [true, false] {
        let text = FigureText.text(figure, style: Samples.terminal(width, unicode: unicode))
        #expect(Samples.widest(text) <= width, "\(text)")
        #expect(Samples.isHarmless(text))
        if !unicode { #expect(text.utf8.allSatisfy { $0 < 0x80 || Self.plots[plot].by == "flag" }) }
      }
    }
  }

  @Test(arguments: plots.indices)
  func `a drawing for documents is well formed`(plot: Int) throws {
    let svg = FigureSVG.text(try figure(Self.plots[plot]))
    #expect(
      svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=")
        && svg.hasSuffix("</svg>\n"))
    #expect(Markup.isWellFormed(svg))
    #expect(!svg.contains("nan") && !svg.contains("<script"))
  }

  @Test func `names from data do no harm`() throws {
    let table = Table([
      ("a\n<b>", .text(TextValues(Samples.naughty))),
      ("n", .int(Values(Samples.naughty.indices.map { Int64($0) }))),
    ])
    for plot in [
      Plot(x: "a\n<b>"), Plot(x: "n", by: "a\n<b>"), Plot(x: "a\n<b>", y: "n", title: "\u{1b}[1m"),
    ] {
      let figure = try plot.figure(of: table)
      for width in [20, 60] {
        let text = FigureText.text(figure, style: Samples.terminal(width))
        #expect(Samples.widest(text) <= width, "\(text)")
        #expect(Samples.isHarmless(text))
      }
      #expect(Markup.isWellFormed(FigureSVG.text(figure)))
      #expect(Samples.isHarmless(FigureSVG.text(figure)))
    }
  }

  @Test func `a histogram looks like this`() throws {
    let table = Samples.numbers((0..<100).map { Double($0 % 10 + $0 % 7) } + [nil])
    #expect(
      FigureText.text(
        try Plot(x: "x", title: "Sums").figure(of: table), style: Samples.terminal(40)) == """
          Sums
          20 ┤               █████▄▄▄▄▄
             │          ███████████████
             │          ███████████████
             │     ▄▄▄▄▄███████████████▄▄▄▄▄
          10 ┤     █████████████████████████
             │▄▄▄▄▄█████████████████████████
             │███████████████████████████████████
             │███████████████████████████████████
             │███████████████████████████████████
           0 ┤███████████████████████████████████
             └┬──────────────────────┬───────────
              0                     10
          rows by x
          1 row without x not drawn
          """)
  }

  @Test func `bars look like this`() throws {
    #expect(
      FigureText.text(try figure(Plot(x: "g")), style: Samples.terminal(40)) == """
        a    ██████████████████████████████ 150
        b    ███████████████ 75
        null ███████████████ 75
        rows by g
        """)
  }

  @Test func `points look like this`() throws {
    let table = Table([
      ("x", .number(Values((0..<40).map { Double($0) }))),
      ("y", .number(Values((0..<40).map { Double(($0 - 20) * ($0 - 20)) }))),
    ])
    #expect(
      FigureText.text(try Plot(x: "x", y: "y").figure(of: table), style: Samples.terminal(40))
        == """
        400 ┤⠁
            │ ⠁⡀                              ⢀⠈
            │  ⢀                             ⢀
            │   ⠠                            ⠄
        200 ┤    ⠐                          ⠂
            │     ⠈⡀                      ⡀⠁
            │       ⠂⡀                  ⢀⠐
            │         ⢂               ⢀⠐
            │          ⠐⠠⢀          ⡀⠄⠂
          0 ┤             ⠐⠂⠄⡀⣀⢀⢀⠠⠂⠂
            └┬────────────────┬─────────────────
             0               20
        y by x
        """)
    #expect(
      FigureText.text(
        try Plot(.line, x: "x", y: "y").figure(of: table),
        style: Samples.terminal(30, unicode: false)) == """
          400 +#                       .
              | ::                    ::
              |  :.                  :.
          200 +   ::                ::
              |    .:             .:
              |      ::         .:.
            0 +        :::::::::.
              ++-----------+------------
               0          20
          y by x
          """)
  }

  @Test func `boxes look like this`() throws {
    #expect(
      FigureText.text(try figure(Plot(x: "g", y: "y")), style: Samples.terminal(40)) == """
        a    │├───────▒▒▒▒▒▒▒▒▒█▒▒▒▒▒▒▒▒───────┤
        b    │├───────▒▒▒▒▒▒▒▒█▒▒▒▒▒▒▒▒▒───────┤
        null │├───────▒▒▒▒▒▒▒▒▒█▒▒▒▒▒▒▒▒───────┤
             └───────────┬──────────┬───────────
                        100        200
        y by g
        6 rows without y not drawn
        """)
  }

  @Test func `counts make a sparkline`() {
    #expect(sparkline(counts: [0, 1, 2, 4, 8, 16, 32, 64]) == "▁▂▂▂▂▃▅█")
    #expect(sparkline(counts: [0, 0]) == "▁▁")
    #expect(sparkline(counts: []).isEmpty)
    #expect(sparkline(counts: [1, 5, 10], unicode: false) == ".=#")
  }
}

/// Whether tags are closed in the order of opening and attributes are quoted.
enum Markup {
  static func isWellFormed(_ text: String) -> Bool {
    var open: [Substring] = []
    for part in text.split(separator: "<", omittingEmptySubsequences: true) {
      guard let end = part.firstIndex(of: ">") else { return false }
      let tag = part[..<end]
      guard tag.filter({ $0 == "\"" }).count % 2 == 0 else { return false }
      guard !part[part.index(after: end)...].contains(">") else { return false }
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else { return false }
      } else if !tag.hasSuffix("/") {
        open.append(tag.prefix { $0 != " " && $0 != "\n" })
      }
    }
    return open.isEmpty
  }
}
