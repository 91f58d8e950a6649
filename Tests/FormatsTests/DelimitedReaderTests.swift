import Columns
import Testing

@testable import Formats

struct DelimitedReaderTests {
  // MARK: Types

  @Test func `each column has the narrowest type of all its cells`() throws {
    let read = try load(
      """
      b,i,n,d,t,s
      true,1,1.5,2024-03-31,2024-03-31 10:00:00,x
      False,-2,2,2024-04-01,2024-03-31T10:00Z,y
      """)
    #expect(read.table.types == [.bool, .int, .number, .date, .time, .text])
    #expect(
      read.table.rows[1] == [
        .bool(false), .int(-2), .number(2), .date(19_814), .time(1_711_879_200_000_000),
        .text("y"),
      ])
    #expect(read.notes.isEmpty)
  }

  @Test func `a type guessed from the beginning gives way to a later cell`() throws {
    let head = "a,b,c,d,e\n"
    let lines = String(repeating: "1,1,1.5,2024-01-01,\n", count: 20_000)
    let read = try load(head + lines + "x,2.5,7,2024-01-01 10:00:00,4\n", piece: 4096, threads: 2)
    #expect(read.table.types == [.text, .number, .number, .text, .int])
    #expect(read.table.rowCount == 20_001)
    #expect(
      read.table.rows[20_000] == [
        .text("x"), .number(2.5), .number(7), .text("2024-01-01 10:00:00"), .int(4),
      ])
    #expect(
      read.table.rows[5] == [.text("1"), .number(1), .number(1.5), .text("2024-01-01"), .null])
    let note = try #require(read.notes.first { $0.column == "a" })
    #expect(note.code == "mixed-text")
    #expect(note.count == 1)
    #expect(note.rows == [20_001])
    #expect(note.values == ["x"])
  }

  @Test func `codes, large and special numbers stay text and the note says why`() throws {
    let read = try load(
      """
      zip,phone,big,mixed,word,money
      007,+49301,9223372036854775808,9007199254740993,1,$5
      123,5,1,0.5,nan,7
      """)
    #expect(read.table.types == [.text, .text, .text, .text, .text, .text])
    #expect(
      read.table.texts[0] == [
        "007", "+49301", "9223372036854775808", "9007199254740993", "1", "$5",
      ])
    func code(_ column: String) -> String? { read.notes.first { $0.column == column }?.code }
    #expect(code("zip") == "leading-zeros")
    #expect(code("big") == "large-integers")
    #expect(code("word") == "mixed-text")
  }

  @Test func `integers of sixty-four bits are exact`() throws {
    let read = try load("a\n9223372036854775807\n-9223372036854775808\n9007199254740993\n")
    #expect(
      read.table.rows == [[.int(.max)], [.int(.min)], [.int(9_007_199_254_740_993)]])
  }

  @Test func `numbers out of a double's range are not rounded to infinity or zero`() throws {
    let read = try load("a,b\n1e400,1e-400\n1,1\n")
    #expect(read.table.types == [.text, .text])
    #expect(read.table.texts[0] == ["1e400", "1e-400"])
  }

  @Test func `blanks around a number do not make it text`() throws {
    let read = try load("a, b\n 1, 2.5\n2 ,3\n")
    #expect(read.table.schema.names == ["a", "b"])
    #expect(read.table.types == [.int, .number])
    #expect(read.codes == ["trimmed-name"])
  }

  @Test func `asked types are kept, and a cell that does not fit is an error`() throws {
    let all = try load("a,b\n1,true\n", ["types": .text("text")])
    #expect(all.table.types == [.text, .text])
    let some = try load(
      "zip,n,c\n1,2,x\n",
      [
        "types": .dictionary([
          .init("zip", .text("text")), .init("n", .text("number")),
          .init("c", .text("category")),
        ])
      ])
    #expect(some.table.types == [.text, .number, .category])
    let error = try #require(
      problem("a,b\n1,1\n2,x\n", ["types": .dictionary([.init("b", .text("int"))])]))
    #expect(error.code == "type-mismatch")
    #expect(error.row == 2)
    #expect(error.column == "b")
    #expect(error.value == "x")
    #expect(
      problem("a\n1\n", ["types": .dictionary([.init("z", .text("int"))])])?.code
        == "column-not-found")
    #expect(
      problem("a\n1\n", ["types": .dictionary([.init("a", .text("float"))])])?.code
        == "unknown-type")
  }

  // MARK: Nulls

  @Test func `only the empty cell is null, and an empty text in quotes is a text`() throws {
    let read = try load("a,b,c\n,\"\",NA\n1,x,NULL\n")
    #expect(read.table.rows[0] == [.null, .text(""), .text("NA")])
    #expect(read.table.types == [.int, .text, .text])
  }

  @Test func `words for null are told, and counted`() throws {
    let read = try load(
      "a,b\n1,NA\nNA,x\n-999,y\n", ["nulls": .list([.text("NA"), .text("-999")])])
    #expect(read.table.types == [.int, .text])
    #expect(read.table.rows.map { $0[0] } == [.int(1), .null, .null])
    #expect(read.table.rows.map { $0[1] } == [.null, .text("x"), .text("y")])
    #expect(read.notes.first { $0.column == "a" }?.count == 2)
  }

  @Test func `an empty cell in quotes is null in a column of numbers, with a note`() throws {
    let read = try load("a,b\n1,\"\"\n2,3\n")
    #expect(read.table.rows == [[.int(1), .null], [.int(2), .int(3)]])
    #expect(read.codes == ["quoted-nulls"])
  }

  @Test func `a column of nulls is text and a column of empty texts too`() throws {
    let read = try load("a,b,c\n1,,\"\"\n2,,\"\"\n")
    #expect(read.table.rows[0] == [.int(1), .null, .text("")])
    #expect(read.table.types == [.int, .text, .text])
    #expect(read.codes == ["all-null"])
  }

  // MARK: Shape

  @Test func `rows of another width are an error that names the line`() throws {
    let short = try #require(problem("a,b,c\n1,2,3\n\"x\ny\",2,3\n4,5\n"))
    #expect(short.code == "ragged-row")
    #expect(short.row == 5)
    let long = try #require(problem("a,b\n1,2,3\n"))
    #expect(long.code == "ragged-row")
    #expect(long.row == 2)
  }

  @Test func `ragged rows are filled when asked, and nothing is dropped`() throws {
    let read = try load("a,b\n1\n2,3,4\n5,6\n", ["ragged": .text("fill")])
    #expect(read.table.schema.names == ["a", "b", "c3"])
    #expect(
      read.table.rows == [
        [.int(1), .null, .null], [.int(2), .int(3), .int(4)], [.int(5), .int(6), .null],
      ])
  }

  @Test func `an unclosed quote and text after a quote are errors with their line`() throws {
    let open = try #require(problem("a,b\n1,2\n3,\"4\n5,6\n"))
    #expect(open.code == "unclosed-quote")
    #expect(open.row == 3)
    let after = try #require(problem("a,b\n1,\"2\"x\n"))
    #expect(after.code == "after-quote")
    #expect(after.row == 2)
  }

  @Test func `blank lines are left out of several columns and are nulls in one`() throws {
    let several = try load("a,b\n1,2\n\n\n3,4\n\n\n")
    #expect(several.table.rowCount == 2)
    #expect(several.notes.first?.count == 2)
    let one = try load("a\n1\n\n2\n\n")
    #expect(one.table.rows == [[.int(1)], [.null], [.int(2)], [.null]])
  }

  @Test func `an empty file, a header alone and a line without its end are tables`() throws {
    #expect(try load("").table.schema.count == 0)
    #expect(try load("\n\n").table.schema.count == 0)
    let header = try load("a,b\n")
    #expect(header.table.schema.names == ["a", "b"])
    #expect(header.table.rowCount == 0)
    #expect(try load("a,b\n1,2").table.rows == [[.int(1), .int(2)]])
    #expect(try load("a,b\n1,").table.rows == [[.int(1), .null]])
    #expect(try load("a\nx").table.rows == [[.text("x")]])
  }

  @Test func `line ends of every kind are line ends`() throws {
    let wanted: [[Value]] = [[.int(1), .text("x\ny")], [.int(2), .text("z")]]
    #expect(try load("a,b\n1,\"x\ny\"\n2,z\n").table.rows == wanted)
    #expect(try load("a,b\r\n1,\"x\ny\"\r\n2,z\r\n").table.rows == wanted)
    #expect(
      try load("a,b\r1,xy\r2,z\r").table.rows == [[.int(1), .text("xy")], [.int(2), .text("z")]])
    #expect(try load("a,b\r\n1,\"x\r\ny\"\r\n").table.rows == [[.int(1), .text("x\r\ny")]])
  }

  @Test func `quotes inside an unquoted cell are characters`() throws {
    let read = try load("a,b\n5\" disk,x\n6,a \"b\" c\n")
    #expect(read.table.texts == [["5\" disk", "x"], ["6", "a \"b\" c"]])
  }

  @Test func `comments, skipped lines and a subset of columns are as asked`() throws {
    let read = try load(
      "made by hand\nsee below\n# note\na,b,c\n1,2,3\n#4,5,6\n7,8,9\n",
      ["skip": .int(2), "comment": .text("#"), "columns": .list([.text("c"), .text("a")])])
    #expect(read.table.schema.names == ["c", "a"])
    #expect(read.table.rows == [[.int(3), .int(1)], [.int(9), .int(7)]])
    #expect(problem("a\n1\n", ["columns": .list([.text("z")])])?.code == "column-not-found")
    #expect(try load("a\n#1\n").table.rows == [[.text("#1")]])
  }

  // MARK: Marks in numbers and dates

  @Test func `decimal commas and grouped digits are read only when asked`() throws {
    let text = "a;b\n1,5;1.234\n-2;1.234.567\n"
    let plain = try load(text)
    #expect(plain.table.types == [.text, .text])
    #expect(plain.notes.map(\.column) == ["a", "b"])
    let asked = try load(text, ["decimal": .text(","), "thousands": .text(".")])
    #expect(asked.table.rows == [[.number(1.5), .int(1234)], [.number(-2), .int(1_234_567)]])
    let wrong = try load("a;b\n1,23;1\n", ["thousands": .text(","), "delimiter": .text(";")])
    #expect(wrong.table.types == [.text, .int])
  }

  @Test func `dates that can be read in two ways stay text and the note names the option`() throws {
    let text = "d,t\n03/04/2024,03/04/2024 10:00\n13/04/2024,13/04/2024 11:00\n"
    let plain = try load(text)
    #expect(plain.table.types == [.text, .text])
    #expect(plain.notes.first?.code == "ambiguous-dates")
    #expect(plain.notes.first?.message.contains("day_first") == true)
    let asked = try load(text, ["dates": .text("day_first")])
    #expect(asked.table.types == [.date, .time])
    #expect(asked.table.texts[0] == ["2024-04-03", "2024-04-03T10:00:00Z"])
  }

  @Test func `times finer than a microsecond are cut with a note`() throws {
    let read = try load("t\n2024-01-01 00:00:00.1234567\n")
    #expect(read.table.types == [.time])
    #expect(read.codes == ["times-cut"])
  }

  // MARK: Text

  @Test func `few distinct texts are numbered and many are not`() throws {
    let lines = (0..<500).map { "\($0 % 3 == 0 ? "red" : "blue"),name \($0)" }
    let read = try load("color,name\n" + lines.joined(separator: "\n"))
    guard case .text(let colors)? = read.table["color"], case .codes = colors.rows,
      case .text(let names)? = read.table["name"], case .pieces = names.rows
    else {
      Issue.record("the texts are not kept as they should be")
      return
    }
    #expect(colors.heap.count == 2)
    #expect(colors.heap.isDistinct)
    #expect(names[499] == "name 499")
    #expect(colors[3] == "red")
  }

  @Test func `texts of every length are told apart`() throws {
    let texts = (0..<40).flatMap { length in
      ["", "a", "b"].map { String(repeating: "x", count: length) + $0 + "tail of the text" }
    }
    let lines = (texts + texts + texts).map { "1,\($0)" }
    let read = try load("n,s\n" + lines.joined(separator: "\n"), piece: 512, threads: 2)
    #expect(read.table.texts.map { $0[1] } == texts + texts + texts)
  }

  // MARK: Answers do not depend on the cutting

  @Test(arguments: [16, 64, 100, 333, 5000]) func `pieces of any size give the same table`(
    piece: Int
  )
    throws
  {
    let text = Self.mixedText(rows: 300)
    let whole = try load(text)
    for threads in [1, 2] {
      let cut = try load(text, piece: piece, threads: threads)
      #expect(cut.table == whole.table)
      #expect(cut.notes == whole.notes)
      #expect(cut.table.lineage == whole.table.lineage)
    }
  }

  static func mixedText(rows: Int) -> String {
    var random = RandomStream(seed: 9)
    var text = "id,amount,note,when,flag,code\n"
    for row in 0..<rows {
      let note =
        switch random.next() % 5 {
        case 0: "\"late, \"\"very\"\" late\""
        case 1: "\"two\nlines\""
        case 2: ""
        case 3: "plain"
        default: "ünïcode \(random.next() % 1000)"
        }
      let amount = random.next() % 7 == 0 ? "" : "\(Double(random.next() % 100_000) / 100)"
      text += "\(row),\(amount),\(note),2024-01-0\(1 + random.next() % 9),"
      text += "\(random.next() % 2 == 0),\(row == rows - 1 ? "x1" : "\(random.next() % 50)")\n"
    }
    return text
  }
}
