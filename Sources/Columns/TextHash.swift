/// A 64-bit hash of bytes: the same on every machine and in every run.
enum TextHash {
  private static let factor: UInt64 = 0x9FB2_1C65_1E98_DF25

  @inline(__always)
  static func hash(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    var state = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    let raw = UnsafeRawPointer(bytes)
    if count >= 8 {
      var at = 0
      while at + 8 < count {
        state = step(state, raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        at += 8
      }
      return mixed(step(state, raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)))
    }
    var word: UInt64 = 0
    if count >= 4 {
      word = UInt64(raw.loadUnaligned(fromByteOffset: 0, as: UInt32.self))
      word |= UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)) << 32
    } else if count > 0 {
      word = UInt64(bytes[0]) | UInt64(bytes[count / 2]) << 8 | UInt64(bytes[count - 1]) << 16
    }
    return mixed(step(state, word))
  }

  /// A bijection of the state for each word.
  @inline(__always)
  private static func step(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let product = (state ^ UInt64(littleEndian: word)) &* factor
    return product ^ product >> 29
  }
}

/// A heap's memory, for loops.
struct HeapView {
  let bytes: UnsafePointer<UInt8>
  let offsets: UnsafePointer<Int>

  @inline(__always)
  func start(_ piece: Int) -> UnsafePointer<UInt8> { bytes + offsets[piece] }

  @inline(__always)
  func count(_ piece: Int) -> Int { offsets[piece + 1] - offsets[piece] }

  @inline(__always)
  func hash(_ piece: Int) -> UInt64 { TextHash.hash(start(piece), count(piece)) }

  @inline(__always)
  func isEqual(_ a: Int, _ b: Int) -> Bool {
    if a == b { return true }
    let length = count(a)
    return length == count(b) && areEqual(start(a), start(b), length)
  }

  /// Below 0 when `a` comes before `b` in the order of bytes, which is that of code points.
  @inline(__always)
  func compare(_ a: Int, _ b: Int) -> Int32 {
    compareBytes(start(a), count(a), start(b), count(b))
  }
}

extension TextHeap {
  @inline(__always)
  func withView<Result>(_ body: (HeapView) throws -> Result) rethrows -> Result {
    try bytes.withUnsafeBufferPointer { bytes in
      try offsets.withUnsafeBufferPointer { offsets in
        guard let offsetBase = offsets.baseAddress else {
          preconditionFailure("offsets begin at 0")
        }
        // A heap of empty pieces has no bytes; any address serves, since none is read.
        let base =
          bytes.baseAddress ?? UnsafeRawPointer(offsetBase).assumingMemoryBound(to: UInt8.self)
        return try body(HeapView(bytes: base, offsets: offsetBase))
      }
    }
  }
}

extension TextValues {
  /// Calls `body` with a heap's memory and the codes, nil when the rows follow one another.
  @inline(__always)
  func withRows<Result>(
    _ body: (HeapView, TextRows) throws -> Result
  ) rethrows -> Result {
    try heap.withView { view in
      switch rows {
      case .pieces(let start, _): try body(view, TextRows(start: start, codes: nil))
      case .codes(let codes):
        try codes.withUnsafeBufferPointer {
          try body(view, TextRows(start: 0, codes: $0.baseAddress))
        }
      }
    }
  }
}

/// Which piece each row is, for loops.
struct TextRows {
  let start: Int
  let codes: UnsafePointer<UInt32>?

  @inline(__always)
  subscript(row: Int) -> Int { codes.map { Int($0[row]) } ?? start &+ row }
}
