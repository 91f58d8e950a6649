import Columns
import Glibc
import Testing

@testable import Formats

struct WriterTests {
  private static let table = Table([
    ("bool", .bool(Values([true, false, true], valid: [true, true, false]))),
    ("int", .int(Values([1, -2, 3], valid: [true, true, false]))),
    ("number", .number(Values([1, 0.1, -2.5e300], valid: [true, true, true]))),
    ("a text, \"quoted\"", .text(TextValues(["x,y", "", nil]))),
    ("lines", .text(TextValues(["one\ntwo", "\"", " blank"]))),
    ("date", .date(Values([0, 19_814, 0], valid: [true, true, false]))),
    ("time", .time(Values([0, 1_711_879_200_500_000, -1]))),
  ])

  @Test(arguments: ["csv", "tsv", "json", "jsonl"])
  func `what is written reads as the same table`(format: String) throws {
    let bytes = try Writer.encode(Self.table, format: format)
    let read = try load(bytes: bytes, path: "a." + format)
    #expect(read.table == Self.table)
    #expect(read.format == format)
  }

  @Test func `the text of each format is as expected`() throws {
    let table = Table([
      ("n", .number(Values([1, 2], valid: [true, false]))), ("s", .text(TextValues(["", "a\"b"]))),
      ("v", .vector(VectorValues(width: 2, elements: [1, 0.5, 2, 3], count: 2))),
    ])
    func text(_ format: String) throws -> String {
      String(decoding: try Writer.encode(table, format: format), as: UTF8.self)
    }
    #expect(try text("csv") == "n,s,v\n1.0,\"\",\"[1.0,0.5]\"\n,\"a\"\"b\",\"[2.0,3.0]\"\n")
    #expect(
      try text("json")
        == "[\n{\"n\":1.0,\"s\":\"\",\"v\":[1.0,0.5]},\n{\"n\":null,\"s\":\"a\\\"b\",\"v\":[2.0,3.0]}\n]\n"
    )
    #expect(try Writer.encode(table.slice(0..<0), format: "json") == Array("[]\n".utf8))
  }

  @Test(arguments: ["csv", "jsonl"])
  func `random doubles come back with the same bits`(format: String) throws {
    var random = RandomStream(seed: 1)
    let values = (0..<20_000).map { _ in Double(bitPattern: random.next()) }
      .filter { $0.isFinite }
    let bytes = try Writer.encode(Table([("x", .number(Values(values)))]), format: format)
    guard case .number(let read)? = try load(bytes: bytes, path: "a." + format).table["x"] else {
      Issue.record("not read as numbers")
      return
    }
    #expect(read.elements.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test func `naughty texts come back as they were`() throws {
    let texts = [
      "\u{1B}[31mred", "\u{0}", "\u{FEFF}x", "=cmd|' /C calc'!A0", "\u{202E}abc", "’;--", "\r\n",
      "\r",
      "\u{2028}", "NULL", "nan", "\t", "\"\"", "\\N", "𐀀", "a\u{301}",
    ]
    let table = Table([
      ("id", .int(Values((0..<16).map { Int64($0) }))), ("s", .text(TextValues(texts))),
    ])
    for format in ["csv", "tsv", "json", "jsonl"] {
      let bytes = try Writer.encode(table, format: format)
      #expect(try load(bytes: bytes, path: "a." + format).table == table, "\(format)")
    }
  }

  @Test func `a write that fails leaves the old file and nothing beside it`() throws {
    let folder = TemporaryFolder()
    let path = folder.write("old", to: "a.csv")
    struct Broken: Error {}
    #expect(throws: Broken.self) {
      try Writer.replace(path) { descriptor in
        _ = [UInt8](repeating: 1, count: 10).withUnsafeBytes {
          write(descriptor, $0.baseAddress, 10)
        }
        throw Broken()
      }
    }
    #expect(folder.names == ["a.csv"])
    #expect(try Shared.bytes(path) == Array("old".utf8))
    try Writer.write(Self.table, path: path)
    #expect(folder.names == ["a.csv"])
    #expect(try load(bytes: Shared.bytes(path)).table == Self.table)
    var status = stat()
    stat(path, &status)
    #expect(status.st_mode & 0o777 == 0o644)
  }

  @Test func `a format that cannot be known is an error`() {
    #expect(
      (#expect(throws: DataError.self) { try Writer.write(Self.table, path: "/tmp/x.unknown") })?
        .code == "unknown-format")
    #expect(
      (#expect(throws: DataError.self) { try Writer.encode(Self.table, format: "xls") })?.code
        == "unknown-format")
    #expect(
      (#expect(throws: DataError.self) {
        try Writer.write(Self.table, path: "/no/such/folder/a.csv")
      })?.code == "file-unwritable")
  }
}
