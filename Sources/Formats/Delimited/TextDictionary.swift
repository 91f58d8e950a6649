import Columns

/// Distinct pieces of text, numbered in the order they were first put in.
// Written by one thread; once others read it, it is not written any more.
final class TextDictionary: @unchecked Sendable {
  /// A text by its length, its first and its last eight bytes: up to sixteen bytes that is all of it.
  struct Key {
    var head: UInt64
    var tail: UInt64
    var hash: UInt64

    /// The bytes are readable for `slack` more.
    @inline(__always)
    init(_ text: UnsafePointer<UInt8>, _ count: Int) {
      if count <= 8 {
        let unused = UInt64(truncatingIfNeeded: 8 &- count) &* 8
        head = count == 0 ? 0 : (load8(text) &<< unused) &>> unused
        tail = 0
      } else {
        head = load8(text)
        tail = load8(text + (count &- 8))
      }
      var mixing = (head ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15
      mixing = (mixing ^ (mixing &>> 32) ^ tail) &* 0xD6E8_FEB8_6659_FD93
      if count > 16 { mixing = Key.long(text, count, mixing) }
      hash = mixing ^ (mixing &>> 29)
    }

    private static func long(
      _ text: UnsafePointer<UInt8>, _ count: Int, _ start: UInt64
    ) -> UInt64 {
      var mixing = start
      var at = 8
      while at + 8 < count {
        mixing = (mixing ^ (mixing &>> 32) ^ load8(text + at)) &* 0xD6E8_FEB8_6659_FD93
        at += 8
      }
      return mixing
    }
  }

  struct Entry {
    var head: UInt64
    var tail: UInt64
    var start: Int
    var count: Int
  }

  private(set) var count = 0
  private(set) var byteCount = 0
  private var entries: UnsafeMutablePointer<Entry>
  private var entryCapacity: Int
  private var slots: UnsafeMutablePointer<UInt32>
  private var slotMask: Int
  private var bytes: UnsafeMutablePointer<UInt8>
  private var byteCapacity: Int

  init(capacity: Int = 64) {
    entryCapacity = capacity
    entries = .allocate(capacity: capacity)
    let slotCount = 4 * capacity
    slotMask = slotCount - 1
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
    byteCapacity = 16 * capacity
    bytes = .allocate(capacity: byteCapacity + slack)
  }

  deinit {
    entries.deallocate()
    slots.deallocate()
    bytes.deallocate()
  }

  /// What a loop needs to look texts up.
  struct View {
    let slots: UnsafePointer<UInt32>
    let slotMask: Int
    let entries: UnsafePointer<Entry>
    let bytes: UnsafePointer<UInt8>

    /// The number of a text, or -1.
    @inline(__always)
    func find(_ text: UnsafePointer<UInt8>, _ count: Int, _ key: Key) -> Int {
      var slot = Int(truncatingIfNeeded: key.hash) & slotMask
      while true {
        let held = slots[slot]
        if held == 0 { return -1 }
        let entry = entries + Int(held &- 1)
        if entry.pointee.head == key.head && entry.pointee.tail == key.tail
          && entry.pointee.count == count
          && (count <= 16 || View.areEqual(bytes + entry.pointee.start, text, count))
        {
          return Int(held &- 1)
        }
        slot = (slot &+ 1) & slotMask
      }
    }

    /// Texts of more than sixteen bytes; the last eight are known to be equal.
    @inline(never)
    private static func areEqual(
      _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int
    ) -> Bool {
      var at = 8
      while at < count &- 8 {
        if load8(a + at) != load8(b + at) { return false }
        at &+= 8
      }
      return true
    }
  }

  var view: View { View(slots: slots, slotMask: slotMask, entries: entries, bytes: bytes) }

  /// The number of a text, which is put in if it is new.
  func insert(_ text: UnsafePointer<UInt8>, _ length: Int) -> Int {
    insert(text, length, Key(text, length))
  }

  func insert(_ text: UnsafePointer<UInt8>, _ length: Int, _ key: Key) -> Int {
    let known = view.find(text, length, key)
    if known >= 0 { return known }
    if count == entryCapacity { grow() }
    if byteCount + length > byteCapacity {
      byteCapacity = max(byteCapacity * 2, byteCount + length)
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: byteCapacity + slack)
      larger.update(from: bytes, count: byteCount)
      bytes.deallocate()
      bytes = larger
    }
    (bytes + byteCount).update(from: text, count: length)
    (entries + count).initialize(
      to: Entry(head: key.head, tail: key.tail, start: byteCount, count: length))
    byteCount += length
    count += 1
    put(count - 1, key.hash)
    return count - 1
  }

  private func put(_ number: Int, _ hash: UInt64) {
    var slot = Int(truncatingIfNeeded: hash) & slotMask
    while slots[slot] != 0 { slot = (slot + 1) & slotMask }
    slots[slot] = UInt32(number + 1)
  }

  private func grow() {
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: entryCapacity * 2)
    larger.moveInitialize(from: entries, count: count)
    entries.deallocate()
    entries = larger
    entryCapacity *= 2
    slots.deallocate()
    let slotCount = 4 * entryCapacity
    slotMask = slotCount - 1
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
    for number in 0..<count {
      let entry = entries[number]
      put(number, Key(bytes + entry.start, entry.count).hash)
    }
  }

  func withText<Result>(_ number: Int, _ body: (UnsafePointer<UInt8>, Int) -> Result) -> Result {
    body(UnsafePointer(bytes + entries[number].start), entries[number].count)
  }

  /// All texts in the order of their numbers.
  func heap() -> TextHeap {
    let all = UnsafeBufferPointer(start: bytes, count: byteCount)
    guard count > 0 else { return TextHeap(bytes: [], offsets: [0, 0], isDistinct: true) }
    var offsets = [0]
    offsets.reserveCapacity(count + 1)
    for number in 0..<count { offsets.append(entries[number].start + entries[number].count) }
    return TextHeap(bytes: Array(all), offsets: offsets, isDistinct: true)
  }

  func copy() -> TextDictionary {
    let other = TextDictionary(capacity: max(64, (count * 2).nextPowerOfTwo))
    for number in 0..<count { withText(number) { _ = other.insert($0, $1) } }
    return other
  }
}

extension Int {
  fileprivate var nextPowerOfTwo: Int {
    self < 2 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount)
  }
}
