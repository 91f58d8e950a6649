import Columns
import Rendering
import Testing
import Text

struct TableRendererTests {
  @Test func `a recording holds header, types and rows`() {
    let table = Table([
      ("country", .text(TextValues(["DE", "NL"]))),
      ("revenue", .number(Values([81250.4, 77019.9]))),
    ])
    #expect(
      TableRenderer.text(table, style: .plain) == """
        country  revenue
        <text>     <num>
        DE       81250.4
        NL       77019.9
        """)
  }

  @Test func `elsewhere than on a terminal every row and column stands in full`() {
    #expect(
      TableRenderer.text(Samples.orders, style: TableStyle(width: 20, rows: 2)) == """
        order_id  ordered_at        country       amount  paid    status                            day                 took  v
           <int>  <time>            <cat>          <num>  <bool>  <text>                            <date>             <dur>  <vec>
            1001  2024-01-02 09:14  NL         49.9       true    paid                              2024-01-02            0s  [0, 0.1, 0.2, ... 5]
            1002  2024-01-02 10:06  DE       1234.57      false   ""                                2024-01-03       1h30min  [0.5, 0.6, 0.7, ... 5]
            1003  null              NL          1.234e-5  null    null                              1970-01-01  1d1h1min1.5s  [1, 1.1, 1.2, ... 5]
            1004  1970-01-01 00:01  DE              null  true    returned because of a broken lid  1969-12-31           -1s  [1.5, 1.6, 1.7, ... 5]
        """)
  }

  @Test func `40 columns hide what does not fit and name it`() {
    #expect(
      TableRenderer.text(Samples.orders, style: Samples.terminal(40)) == """
        order_id  ordered_at        country
           <int>  <time>            <cat>
            1001  2024-01-02 09:14  NL
            1002  2024-01-02 10:06  DE
            1003  null              NL
            1004  1970-01-01 00:01  DE
        4 rows × 9 columns
        hidden: amount <num>, paid <bool>,
        status <text>, day <date>, took <dur>, v
        <vec>
        """)
  }

  @Test func `80 columns press words before they hide anything`() {
    #expect(
      TableRenderer.text(Samples.orders, style: Samples.terminal(80)) == """
        order_id  ordered_at        country       amount  paid    status      day
           <int>  <time>            <cat>          <num>  <bool>  <text>      <date>
            1001  2024-01-02 09:14  NL         49.9       true    paid        2024-01-02
            1002  2024-01-02 10:06  DE       1234.57      false   ""          2024-01-03
            1003  null              NL          1.234e-5  null    null        1970-01-01
            1004  1970-01-01 00:01  DE              null  true    returned …  1969-12-31
        4 rows × 9 columns
        hidden: took <dur>, v <vec>
        """)
  }

  @Test func `120 columns have room for all`() {
    #expect(
      TableRenderer.text(Samples.orders, style: Samples.terminal(120)) == """
        order_id  ordered_at        country       amount  paid    status             day                 took  v
           <int>  <time>            <cat>          <num>  <bool>  <text>             <date>             <dur>  <vec>
            1001  2024-01-02 09:14  NL         49.9       true    paid               2024-01-02            0s  [0, 0.1, 0.2, ..…
            1002  2024-01-02 10:06  DE       1234.57      false   ""                 2024-01-03       1h30min  [0.5, 0.6, 0.7, …
            1003  null              NL          1.234e-5  null    null               1970-01-01  1d1h1min1.5s  [1, 1.1, 1.2, ..…
            1004  1970-01-01 00:01  DE              null  true    returned because…  1969-12-31           -1s  [1.5, 1.6, 1.7, …
        4 rows × 9 columns
        """)
  }

  @Test func `a lone row that is too wide stands upright`() {
    #expect(
      TableRenderer.text(Samples.orders.slice(3..<4), style: Samples.terminal(60)) == """
        order_id    <int>   1004
        ordered_at  <time>  1970-01-01 00:01
        country     <cat>   DE
        amount      <num>   null
        paid        <bool>  true
        status      <text>  returned because of a broken lid
        day         <date>  1969-12-31
        took        <dur>   -1s
        v           <vec>   [1.5, 1.6, 1.7, ... 5]
        1 row × 9 columns
        """)
  }

  private static let long = Table([
    ("n", .int(Values((1...1234).map { Int64($0) }))),
    ("half", .number(Values((1...1234).map { Double($0) / 2 }))),
  ])

  @Test func `a long table shows its ends`() {
    #expect(
      TableRenderer.text(Self.long, style: Samples.terminal(60, rows: 6)) == """
            n   half
        <int>  <num>
            1    0.5
            2    1
            3    1.5
            ⋮      ⋮
         1232  616
         1233  616.5
         1234  617
        1,234 rows × 2 columns · 6 shown · .last for all
        """)
    #expect(
      TableRenderer.text(Self.long, style: Samples.terminal(60, unicode: false, rows: 3)) == """
            n   half
        <int>  <num>
            1    0.5
            2    1
            :      :
         1234  617
        1,234 rows x 2 columns, 3 shown, .last for all
        """)
  }

  @Test(arguments: [1, 2, 20, 1233])
  func `as many rows as asked for`(rows: Int) {
    let text = TableRenderer.text(Self.long, style: Samples.terminal(60, rows: rows))
    #expect(Samples.lines(text).count == rows + 4)
  }

  @Test(arguments: [0, -1, 1234, Int.max])
  func `all rows when that is what is asked for`(rows: Int) {
    let text = TableRenderer.text(Self.long, style: Samples.terminal(60, rows: rows))
    #expect(Samples.lines(text).count == 1234 + 3)
  }

  @Test func `wide characters keep columns straight`() {
    let table = Table([
      ("名前", .text(TextValues(["日本", "e\u{301}", "👩‍👩‍👧", "plain"]))),
      ("n", .int(Values([1, 22, 333, -4]))),
    ])
    #expect(
      TableRenderer.text(table, style: .plain) == """
        名前        n
        <text>  <int>
        日本        1
        e\u{301}          22
        👩‍👩‍👧        333
        plain      -4
        """)
  }

  @Test func `tables without rows or columns say so`() {
    let noRows = Samples.orders.slice(0..<0).selecting(["country", "paid"])
    #expect(TableRenderer.text(noRows, style: .plain) == "country  paid\n<cat>    <bool>")
    #expect(
      TableRenderer.text(noRows, style: Samples.terminal(80))
        == "country  paid\n<cat>    <bool>\n0 rows × 2 columns")
    let nothing = Table([], rowCount: 3)
    #expect(TableRenderer.text(nothing, style: .plain) == "(no columns)")
    #expect(TableRenderer.text(nothing, style: Samples.terminal(80)) == "3 rows × 0 columns")
  }

  @Test func `nulls, types and footers are dim in color`() {
    let style = TableStyle(width: 80, color: true, isTerminal: true)
    #expect(
      TableRenderer.text(Samples.texts(["a", nil]), style: style) == """
        \u{1b}[1mtext\u{1b}[0m
        \u{1b}[2m<text>\u{1b}[0m
        a
        \u{1b}[2mnull\u{1b}[0m
        \u{1b}[2m2 rows × 1 column\u{1b}[0m
        """)
  }

  @Test func `times show no more of the clock than the rows need`() {
    func shown(_ times: [Int64]) -> [String] {
      Samples.lines(
        TableRenderer.text(Table([("at", .time(Values(times)))]), style: .plain)
      ).dropFirst(2).map { $0 }
    }
    #expect(shown([0, 60_000_000]) == ["1970-01-01 00:00", "1970-01-01 00:01"])
    #expect(shown([0, 1_000_000]) == ["1970-01-01 00:00:00", "1970-01-01 00:00:01"])
    #expect(shown([0, 1_500_000]) == ["1970-01-01 00:00:00.000", "1970-01-01 00:00:01.500"])
    #expect(shown([-1]) == ["1969-12-31 23:59:59.999999"])
  }

  @Test func `a preview tells name, size and time`() {
    let head = Samples.orders.slice(0..<3).selecting(["order_id", "amount", "status"])
    #expect(
      TableRenderer.preview(
        head, name: "orders", rowCount: 10_000, milliseconds: 12.3, style: Samples.terminal(80))
          == """
          orders  10,000 rows × 3 columns  (12 ms)
            order_id       amount  status
               <int>        <num>  <text>
                1001    49.9       paid
                1002  1234.57      ""
                1003     1.234e-5  null
            …
          """)
    #expect(
      TableRenderer.preview(
        head.selecting(["order_id"]), name: "orders", rowCount: nil, style: Samples.terminal(80))
          == """
          orders  ? rows × 1 column
            order_id
               <int>
                1001
                1002
                1003
            …
          """)
  }

  @Test(
    arguments: [
      (0.2, "0.2 ms"), (12.3, "12 ms"), (999.9, "999 ms"), (1420, "1.42 s"), (125_000, "2 min 5 s"),
      (3_720_000, "1 h 2 min"), (.nan, "? ms"), (-1, "? ms"), (1e300, "? ms"),
    ] as [(Double, String)])
  func `times taken are told in the unit that suits them`(milliseconds: Double, text: String) {
    #expect(TableRenderer.duration(milliseconds: milliseconds) == text)
  }
}

