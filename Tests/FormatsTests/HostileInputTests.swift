import Columns
import Testing

@testable import Formats

/// Samples with random damage: an answer or an error, never a crash; and no cell is ever lost.
struct HostileInputTests {
  private static let delimited = [
    "a,b,c\n1,\"x, \"\"y\"\"\",2024-01-01\n2,\"two\nlines\",2024-01-02\n3,,\n",
    "id;v\r\n1;1,5\r\n2;\"q\"\r\n", "n\ts\n1\t\"a\n2\tb\"\n", "x\n1\n\n3\n",
    "a|b\n1e5|true\n-0|False\n",
    "t,u\n2024-01-01 10:00:00.5+02:00,ü€😀\n2024-01-01T10:00Z,é\n",
  ]
  private static let json = [
    #"[{"a":1,"b":{"c":[1,2]}},{"a":"x","b":null}]"#, "{\"a\":1}\n{\"a\":2.5,\"b\":\"\\u00e9\"}\n",
    #"{"items":[{"k":true}],"n":1}"#, #"{"a":[1,2],"b":[3,4]}"#,
  ]
  private static let bytes: [UInt8] =
    Array("\",;\n\r\t|'{}[]:0129.eE+-\\u#".utf8) + [0, 0x80, 0xC3, 0xFF]

  private func mutated(_ sample: String, _ random: inout RandomStream) -> [UInt8] {
    var bytes = Array(sample.utf8)
    for _ in 0..<(1 + random.next() % 4) where !bytes.isEmpty {
      let at = Int(random.next() % UInt64(bytes.count))
      let byte = Self.bytes[Int(random.next() % UInt64(Self.bytes.count))]
      switch random.next() % 5 {
      case 0: bytes.remove(at: at)
      case 1: bytes.insert(byte, at: at)
      case 2: bytes[at] = byte
      case 3: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 9)], at: at)
      default: bytes.removeSubrange(at..<min(bytes.count, at + Int(random.next() % 9)))
      }
    }
    return bytes
  }

  @Test func `damaged delimited text is read whole or refused, the same in pieces`() throws {
    var random = RandomStream(seed: 21)
    for number in 0..<3000 {
      let bytes = mutated(Self.delimited[number % Self.delimited.count], &random)
      let path = number % 3 == 2 ? "a.tsv" : "a.csv"
      let whole = Result { try load(bytes: bytes, ["format": .text("csv")], path: path) }
      let cut = Result {
        try load(bytes: bytes, ["format": .text("csv")], path: path, piece: 8, threads: 1)
      }
      switch (whole, cut) {
      case (.success(let a), .success(let b)):
        #expect(a.table == b.table, "\(bytes)")
        #expect(a.notes == b.notes, "\(bytes)")
      case (.failure(let a as DataError), .failure(let b as DataError)):
        #expect(a == b, "\(bytes)")
      default: Issue.record("pieces change the answer: \(whole) \(cut) \(bytes)")
      }
    }
  }

  @Test func `damaged JSON is read or refused`() throws {
    var random = RandomStream(seed: 22)
    for number in 0..<3000 {
      let bytes = mutated(Self.json[number % Self.json.count], &random)
      do {
        let format = number % 2 == 0 ? "json" : "jsonl"
        _ = try load(bytes: bytes, ["format": .text(format)], path: "a.json")
      } catch is DataError {
      } catch { Issue.record("\(error)") }
    }
  }

  @Test func `as many cells are loaded as the byte-by-byte reading finds`() throws {
    var random = RandomStream(seed: 23)
    for number in 0..<1500 {
      let bytes = mutated(Self.delimited[number % 2], &random)
      let options: [String: Value] = [
        "header": .bool(false), "delimiter": .text(number % 2 == 0 ? "," : ";"),
        "quote": .text("\""), "encoding": .text("windows-1252"), "types": .text("text"),
      ]
      guard let table = try? load(bytes: bytes, options).table else { continue }
      // A file without line feeds has carriage returns for line ends; that is another reading.
      if !bytes.contains(0x0A) && bytes.contains(0x0D) { continue }
      // Bytes that are no UTF-8 become several, which changes no cell; a mark at the start goes.
      let dialect = Dialect(delimiter: number % 2 == 0 ? 0x2C : 0x3B)
      let (rows, cells) = Self.count(bytes, dialect, blanksCount: table.columns.count == 1)
      #expect(table.rowCount == rows, "\(bytes)")
      #expect(table.rowCount * table.columns.count == cells, "\(bytes)")
    }
  }

  private static func count(
    _ bytes: [UInt8], _ dialect: Dialect, blanksCount: Bool
  ) -> (rows: Int, cells: Int) {
    var scanner = RecordScanner(dialect)
    var (rows, cells) = (0, 0)
    let padded = bytes + [UInt8](repeating: 0, count: slack)
    padded.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      var at = 0
      while at < bytes.count {
        switch scanner.scan(start, from: at, end: bytes.count, isLast: true) {
        case .record: break
        case .blank where blanksCount && rows > 0: break
        case .blank:
          at = scanner.next
          continue
        default: return
        }
        rows += 1
        cells += scanner.cells.count
        at = scanner.next
      }
    }
    return (rows, cells)
  }
}
