import Columns
import Testing

@testable import Formats

struct FormatCatalogTests {
  @Test func `every format file is listed, and every listed format has its file`() throws {
    let tests = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let files = try SourceOpening.paths("/\(tests)/Sources/Formats/Kinds/*.swift").map { path in
      String(path.split(separator: "/").last?.dropLast(6) ?? "")
    }
    let listed = FormatCatalog.all.map { String(describing: $0) }
    #expect(Set(files) == Set(listed))
  }

  @Test func `names and endings are unique, summaries short`() {
    let names = FormatCatalog.all.flatMap { $0.names }
    #expect(Set(names).count == names.count)
    let endings = FormatCatalog.all.flatMap { $0.endings }
    #expect(Set(endings).count == endings.count)
    for format in FormatCatalog.all {
      #expect(!format.summary.hasSuffix(".") && format.summary.count < 80)
    }
  }

  @Test func `parameters are named once`() {
    for parameters in [FormatCatalog.readParameters, FormatCatalog.writeParameters] {
      let names = parameters.map(\.name)
      #expect(Set(names).count == names.count)
    }
  }

  @Test func `each format recognises its own bytes whatever the file is called`() throws {
    let table = Table([("a", .int(Values([1, 2]))), ("b", .text(TextValues(["x", "y"])))])
    for format in FormatCatalog.all {
      let bytes = try Writer.encode(table, format: format.names[0])
      let read = try load(bytes: bytes, path: "data")
      #expect(read.format == format.names[0])
      #expect(read.table == table)
    }
  }

  @Test func `content counts before the ending, and the ending before a guess`() throws {
    #expect(try load("[{\"a\":1}]", path: "a.csv").format == "json")
    #expect(try load("{\"a\":1}\n{\"a\":2}\n", path: "a.json").format == "jsonl")
    #expect(try load("a\tb\n1\t2\n", path: "a.csv").table.schema.names == ["a", "b"])
    #expect(try load("a,b\n1,2\n", path: "a.tsv").table.schema.names == ["a", "b"])
    #expect(try load("{\"a\":1}", path: "a.jsonl").format == "jsonl")
  }
}