/// What holds for every table on every screen.
struct TableRendererLaws {
  static let tables: [Table] =
    [
      Samples.orders, Samples.orders.slice(3..<4), Samples.orders.slice(1..<1),
      Table([], rowCount: 2),
    ]
    + [
      Table([
        ("a\nb\u{1b}[1m", .text(TextValues(Samples.naughty))),
        ("naughty", .text(TextValues(Samples.naughty.reversed()))),
        ("n", .number(Values(Samples.naughty.indices.map { 1 / Double($0) - 0.5 }))),
      ]),
      Table(
        (0..<40).map { ("column_number_\($0)", .int(Values([Int64.min, Int64.max, Int64($0)]))) }),
      Samples.numbers([.nan, .infinity, nil, -.infinity, 1e300, 1e-300, 0, 123.456]),
      Samples.texts([nil, nil]),
    ]

  @Test(arguments: tables.indices, [8, 9, 10, 12, 20, 33, 40, 80, 120])
  func `no line is wider than the screen, and none steers it`(table: Int, width: Int) {
    for unicode in [true, false] {
      let style = Samples.terminal(width, unicode: unicode)
      for text in [
        TableRenderer.text(Self.tables[table], style: style),
        TableRenderer.preview(
          Self.tables[table], name: "a name", rowCount: 5, milliseconds: 3, style: style),
      ] {
        #expect(Samples.widest(text) <= width, "\(text)")
        #expect(Samples.isHarmless(text))
        #expect(!text.hasSuffix("\n"))
      }
    }
  }

