import Columns
import Testing

@testable import Formats

struct JSONReaderTests {
  private func json(_ text: String, _ options: [String: Value] = [:]) throws -> ReadResult {
    try load(text, options, path: "text.json")
  }

  @Test func `an array of objects is a table with the names in the order first seen`() throws {
    let read = try json(#"[{"b":1,"a":true},{"a":null,"c":"2024-01-01","b":2.5}, {}]"#)
    #expect(read.table.schema.names == ["b", "a", "c"])
    #expect(read.table.types == [.number, .bool, .date])
    #expect(
      read.table.rows == [
        [.number(1), .bool(true), .null], [.number(2.5), .null, .date(19_723)],
        [.null, .null, .null],
      ])
    #expect(read.format == "json")
  }

  @Test func `inner objects are columns of their own`() throws {
    let read = try json(#"[{"a":{"b":{"c":1},"d":"x"}},{"a":{"d":"y"}},{"a":5},{"a":{}}]"#)
    #expect(read.table.schema.names == ["a.b.c", "a.d", "a"])
    #expect(read.table.texts.map { $0[2] } == ["", "", "5", "{}"])
  }

  @Test func `arrays of numbers are vectors, other arrays their text`() throws {
    let read = try json(#"[{"v":[1,2.5],"w":[1,2],"m":[1, "x"]},{"v":[3,4],"w":[1],"m":"t"}]"#)
    #expect(read.table.types == [.vector, .text, .text])
    #expect(read.table.rows[0][0] == .vector([1, 2.5]))
    #expect(read.table.texts.map { $0[2] } == [#"[1,"x"]"#, "t"])
    #expect(read.notes.filter { $0.code == "mixed-values" }.count == 2)
  }

  @Test func `numbers that would change are text with a note`() throws {
    let read = try json(
      #"[{"a":9223372036854775807,"b":9223372036854775808,"c":1e400,"d":9007199254740993},"#
        + #"{"a":1,"b":1,"c":1,"d":0.5}]"#)
    #expect(read.table.types == [.int, .text, .text, .text])
    #expect(
      read.table.texts[0] == [
        "9223372036854775807", "9223372036854775808", "1e400", "9007199254740993",
      ])
    #expect(read.codes == ["large-integers", "large-integers", "large-integers"])
  }

  @Test func `a name given twice keeps its last value, with a note`() throws {
    let read = try json(#"[{"a":1,"a":2}]"#)
    #expect(read.table.rows == [[.int(2)]])
    #expect(read.notes.map(\.code) == ["duplicate-keys"])
    #expect(read.notes[0].rows == [1])
  }

  @Test func `objects of columns, of records and single ones are tables`() throws {
    let columns = try json(#"{"a":[1,2],"b":["x",null]}"#)
    #expect(columns.table.rows == [[.int(1), .text("x")], [.int(2), .null]])
    let records = try json(#"{"count":1,"items":[{"a":1}],"tags":[1]}"#)
    #expect(records.table.rows == [[.int(1)]])
    #expect(records.codes == ["other-members"])
    let deep = try json(#"{"x":{"y":[{"a":1},{"a":2}]}}"#, ["path": .text("x.y")])
    #expect(deep.table.rowCount == 2)
    let one = try json(#"{"a":1,"b":{"c":"x"}}"#)
    #expect(one.table.rows == [[.int(1), .text("x")]])
    let scalars = try json("[1, 2, null]", ["format": .text("json")])
    #expect(scalars.table.rows == [[.int(1)], [.int(2)], [.null]])
    let rows = try json("[[1,\"a\"],[2,\"b\"]]")
    #expect(rows.table.schema.names == ["c1", "c2"])
    #expect(try json("[]").table.rowCount == 0)
    #expect(problem(#"{"a":1}"#, ["path": .text("b")], path: "a.json")?.code == "path-not-found")
  }

  @Test func `lines of JSON are rows, in pieces of any size`() throws {
    let lines = (0..<50).map { #"{"i":\#($0),"s":"a\nb","only\#($0 % 7)":1}"# }
    let text = lines.joined(separator: "\n") + "\n\n"
    let whole = try load(text, path: "a.jsonl")
    #expect(whole.table.rowCount == 50)
    #expect(whole.format == "jsonl")
    for piece in [1, 50, 333] {
      let cut = try load(text, path: "a.jsonl", piece: piece, threads: 2)
      #expect(cut.table == whole.table)
    }
    let error = try #require(problem("{\"a\":1}\n{\"a\":}\n", path: "a.jsonl"))
    #expect(error.message.hasPrefix("line 2, column 6"))
  }

  @Test func `types, nulls and columns can be asked for`() throws {
    let text = #"[{"a":"1","b":"NA","c":1},{"a":"2","b":"x","c":2}]"#
    let read = try json(
      text,
      [
        "types": .dictionary([.init("a", .text("int"))]), "nulls": .list([.text("NA")]),
        "columns": .list([.text("b"), .text("a")]),
      ])
    #expect(read.table.rows == [[.null, .int(1)], [.text("x"), .int(2)]])
    #expect(
      problem(text, ["types": .dictionary([.init("b", .text("int"))])], path: "a.json")?.code
        == "type-mismatch")
    #expect(try json(text, ["types": .text("text")]).table.types == [.text, .text, .text])
  }

  @Test func `names without end are refused before they fill the memory`() {
    let lines = (0..<9000).map { "{\"k\($0)\":1}" }
    #expect(problem(lines.joined(separator: "\n"), path: "a.jsonl")?.code == "too-many-columns")
  }

  @Test func `an option of another format is refused`() {
    #expect(
      problem("[{\"a\":1}]", ["delimiter": .text(";")], path: "a.json")?.code == "option-not-used")
  }
}
