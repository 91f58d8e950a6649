import Columns
import Rendering
import Testing
import Text

struct CardTests {
  private static let card = Card(
    title: "base: logistic model of fraud",
    lines: [
      Card.Line("target", "fraud"),
      Card.Line("features", "amount, hour, merchant, city, weekday, and 12 more"),
      Card.Line("rows", "7,000 to train on"),
    ],
    warnings: ["`id` looks like a name of rows, not a feature"])

  @Test func `names, values and warnings stand below the title`() {
    #expect(
      Self.card.text(style: .plain) == """
        base: logistic model of fraud
          target    fraud
          features  amount, hour, merchant, city, weekday, and 12 more
          rows      7,000 to train on
          warning: `id` looks like a name of rows, not a feature
        """)
  }

  @Test func `long values go on in the next line`() {
    #expect(
      Self.card.text(style: Samples.terminal(40)) == """
        base: logistic model of fraud
          target    fraud
          features  amount, hour, merchant,
                    city, weekday, and 12 more
          rows      7,000 to train on
          warning: `id` looks like a name of
                   rows, not a feature
        """)
  }

  @Test(arguments: [8, 9, 12, 20, 40, 80])
  func `no line is wider than the screen, and none steers it`(width: Int) {
    for text in Samples.naughty {
      let card = Card(
        title: text, lines: [Card.Line(text, text), Card.Line("n", text)], warnings: [text])
      let shown = card.text(style: Samples.terminal(width))
      #expect(Samples.widest(shown) <= width, "\(shown)")
      #expect(Samples.isHarmless(shown))
    }
  }

  @Test func `documents hold the same`() {
    #expect(
      Self.card.markdown == """
        **base: logistic model of fraud**

        - target: fraud
        - features: amount, hour, merchant, city, weekday, and 12 more
        - rows: 7,000 to train on

        > **warning:** \\`id\\` looks like a name of rows, not a feature

        """)
    let html = Card(title: "<t>", lines: [Card.Line("a&b", "c")], warnings: ["w"]).html
    #expect(html.contains("<h3>&lt;t&gt;</h3>") && html.contains("<dt>a&amp;b</dt><dd>c</dd>"))
    #expect(Self.card.table.rowCount == 4)
  }

  @Test func `a page needs nothing else and means its title`() {
    let page = HTMLPage.page(title: "<x>", body: HTMLPage.block("a < b\nc"))
    #expect(page.contains("<title>&lt;x&gt;</title>") && page.contains("<pre>a &lt; b\nc</pre>"))
    #expect(!page.contains("http") && !page.contains("<script"))
  }
}
