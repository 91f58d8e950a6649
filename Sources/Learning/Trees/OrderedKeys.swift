/// Doubles as unsigned keys in the same order, and a radix sort of them: several times as fast as
/// sorting by comparison, and its time does not depend on the values.
enum OrderedKeys {
  static func key(_ value: Double) -> UInt64 {
    // Adding zero makes -0 and 0 the same key.
    let bits = (value + 0).bitPattern
    return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 0x8000_0000_0000_0000)
  }

  static func value(_ key: UInt64) -> Double {
    let mask = key >> 63 == 1 ? 0x8000_0000_0000_0000 : UInt64.max
    return Double(bitPattern: key ^ mask)
  }

  /// Least digit first, eleven bits a turn; a turn in which all keys agree is left out.
  static func sort(_ keys: inout [UInt64]) {
    guard keys.count > 512 else {
      keys.sort()
      return
    }
    let turns = 6
    let size = 2048
    var counts = [Int32](repeating: 0, count: turns * size)
    var other = [UInt64](repeating: 0, count: keys.count)
    keys.withUnsafeBufferPointer { keys in
      counts.withUnsafeMutableBufferPointer { counts in
        for key in keys {
          for turn in 0..<turns {
            counts[turn &* size &+ Int((key >> UInt64(11 &* turn)) & 2047)] &+= 1
          }
        }
      }
    }
    for turn in 0..<turns {
      let shift = UInt64(11 * turn)
      let start = turn * size
      if counts[start + Int((keys[0] >> shift) & 2047)] == Int32(keys.count) { continue }
      var sum: Int32 = 0
      for digit in start..<start + size {
        let here = counts[digit]
        counts[digit] = sum
        sum += here
      }
      keys.withUnsafeBufferPointer { keys in
        other.withUnsafeMutableBufferPointer { other in
          counts.withUnsafeMutableBufferPointer { counts in
            for key in keys {
              let digit = start &+ Int((key >> shift) & 2047)
              other[Int(counts[digit])] = key
              counts[digit] &+= 1
            }
          }
        }
      }
      swap(&keys, &other)
    }
  }
}
