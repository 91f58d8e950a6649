import CByteScan

/// What the first look at a piece of a file tells: enough to know where records begin and how many
/// there are, once the pieces before it are known.
///
/// The piece may begin inside a quoted cell, so everything is counted for both cases. That trusts
/// every quote; the second reading checks it.
struct Survey: Sendable {
  /// A line end at an offset within the file, or -1.
  var firstOutside = -1
  var firstInside = -1
  /// Line ends outside quotes if the piece begins outside, and if it begins inside.
  var outside = 0
  var inside = 0
  /// Whether the number of quotes is odd.
  var flips = false
  var isASCII = true
  var hash: UInt64 = 0

  init(_ bytes: UnsafePointer<UInt8>, count: Int, skipping: Int, offset: Int, dialect: Dialect) {
    var at = skipping
    var parity: UInt64 = 0
    var high: UInt64 = 0
    while at < count {
      var lines = scan_equal(bytes + at, dialect.newline)
      var quotes = dialect.quote == 0 ? 0 : scan_equal(bytes + at, dialect.quote)
      if count - at < 64 {
        let keep = (UInt64(1) << UInt64(count - at)) - 1
        lines &= keep
        quotes &= keep
        for byte in at..<count { high |= UInt64(bytes[byte] & 0x80) }
      } else {
        high |= scan_high(bytes + at)
      }
      let within = quotes == 0 ? parity : parity ^ prefixParity(quotes)
      let outer = lines & ~within
      let inner = lines & within
      outside += outer.nonzeroBitCount
      if firstOutside < 0 && outer != 0 { firstOutside = offset + at + outer.trailingZeroBitCount }
      if inner != 0 {
        inside += inner.nonzeroBitCount
        if firstInside < 0 { firstInside = offset + at + inner.trailingZeroBitCount }
      }
      if quotes != 0 { parity = 0 &- (within >> 63) }
      at += 64
    }
    flips = parity != 0
    isASCII = high == 0
  }
}

/// A run of whole records that one worker reads at a time.
struct WorkItem: Sendable, Equatable {
  var range: Range<Int>
  /// The first record's row in the table.
  var firstRow: Int
  var rows: Int
}

/// Bit i is the parity of the bits up to and including i.
@inline(__always)
func prefixParity(_ bits: UInt64) -> UInt64 {
  var x = bits
  x ^= x << 1
  x ^= x << 2
  x ^= x << 4
  x ^= x << 8
  x ^= x << 16
  x ^= x << 32
  return x
}
