import Columns
import Glibc

/// Distinct texts, numbered in the order they came, found by their bytes.
struct LevelIndex: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var offsets: [Int] = [0]
  private var slots = [Int32](repeating: -1, count: 16)

  init() {}

  init(_ levels: [String]) {
    for level in levels { _ = Array(level.utf8).withUnsafeBufferPointer { insert($0) } }
  }

  var count: Int { offsets.count - 1 }

  subscript(level: Int) -> String {
    String(decoding: bytes[offsets[level]..<offsets[level + 1]], as: UTF8.self)
  }

  /// The number of a text, or -1.
  func find(_ text: UnsafeBufferPointer<UInt8>) -> Int { Int(slots[slot(of: text)]) }

  /// The number of a text, which is new if it was not there.
  mutating func insert(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    let at = slot(of: text)
    if slots[at] >= 0 { return Int(slots[at]) }
    let number = count
    bytes.append(contentsOf: text)
    offsets.append(bytes.count)
    slots[at] = Int32(number)
    if number * 2 > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for level in 0..<count {
      let at = bytes.withUnsafeBufferPointer {
        slot(of: UnsafeBufferPointer(rebasing: $0[offsets[level]..<offsets[level + 1]]))
      }
      slots[at] = Int32(level)
    }
  }

  /// Where a text is, or the empty slot where it would be.
  private func slot(of text: UnsafeBufferPointer<UInt8>) -> Int {
    let mask = slots.count - 1
    var at = Int(truncatingIfNeeded: Self.hash(text)) & mask
    while slots[at] >= 0 && !equals(Int(slots[at]), text) { at = (at + 1) & mask }
    return at
  }

  private func equals(_ level: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = offsets[level]
    guard offsets[level + 1] - start == text.count else { return false }
    guard let other = text.baseAddress, text.count > 0 else { return true }
    return bytes.withUnsafeBufferPointer {
      guard let base = $0.baseAddress else { return false }
      return memcmp(base + start, other, text.count) == 0
    }
  }

  /// Of a level's text, the same on every machine and in every run.
  func hash(_ level: Int) -> UInt64 {
    bytes.withUnsafeBufferPointer {
      Self.hash(UnsafeBufferPointer(rebasing: $0[offsets[level]..<offsets[level + 1]]))
    }
  }

  private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = UInt64(text.count)
    var at = 0
    let raw = UnsafeRawBufferPointer(text)
    while at + 8 <= raw.count {
      hash = mixed(
        hash ^ UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
      at += 8
    }
    var tail: UInt64 = 0
    while at < raw.count {
      tail = tail << 8 | UInt64(raw[at])
      at += 1
    }
    return mixed(hash ^ tail)
  }
}
