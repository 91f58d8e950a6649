import Columns
import Testing

@testable import Formats

struct TextSourceTests {
  private let text = "name,n\nzoë €,1\n😀,2\n"
  private let rows: [[Value]] = [[.text("zoë €"), .int(1)], [.text("😀"), .int(2)]]

  private func utf16(_ text: String, big: Bool, mark: Bool) -> [UInt8] {
    ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
      let high = UInt8(unit >> 8)
      let low = UInt8(unit & 0xFF)
      return big ? [high, low] : [low, high]
    }
  }

  @Test func `a byte order mark is no part of the first name`() throws {
    let read = try load(bytes: [0xEF, 0xBB, 0xBF] + Array(text.utf8))
    #expect(read.table.schema.names == ["name", "n"])
    #expect(read.table.rows == rows)
    #expect(read.notes.isEmpty)
  }

  @Test(arguments: [true, false], [true, false])
  func `UTF-16 is found with and without its mark`(big: Bool, mark: Bool) throws {
    let read = try load(
      bytes: utf16(text + String(repeating: "x,3\n", count: 9), big: big, mark: mark))
    #expect(read.table.rows.prefix(2) == rows[...])
    #expect(read.codes == ["encoding"])
  }

  @Test func `damaged UTF-16 is refused`() {
    #expect(throws: DataError.self) {
      try load(bytes: [0xFF, 0xFE, 0x61, 0x00, 0x00, 0xD8, 0x61, 0x00])
    }
    #expect(throws: DataError.self) { try load(bytes: [0xFF, 0xFE, 0x61]) }
  }

  @Test func `text that is not UTF-8 is read as Windows-1252 and said so`() throws {
    let bytes = Array("name,n\ncaf".utf8) + [0xE9, 0x2C, 0x31, 0x0A, 0x80, 0x2C, 0x32, 0x0A]
    let read = try load(bytes: bytes)
    #expect(read.table.texts == [["café", "1"], ["€", "2"]])
    #expect(read.codes == ["encoding"])
    #expect(read.notes.first?.rows == [2])
    #expect(read.table.lineage?.source == Fingerprint.combined([hash(bytes)], count: bytes.count))
  }

  private func hash(_ bytes: [UInt8]) -> UInt64 {
    (bytes + [UInt8](repeating: 0, count: slack)).withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { Fingerprint.ofBlock($0, bytes.count) } ?? 0
    }
  }

  @Test func `a broken byte in UTF-8 is an error, not a reason to misread the rest`() throws {
    let bytes = Array("name\nzoë\nä\nö\n".utf8) + [0xFF, 0x0A]
    let error = try #require(throws: DataError.self) { try load(bytes: bytes) }
    #expect(error.code == "encoding")
    #expect(error.row == 5)
  }

  @Test func `characters that are cut by the pieces are whole`() throws {
    let text = "s,n\n" + (0..<60).map { "ü€😀ü€😀,\($0)\n" }.joined()
    for piece in 60...70 {
      #expect(try load(text, piece: piece).table.rowCount == 60)
    }
  }

  @Test(
    arguments: [
      [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xE2, 0x82],
      [0xF0, 0x80, 0x80, 0x80],
    ] as [[UInt8]])
  func `overlong, cut and forbidden sequences are no UTF-8`(bytes: [UInt8]) {
    let padded = bytes + [UInt8](repeating: 0, count: slack)
    let check = padded.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map {
        Unicode.check($0, bytes.count, available: bytes.count, isFirst: true)
      }
    }
    #expect(check?.broken ?? 0 > 0)
  }
}
