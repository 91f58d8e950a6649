import Glibc

@inline(__always)
func areEqual(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
  memcmp(a, b, count) == 0
}

@inline(__always)
func compareBytes(
  _ a: UnsafePointer<UInt8>, _ aCount: Int, _ b: UnsafePointer<UInt8>, _ bCount: Int
) -> Int32 {
  let common = memcmp(a, b, min(aCount, bCount))
  if common != 0 { return common }
  return aCount < bCount ? -1 : aCount > bCount ? 1 : 0
}

/// Distinct pieces of text, numbered in the order in which they were first met.
package struct TextDictionary {
  private var bytes: [UInt8] = []
  private var offsets = [0]
  private var hashes: [UInt64] = []
  /// Number of a piece plus one, by the low bits of its hash and then the next free place.
  private var slots = [UInt32](repeating: 0, count: 64)

  package init() {}

  package var count: Int { hashes.count }

  package var heap: TextHeap { TextHeap(bytes: bytes, offsets: offsets, isDistinct: true) }

  /// The number of a piece; nil when it has none.
  package func find(_ piece: UnsafeBufferPointer<UInt8>) -> Int? {
    withPiece(piece) { base, count in
      let found = slots[slot(base, count, TextHash.hash(base, count))]
      return found == 0 ? nil : Int(found) - 1
    }
  }

  /// The number of a piece, a new one if it has none.
  package mutating func insert(_ piece: UnsafeBufferPointer<UInt8>) -> Int {
    if hashes.count * 2 >= slots.count { grow() }
    return withPiece(piece) { base, count in
      let hash = TextHash.hash(base, count)
      let slot = slot(base, count, hash)
      if slots[slot] > 0 { return Int(slots[slot]) - 1 }
      bytes.append(contentsOf: piece)
      offsets.append(bytes.count)
      hashes.append(hash)
      slots[slot] = UInt32(hashes.count)
      return hashes.count - 1
    }
  }

  package mutating func insert(_ text: String) -> Int {
    var text = text
    return text.withUTF8 { insert($0) }
  }

  private func slot(_ piece: UnsafePointer<UInt8>, _ count: Int, _ hash: UInt64) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] > 0 {
      let entry = Int(slots[slot]) - 1
      if hashes[entry] == hash, offsets[entry + 1] - offsets[entry] == count,
        bytes.withUnsafeBufferPointer({
          $0.baseAddress.map { areEqual($0 + offsets[entry], piece, count) } ?? true
        })
      {
        return slot
      }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 4)
    let mask = slots.count - 1
    for (entry, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] > 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(entry + 1)
    }
  }
}

/// An empty buffer may have no address; any serves, since nothing is read.
@inline(__always)
private func withPiece<Result>(
  _ piece: UnsafeBufferPointer<UInt8>, _ body: (UnsafePointer<UInt8>, Int) -> Result
) -> Result {
  if let base = piece.baseAddress { return body(base, piece.count) }
  var nothing: UInt8 = 0
  return body(&nothing, 0)
}
