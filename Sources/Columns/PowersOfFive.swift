/// The leading 128 bits of every power of five that a decimal number can be scaled by.
///
/// `5^q` lies in `[mantissa, mantissa + 1) * 2^exponent`, with the mantissa's highest bit set, and is
/// equal to the lower end where `isExact`.
struct PowersOfFive: Sendable {
  static let lowest = -342
  static let highest = 308
  /// Computed once, in well under a millisecond.
  static let all = PowersOfFive()

  private(set) var high: [UInt64] = []
  private(set) var low: [UInt64] = []
  private(set) var exponent: [Int] = []

  static func isExact(_ power: Int) -> Bool { 0...55 ~= power }

  private init() {
    var negative: [(UInt64, UInt64, Int)] = []
    // floor(floor(x / 5) / 5) is floor(x / 25), so that short divisions lose nothing in between.
    let shift = 1_024
    var value = [UInt32](repeating: 0, count: shift / 32 + 1)
    value[shift / 32] = 1
    for _ in stride(from: -1, through: Self.lowest, by: -1) {
      var rest: UInt64 = 0
      for limb in value.indices.reversed() {
        let part = rest << 32 | UInt64(value[limb])
        value[limb] = UInt32(truncatingIfNeeded: part / 5)
        rest = part % 5
      }
      let (high, low, exponent) = Self.leading(value)
      negative.append((high, low, exponent - shift))
    }
    for entry in negative.reversed() { append(entry) }
    value = [1] + [UInt32](repeating: 0, count: 30)
    for _ in 0...Self.highest {
      append(Self.leading(value))
      var carry: UInt64 = 0
      for limb in value.indices {
        let part = UInt64(value[limb]) * 5 + carry
        value[limb] = UInt32(truncatingIfNeeded: part)
        carry = part >> 32
      }
    }
  }

  private mutating func append(_ entry: (high: UInt64, low: UInt64, exponent: Int)) {
    high.append(entry.high)
    low.append(entry.low)
    exponent.append(entry.exponent)
  }

  /// The leading 128 bits of a number given in limbs, least significant first.
  private static func leading(_ limbs: [UInt32]) -> (high: UInt64, low: UInt64, exponent: Int) {
    let top = limbs.lastIndex { $0 != 0 } ?? 0
    let length = top * 32 + 32 - limbs[top].leadingZeroBitCount
    func bit(_ index: Int) -> UInt64 {
      index < 0 ? 0 : UInt64(limbs[index / 32] >> UInt32(index % 32)) & 1
    }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for step in 1...64 {
      high = high << 1 | bit(length - step)
      low = low << 1 | bit(length - 64 - step)
    }
    return (high, low, length - 128)
  }
}