  @Test(arguments: tables.indices)
  func `plain lines are harmless and end without blanks`(table: Int) {
    let text = TableRenderer.text(Self.tables[table], style: .plain)
    #expect(Samples.isHarmless(text))
    #expect(Samples.lines(text).allSatisfy { !$0.hasSuffix(" ") })
    if !Self.tables[table].columns.isEmpty {
      #expect(Samples.lines(text).count == Self.tables[table].rowCount + 2)
    }
  }

  @Test(arguments: tables.indices)
  func `color changes nothing but the color`(table: Int) {
    var style = Samples.terminal(60)
    let plain = TableRenderer.text(Self.tables[table], style: style)
    style.color = true
    var colored = TableRenderer.text(Self.tables[table], style: style)
    for ink in Palette.Ink.allCases { colored = removing("\u{1b}[\(ink.rawValue)m", from: colored) }
    #expect(removing("\u{1b}[0m", from: colored) == plain)
  }

  private func removing(_ part: String, from text: String) -> String {
    text.split(separator: part, omittingEmptySubsequences: false).joined()
  }

  @Test func `a table replays as itself`() {
    for table in Self.tables {
      let lines = Samples.lines(TableRenderer.text(table, style: .plain))
      #expect(Recording.compare(expected: lines, actual: lines) == nil)
    }
  }
}
