import CZlib
import Columns
import Glibc
import Testing

@testable import Formats

struct ReaderTests {
  private func read(_ path: String, _ options: [String: Value] = [:]) throws -> ReadResult {
    let settings = Settings(options, of: FormatCatalog.readParameters)
    return try Reader.read(
      ReadRequest(path: path, settings: settings), workers: Workers(threads: 2))
  }

  private func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
      &stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + 1000)
    let used = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target -> Int in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        deflate(&stream, Z_FINISH)
        return Int(stream.total_out)
      }
    }
    return Array(output.prefix(used))
  }

  @Test func `a large file is read by position as a small one is from memory`() throws {
    let folder = TemporaryFolder()
    let text = DelimitedReaderTests.mixedText(rows: 120_000)
    let path = folder.write(text, to: "big.csv")
    #expect(text.utf8.count > SourceOpening.small)
    let fromFile = try read(path)
    let fromMemory = try load(text, path: path)
    #expect(fromFile.table == fromMemory.table)
    #expect(fromFile.table.lineage == fromMemory.table.lineage)
    #expect(fromFile.bytes == text.utf8.count)
    #expect(try Reader.fingerprint(path, workers: .serial) == fromFile.table.lineage?.source)
    let head = try Reader.inspect(ReadRequest(path: path), workers: .serial)
    #expect(!head.isExact)
    #expect(head.schema.names == fromFile.table.schema.names)
    #expect(head.schema.type(of: "code") == .int)
    #expect(fromFile.table.schema.type(of: "code") == .text)
  }

  @Test func `a small file is inspected whole`() throws {
    let folder = TemporaryFolder()
    let path = folder.write("a,b\n1,x\n", to: "a.csv")
    let head = try Reader.inspect(ReadRequest(path: path), workers: .serial)
    #expect(head.isExact)
    #expect(head.schema == Schema([Field("a", .int), Field("b", .text)]))
  }

  @Test func `the beginning of a large JSON file is inspected`() throws {
    let folder = TemporaryFolder()
    let rows = (0..<60_000).map {
      "{\"i\":\($0),\"text\":\"\(String(repeating: "x", count: 60))\"}"
    }
    let array = folder.write("[" + rows.joined(separator: ",\n") + "]", to: "a.json")
    let lines = folder.write(rows.joined(separator: "\n"), to: "a.jsonl")
    for path in [array, lines] {
      let head = try Reader.inspect(ReadRequest(path: path), workers: .serial)
      #expect(!head.isExact)
      #expect(head.schema == Schema([Field("i", .int), Field("text", .text)]))
    }
  }

  @Test func `gzip is unpacked, members one after the other`() throws {
    let folder = TemporaryFolder()
    let both = gzip(Array("a,b\n1,2\n".utf8)) + gzip(Array("3,4\n".utf8)) + [0, 0, 0]
    let path = folder.write(both, to: "a.csv.gz")
    #expect(try read(path).table.rows == [[.int(1), .int(2)], [.int(3), .int(4)]])
    let cut = folder.write(Array(both.prefix(20)), to: "cut.csv.gz")
    #expect((#expect(throws: DataError.self) { try read(cut) })?.code == "gzip-damaged")
    let bad = folder.write(both + [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], to: "bad.csv.gz")
    #expect((#expect(throws: DataError.self) { try read(bad) })?.code == "gzip-damaged")
  }

  @Test func `what unpacks to hundreds of times its size is refused in time`() {
    let bomb = ByteStore(gzip([UInt8](repeating: 0x61, count: 4 << 20)))
    let error = #expect(throws: DataError.self) {
      try Gzip.unpack(bomb, path: "a.gz", harmless: 1 << 20, workers: .serial)
    }
    #expect(error?.code == "gzip-bomb")
    #expect(throws: Never.self) { try Gzip.unpack(bomb, path: "a.gz", workers: .serial) }
  }

  @Test func `files of a pattern are one table, in the order of their names`() throws {
    let folder = TemporaryFolder()
    _ = folder.write("id,v,w\n3,x,\n", to: "2024-10.csv")
    _ = folder.write("id,v,w\n1,7,\n", to: "2024-02.csv")
    _ = folder.write("w,id,v\n5,2.5,8\n", to: "2024-03.csv")
    _ = folder.write("junk", to: "other.txt")
    let result = try read(folder.path + "/2024-*.csv", ["source": .bool(true)])
    #expect(result.table.schema.names == ["id", "v", "w", "source"])
    #expect(result.table.types == [.number, .text, .int, .text])
    #expect(
      result.table.rows.map { Array($0.prefix(3)) } == [
        [.number(1), .text("7"), .null], [.number(2.5), .text("8"), .int(5)],
        [.number(3), .text("x"), .null],
      ])
    #expect(result.table.texts[2][3].hasSuffix("/2024-10.csv"))
    #expect(result.table.lineage?.rows == .range(0..<3))
    _ = folder.write("id,z\n1,2\n", to: "2024-11.csv")
    let error = #expect(throws: DataError.self) { try read(folder.path + "/2024-*.csv") }
    #expect(error?.code == "schema-mismatch")
    #expect(
      (#expect(throws: DataError.self) { try read(folder.path + "/no*") })?.code == "file-not-found"
    )
  }

  @Test func `pipes are read to their end`() throws {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    let text = Array("a,b\n1,2\n".utf8)
    _ = text.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) }
    close(ends[1])
    defer { close(ends[0]) }
    #expect(try read("/dev/fd/\(ends[0])").table.rows == [[.int(1), .int(2)]])
  }

  @Test func `files that are missing, folders and addresses are told apart`() throws {
    let folder = TemporaryFolder()
    #expect(
      (#expect(throws: DataError.self) { try read(folder.path + "/no.csv") })?.code
        == "file-not-found")
    #expect((#expect(throws: DataError.self) { try read(folder.path) })?.code == "file-is-folder")
    #expect(
      (#expect(throws: DataError.self) { try read("https://a.b/c.csv") })?.code == "no-network")
    let binary = folder.write(
      [0x7F, 0x45, 0x4C, 0x46] + [UInt8](repeating: 0, count: 99), to: "a.bin")
    #expect((#expect(throws: DataError.self) { try read(binary) })?.code == "unknown-format")
  }

  @Test func `a file that changes while it is read is an error`() throws {
    let folder = TemporaryFolder()
    let path = folder.write([UInt8](repeating: 0x61, count: 100_000), to: "a.csv")
    func file() throws -> OpenFile {
      let descriptor = open(path, O_RDWR)
      var status = stat()
      fstat(descriptor, &status)
      return OpenFile(descriptor: descriptor, path: path, status: status)
    }
    let shrunk = try file()
    truncate(path, 50_000)
    #expect((#expect(throws: DataError.self) { try shrunk.whole() })?.code == "file-changed")
    let grown = try file()
    truncate(path, 60_000)
    #expect((#expect(throws: DataError.self) { try grown.whole() })?.code == "file-changed")
    let vanished = try file()
    unlink(path)
    // Its content is still there and whole.
    #expect(try vanished.whole().count == 60_000)
  }

  @Test func `cancelling ends the reading`() {
    let workers = Workers(threads: 2)
    workers.cancellation.cancel()
    #expect(throws: Cancelled.self) {
      try Reader.read(
        bytes: Array("a,b\n1,2\n".utf8), path: "a.csv",
        settings: Settings(of: FormatCatalog.readParameters), workers: workers)
    }
  }

  @Test func `the lineage names the content and the rows`() throws {
    let one = try load("a\n1\n2\n").table.lineage
    #expect(one?.rows == .range(0..<2))
    #expect(try load("a\n1\n2\n", path: "other.csv").table.lineage == one)
    #expect(try load("a\n1\n3\n").table.lineage?.source != one?.source)
  }
}
