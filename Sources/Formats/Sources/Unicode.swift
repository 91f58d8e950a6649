import CByteScan
import Columns

/// Checks of UTF-8 and conversions to it.
enum Unicode {
  /// What a piece of a text says about its encoding.
  struct Check: Sendable {
    /// Continuation bytes at the piece's start that belong to a character begun before it.
    var skipped = 0
    /// Bytes of the last character that lie behind the piece's end.
    var over = 0
    /// Bytes that are no UTF-8, and well-formed characters of more than one byte.
    var broken = 0
    var long = 0
    /// The first broken byte, within the piece.
    var firstBroken = -1
  }

  /// Checks `count` bytes, of which `available` are there in all.
  static func check(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, available: Int, isFirst: Bool
  ) -> Check {
    var check = Check()
    var at = 0
    if !isFirst {
      while at < min(3, count) && bytes[at] & 0xC0 == 0x80 { at += 1 }
      check.skipped = at
    }
    while at < count {
      if at + 64 <= count && scan_high(bytes + at) == 0 {
        at += 64
        continue
      }
      if bytes[at] < 0x80 {
        at += 1
        continue
      }
      let length = characterLength(bytes + at, available - at)
      if length == 0 {
        check.broken += 1
        if check.firstBroken < 0 { check.firstBroken = at }
        at += 1
      } else {
        check.long += 1
        at += length
      }
    }
    check.over = at - count
    return check
  }

  /// Bytes of the well-formed character of two to four bytes that starts here, or 0.
  static func characterLength(_ bytes: UnsafePointer<UInt8>, _ available: Int) -> Int {
    func follows(_ at: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      at < available && range.contains(bytes[at])
    }
    switch bytes[0] {
    case 0xC2...0xDF: return follows(1) ? 2 : 0
    case 0xE0: return follows(1, 0xA0...0xBF) && follows(2) ? 3 : 0
    case 0xED: return follows(1, 0x80...0x9F) && follows(2) ? 3 : 0
    case 0xE1...0xEF: return follows(1) && follows(2) ? 3 : 0
    case 0xF0: return follows(1, 0x90...0xBF) && follows(2) && follows(3) ? 4 : 0
    case 0xF4: return follows(1, 0x80...0x8F) && follows(2) && follows(3) ? 4 : 0
    case 0xF1...0xF3: return follows(1) && follows(2) && follows(3) ? 4 : 0
    default: return 0
    }
  }

  /// Windows-1252, the superset of Latin-1 that files which claim Latin-1 are written in.
  static func fromWindows1252(_ store: ByteStore) throws -> HeldBytes {
    let table: [[UInt8]] = (0..<256).map { byte in
      let special: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013,
        0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
      ]
      let scalar = (0x80...0x9F).contains(byte) ? special[byte - 0x80] : UInt32(byte)
      return Swift.Unicode.Scalar(scalar).map { Array(String(Character($0)).utf8) } ?? []
    }
    let result = GrowingBytes(capacity: store.count + store.count / 8)
    for first in stride(from: 0, to: store.count, by: Fingerprint.block) {
      let range = first..<min(first + Fingerprint.block, store.count)
      try store.withBytes(range) { bytes in
        for at in 0..<range.count {
          if bytes[at] < 0x80 {
            result.append(bytes[at])
          } else {
            for byte in table[Int(bytes[at])] { result.append(byte) }
          }
        }
      }
    }
    return result.finish()
  }

  /// UTF-16 after its byte order mark; nil when it is not well-formed.
  static func fromUTF16(_ store: ByteStore, from: Int, isBigEndian: Bool) throws -> HeldBytes? {
    let count = store.count - from
    guard count % 2 == 0 else { return nil }
    let result = GrowingBytes(capacity: count)
    var high: UInt32 = 0
    for first in stride(from: from, to: store.count, by: Fingerprint.block) {
      let range = first..<min(first + Fingerprint.block, store.count)
      let isFine = try store.withBytes(range) { bytes in
        for at in stride(from: 0, to: range.count, by: 2) {
          let unit =
            isBigEndian
            ? UInt32(bytes[at]) << 8 | UInt32(bytes[at + 1])
            : UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at])
          if high != 0 {
            guard unit & 0xFC00 == 0xDC00 else { return false }
            append(0x10000 + (high & 0x3FF) << 10 + (unit & 0x3FF), to: result)
            high = 0
          } else if unit & 0xFC00 == 0xD800 {
            high = unit
          } else {
            guard unit & 0xFC00 != 0xDC00 else { return false }
            append(unit, to: result)
          }
        }
        return true
      }
      if !isFine { return nil }
    }
    return high == 0 ? result.finish() : nil
  }

  static func append(_ scalar: UInt32, to bytes: GrowingBytes) {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | (scalar >> shift) & 0x3F) }
    switch scalar {
    case 0..<0x80: bytes.append(UInt8(scalar))
    case 0x80..<0x800:
      bytes.append(UInt8(0xC0 | scalar >> 6))
      bytes.append(tail(0))
    case 0x800..<0x10000:
      bytes.append(UInt8(0xE0 | scalar >> 12))
      bytes.append(tail(6))
      bytes.append(tail(0))
    default:
      bytes.append(UInt8(0xF0 | scalar >> 18))
      bytes.append(tail(12))
      bytes.append(tail(6))
      bytes.append(tail(0))
    }
  }
}
