import CZlib
import Columns

/// Unpacks gzip, members one after the other.
enum Gzip {
  static func isGzip(_ head: [UInt8]) -> Bool { head.starts(with: [0x1F, 0x8B, 0x08]) }

  /// Text that shrinks two hundredfold is not a table but an attack; up to this size nobody cares.
  static let harmless = 256 << 20
  static let ratio = 200

  /// All bytes, or the first `most` of them; the second answer says whether these were all.
  static func unpack(
    _ store: ByteStore, path: String, most: Int = .max, harmless: Int = harmless,
    workers: Workers
  ) throws -> (HeldBytes, isWhole: Bool) {
    var stream = z_stream()
    // 15 window bits, and 16 for the gzip wrapper.
    guard
      inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw DataError("gzip-damaged", "\(path) cannot be unpacked: no memory") }
    defer { inflateEnd(&stream) }
    let result = GrowingBytes(capacity: min(store.count * 4, 1 << 26))
    var isEnded = false
    for first in stride(from: 0, to: store.count, by: 1 << 18) {
      try workers.check()
      let range = first..<min(first + 1 << 18, store.count)
      let isFull = try store.withBytes(range) { bytes in
        stream.next_in = UnsafeMutablePointer(mutating: bytes)
        stream.avail_in = UInt32(range.count)
        while stream.avail_in > 0 {
          if isEnded {
            // Padding with zeros is allowed; anything else must be another member.
            if stream.next_in.pointee == 0 {
              stream.next_in += 1
              stream.avail_in -= 1
              continue
            }
            inflateReset(&stream)
            isEnded = false
          }
          isEnded = try inflate(&stream, into: result, path: path)
          if result.count > most { return true }
          let read = first + range.count
          if result.count > harmless && result.count / ratio > read {
            throw DataError(
              "gzip-bomb", "\(path) unpacks to more than \(ratio) times its size",
              help: "if that is meant, unpack it first and load the result")
          }
        }
        return false
      }
      if isFull { return (result.finish(), false) }
    }
    guard isEnded else { throw DataError("gzip-damaged", "\(path) ends before its gzip data do") }
    return (result.finish(), true)
  }

  /// One step; the answer is whether the member has ended.
  private static func inflate(
    _ stream: inout z_stream, into result: GrowingBytes, path: String
  ) throws -> Bool {
    let room = 1 << 18
    stream.next_out = result.room(for: room)
    stream.avail_out = UInt32(room)
    let code = CZlib.inflate(&stream, Z_NO_FLUSH)
    result.advance(by: room - Int(stream.avail_out))
    guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else {
      throw DataError("gzip-damaged", "\(path) is damaged: its gzip data cannot be unpacked")
    }
    return code == Z_STREAM_END
  }
}
