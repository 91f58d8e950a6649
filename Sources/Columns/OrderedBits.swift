/// Values as unsigned integers of the same order: what sorting, selecting and hashing work on.
enum OrderedBits {
  private static let sign: UInt64 = 1 << 63

  /// Greater than the bits of every number and of both infinities.
  static let notANumber = UInt64.max

  /// Both zeros are one value; every NaN is one value after all numbers.
  @inline(__always)
  static func of(_ value: Double) -> UInt64 {
    if value.isNaN { return notANumber }
    // Adding 0 turns -0 into 0 and leaves all else.
    let bits = (value + 0).bitPattern
    return bits & sign == 0 ? bits | sign : ~bits
  }

  @inline(__always)
  static func number(_ bits: UInt64) -> Double {
    if bits == notANumber { return .nan }
    return Double(bitPattern: bits & sign == 0 ? ~bits : bits ^ sign)
  }

  @inline(__always)
  static func of(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ sign }

  @inline(__always)
  static func of(_ value: Int32) -> UInt64 { of(Int64(value)) }

  @inline(__always)
  static func of(_ value: Bool) -> UInt64 { of(Int64(value ? 1 : 0)) }

  @inline(__always)
  static func int(_ bits: UInt64) -> Int64 { Int64(bitPattern: bits ^ sign) }
}

extension Column {
  /// The rows' ordered bits (0 where null); nil for text and vectors, whose order is no number.
  func orderedBits(workers: Workers) throws -> [UInt64]? {
    switch self {
    case .bool(let values): try Self.bits(values, workers) { OrderedBits.of($0) }
    case .int(let values), .time(let values), .duration(let values):
      try Self.bits(values, workers) { OrderedBits.of($0) }
    case .number(let values): try Self.bits(values, workers) { OrderedBits.of($0) }
    case .date(let values): try Self.bits(values, workers) { OrderedBits.of($0) }
    case .text, .category, .vector: nil
    }
  }

  @inline(__always)
  private static func bits<Element: BitwiseCopyable & Sendable>(
    _ values: Values<Element>, _ workers: Workers,
    _ convert: @escaping @Sendable (Element) -> UInt64
  ) throws -> [UInt64] {
    try workers.filled(values.count) { range, out in
      values.elements.withUnsafeBufferPointer { elements in
        withFlags(values.valid) { valid in
          if let valid {
            for row in range { out[row] = valid[row] ? convert(elements[row]) : 0 }
          } else {
            for row in range { out[row] = convert(elements[row]) }
          }
        }
      }
    }
  }
}
