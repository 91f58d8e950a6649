import Columns

/// A 64-bit hash of content that is computed block by block, on several threads, while it is read.
/// It tells sources apart; it does not resist somebody who makes collisions on purpose.
enum Fingerprint {
  static let block = 1 << 20

  /// The hash of one block. The bytes are readable for `slack` more.
  static func ofBlock(_ start: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    let raw = UnsafeRawPointer(start)
    var a: UInt64 = 0x9E37_79B9_7F4A_7C15
    var b: UInt64 = 0xD6E8_FEB8_6659_FD93
    var c: UInt64 = 0xA076_1D64_78BD_642F
    var d: UInt64 = 0xE703_7ED1_A0B4_28DB
    var at = 0
    while at + 32 <= count {
      a = folded(a ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self), 0x8EBC_6AF0_9C88_C6E3)
      b = folded(
        b ^ raw.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self), 0x5899_65CC_7537_4CC3)
      c = folded(
        c ^ raw.loadUnaligned(fromByteOffset: at + 16, as: UInt64.self), 0x1D8E_4E27_C47D_124F)
      d = folded(
        d ^ raw.loadUnaligned(fromByteOffset: at + 24, as: UInt64.self), 0xEB44_ACCA_B455_D165)
      at += 32
    }
    while at < count {
      let left = min(8, count - at)
      var word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      if left < 8 { word &= (1 << UInt64(left * 8)) - 1 }
      a = folded(a ^ word &+ UInt64(left), 0x8EBC_6AF0_9C88_C6E3)
      at += left
    }
    return mixed(mixed(a ^ UInt64(count)) ^ mixed(b &+ 1) ^ mixed(c &+ 2) ^ mixed(d &+ 3))
  }

  static func combined(_ blocks: [UInt64], count: Int) -> UInt64 {
    var hash = mixed(UInt64(count))
    for block in blocks { hash = mixed(hash &* 31 &+ block) }
    return hash
  }

  static func of(_ store: ByteStore, workers: Workers) throws -> UInt64 {
    let blocks = try workers.morsels(of: store.count, size: block) { range in
      try store.withBytes(range) { ofBlock($0, range.count) }
    }
    return combined(blocks, count: store.count)
  }

  @inline(__always)
  private static func folded(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    // Adding the factor keeps a zero from swallowing what comes after it.
    return (product.high ^ product.low) &+ b
  }
}
