/// 64-bit keys numbered in the order in which they are first met: open addressing, half full at most.
struct KeyTable: ~Copyable {
  private struct Entry {
    var key: UInt64
    /// -1 in a free place.
    var number: Int32
  }

  private var entries: UnsafeMutablePointer<Entry>
  private var mask: Int
  private(set) var count = 0

  /// - Precondition: `capacity` is a power of two.
  init(capacity: Int = 1_024) {
    entries = .allocate(capacity: capacity)
    entries.initialize(repeating: Entry(key: 0, number: -1), count: capacity)
    mask = capacity - 1
  }

  /// With room for some keys.
  init(keys: Int) { self.init(capacity: max(16, (2 * keys).roundedUpToPowerOfTwo)) }

  deinit { entries.deallocate() }

  /// The number of a key, `count` as it was before for a new one.
  @inline(__always)
  mutating func insert(_ key: UInt64) -> Int32 {
    var slot = Int(truncatingIfNeeded: mixed(key)) & mask
    while entries[slot].number >= 0 {
      if entries[slot].key == key { return entries[slot].number }
      slot = (slot + 1) & mask
    }
    let number = Int32(truncatingIfNeeded: count)
    entries[slot] = Entry(key: key, number: number)
    count += 1
    if count * 2 > mask { grow() }
    return number
  }

  /// The number of a key, or -1.
  @inline(__always)
  borrowing func find(_ key: UInt64) -> Int32 {
    var slot = Int(truncatingIfNeeded: mixed(key)) & mask
    while entries[slot].number >= 0 {
      if entries[slot].key == key { return entries[slot].number }
      slot = (slot + 1) & mask
    }
    return -1
  }

  @inline(never)
  private mutating func grow() {
    let old = entries
    let oldCapacity = mask + 1
    let capacity = oldCapacity * 4
    entries = .allocate(capacity: capacity)
    entries.initialize(repeating: Entry(key: 0, number: -1), count: capacity)
    mask = capacity - 1
    for place in 0..<oldCapacity where old[place].number >= 0 {
      var slot = Int(truncatingIfNeeded: mixed(old[place].key)) & mask
      while entries[slot].number >= 0 { slot = (slot + 1) & mask }
      entries[slot] = old[place]
    }
    old.deallocate()
  }
}

extension Int {
  /// The least power of two that is not less; 1 for anything below.
  var roundedUpToPowerOfTwo: Int {
    self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount)
  }
}
