import Columns
import Rendering
import Testing
import Text

struct MachineFormatTests {
  private static let few = Samples.orders.slice(1..<4).selecting([
    "order_id", "ordered_at", "amount", "status",
  ])

  @Test func `CSV tells null from empty text and holds all digits`() {
    #expect(
      MachineFormat.csv.text(Self.few) == """
        order_id,ordered_at,amount,status
        1002,2024-01-02T10:06:00Z,1234.567,""
        1003,,1.234e-05,
        1004,1970-01-01T00:01:00Z,,returned because of a broken lid

        """)
  }

  @Test func `CSV and TSV quote what would be read as something else`() {
    let table = Table([
      ("a,b", .text(TextValues(["x\ty", "say \"hi\"", " blank", "line\nbreak"]))),
      ("c", .text(TextValues(["1,5", "plain", "cr\r", "é"]))),
    ])
    #expect(
      MachineFormat.csv.text(table)
        == "\"a,b\",c\nx\ty,\"1,5\"\n\"say \"\"hi\"\"\",plain\n\" blank\",\"cr\r\"\n\"line\nbreak\",é\n"
    )
    #expect(
      MachineFormat.tsv.text(table)
        == "a,b\tc\n\"x\ty\"\t1,5\n\"say \"\"hi\"\"\"\tplain\n\" blank\"\t\"cr\r\"\n\"line\nbreak\"\té\n"
    )
  }

  @Test func `JSON is one line of row objects`() throws {
    let text = MachineFormat.json.text(Self.few)
    #expect(
      text
        == #"[{"order_id":1002,"ordered_at":"2024-01-02T10:06:00Z","amount":1234.567,"status":""},{"order_id":1003,"ordered_at":null,"amount":1.234e-05,"status":null},{"order_id":1004,"ordered_at":"1970-01-01T00:01:00Z","amount":null,"status":"returned because of a broken lid"}]"#
        + "\n")
    let node = try JSONReader.read(text)
    #expect(node[0]?["amount"] == .number(1234.567))
  }

  @Test func `JSON lines hold an object each`() throws {
    let lines = Samples.lines(MachineFormat.jsonl.text(Samples.orders))
    #expect(lines.count == 5 && lines[4].isEmpty)
    let node = try JSONReader.read(lines[3])
    #expect(node.names == Samples.orders.schema.names)
    #expect(node["paid"] == .bool(true))
    #expect(node["v"]?[4] == .number(1.9))
    #expect(node["took"] == .string("-1s"))
  }

  @Test(arguments: Samples.naughty)
  func `any text survives JSON`(text: String) throws {
    let table = Table([(text, .text(TextValues([text])))])
    let written = MachineFormat.json.text(table)
    #expect(
      written.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0a } && Samples.lines(written).count == 2)
    #expect(try JSONReader.read(written)[0]?[text] == .string(text))
    for format in MachineFormat.allCases where format != .csv && format != .tsv {
      #expect(!format.text(table).contains("\u{1b}"))
    }
  }

  @Test func `any number survives JSON`() throws {
    var random = RandomStream(seed: 3)
    var values = (0..<200).map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite)
    values += [0, -0.0, 1, 0.1, 100, 1e21, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
    let table = Samples.numbers(values)
    guard case .array(let rows) = try JSONReader.read(MachineFormat.json.text(table)) else {
      Issue.record("no array")
      return
    }
    for (row, value) in zip(rows, values) { #expect(row["x"] == .number(value)) }
  }

  @Test func `numbers that are not finite are null in JSON and named in CSV`() {
    let table = Samples.numbers([.nan, .infinity, -.infinity, nil])
    #expect(
      MachineFormat.json.text(table) == "[{\"x\":null},{\"x\":null},{\"x\":null},{\"x\":null}]\n")
    #expect(MachineFormat.csv.text(table) == "x\nnan\ninf\n-inf\n\n")
  }

  @Test func `Markdown means its text`() {
    let table = Table([
      ("a|b", .text(TextValues(["*x*", "snake_case _em_", "<b>&", "", nil, "two\nlines"]))),
      ("n", .number(Values([1, 0.123_456_789, 2, 3, 4, 5]))),
    ])
    #expect(
      MachineFormat.markdown.text(table) == #"""
        | a\|b | n |
        |---|---:|
        | \*x\* | 1 |
        | snake_case \_em\_ | 0.123457 |
        | &lt;b&gt;&amp; | 2 |
        | "" | 3 |
        | *null* | 4 |
        | two\\nlines | 5 |

        """#)
  }

  @Test func `HTML means its text`() {
    let table = Table([
      ("<a>", .text(TextValues(["<script>alert('x')</script>", nil]))),
      ("n", .int(Values([1, 2]))),
    ])
    #expect(
      MachineFormat.html.text(table) == """
        <table>
        <thead><tr><th>&lt;a&gt;<br><small>&lt;text&gt;</small></th><th class="number">n<br><small>&lt;int&gt;</small></th></tr></thead>
        <tbody>
        <tr><td>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;</td><td class="number">1</td></tr>
        <tr><td><i class="null">null</i></td><td class="number">2</td></tr>
        </tbody>
        </table>

        """)
  }

  @Test func `tables without rows or columns are written too`() throws {
    let noRows = Samples.orders.slice(0..<0)
    #expect(MachineFormat.json.text(noRows) == "[]\n")
    #expect(MachineFormat.jsonl.text(noRows).isEmpty)
    #expect(MachineFormat.csv.text(noRows.selecting(["paid"])) == "paid\n")
    #expect(MachineFormat.json.text(Table([], rowCount: 2)) == "[{},{}]\n")
    #expect(MachineFormat.html.text(Table([], rowCount: 1)).contains("<tr></tr>"))
  }

  @Test func `the pieces of a long table make up the whole`() throws {
    let count = 20_000
    let table = Table([("n", .int(Values((0..<count).map { Int64($0) })))])
    for format in MachineFormat.allCases {
      var pieces: [[UInt8]] = []
      format.write(table) { pieces.append($0) }
      #expect(pieces.count > 2 && Array(pieces.joined()) == format.encode(table))
    }
    let json = MachineFormat.json.text(table)
    #expect(json.hasPrefix("[{\"n\":0},{\"n\":1},") && json.hasSuffix(",{\"n\":19999}]\n"))
    #expect(Samples.lines(json).count == 2)
    #expect(Samples.lines(MachineFormat.jsonl.text(table)).count == count + 1)
  }

  @Test func `a slice is written as itself`() {
    let all = MachineFormat.jsonl.text(Samples.orders).split(separator: "\n")
    for from in 0..<4 {
      for to in from...4 {
        let part = MachineFormat.jsonl.text(Samples.orders.slice(from..<to)).split(separator: "\n")
        #expect(part == Array(all[from..<to]))
      }
    }
  }
}
