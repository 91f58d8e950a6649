import Columns
import Testing

@testable import Formats

struct SnifferTests {
  @Test(arguments: [",", ";", "\t", "|"]) func `the delimiter is found`(delimiter: String) throws {
    let rows = [["name", "n", "when"], ["a", "1", "2024-01-01"], ["b b", "2", "2024-01-02"]]
    let read = try load(rows.map { $0.joined(separator: delimiter) }.joined(separator: "\n"))
    #expect(read.table.schema.names == ["name", "n", "when"])
    #expect(read.table.types == [.text, .int, .date])
  }

  @Test func `other delimiters and quotes are taken when asked`() throws {
    let read = try load("a b\n1 2\n", ["delimiter": .text(" ")])
    #expect(read.table.rows == [[.int(1), .int(2)]])
    let colon = try load("a:b\n$x:y$:2\n", ["delimiter": .text(":"), "quote": .text("$")])
    #expect(colon.table.rows == [[.text("x:y"), .int(2)]])
    let none = try load("a,b\n\"1,2\"\n", ["quote": .text("none")])
    #expect(none.table.texts == [["\"1", "2\""]])
    #expect(problem("a\n", ["delimiter": .text(";;")])?.code == "option-value")
  }

  @Test func `single quotes around cells are found`() throws {
    let read = try load("a,b\n'x, y',1\n'z',2\n")
    #expect(read.table.texts == [["x, y", "1"], ["z", "2"]])
    let word = try load("a,b\n'tis,1\ndon't,2\n")
    #expect(word.table.texts == [["'tis", "1"], ["don't", "2"]])
  }

  @Test func `quotes in a file with tabs that do not enclose cells are characters`() throws {
    let read = try load("ham\t\"hello\" you\nham\t\"open\nspam\tok\n", path: "sms.tsv")
    #expect(read.table.texts == [["ham", "\"hello\" you"], ["ham", "\"open"], ["spam", "ok"]])
    #expect(read.codes == ["literal-quotes", "no-header"])
    let paired = try load("a\tb\n1\t\"x\n2\ty\"\n3\tz\n", path: "paired.tsv")
    #expect(paired.table.rowCount == 3)
    let quoted = try load("a\tb\n1\t\"x\ny\"\n2\tz\n", path: "quoted.tsv")
    #expect(quoted.table.texts == [["1", "x\ny"], ["2", "z"]])
  }

  @Test func `quotes that turn out to be characters far into a file with tabs change nothing`()
    throws
  {
    let lines = String(repeating: "1\tplain words of some length\n", count: 12_000)
    let read = try load("n\ts\n" + lines + "2\t\"open\n3\tx\n", path: "late.tsv", piece: 4096)
    #expect(read.table.rowCount == 12_002)
    #expect(read.codes == ["literal-quotes"])
  }

  @Test func `one column needs no delimiter`() throws {
    let read = try load("name\nx y\nz\n")
    #expect(read.table.texts == [["x y"], ["z"]])
  }
}
