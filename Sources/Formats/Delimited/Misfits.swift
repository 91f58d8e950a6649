/// Cells that kept a column from having the type of most of its cells.
struct Misfits: Sendable {
  static let kept = 5

  private(set) var count = 0
  /// Digits after a leading zero: codes, not numbers.
  private(set) var leadingZeros = 0
  /// Whole numbers that 64 bits, or a double among decimals, cannot hold.
  private(set) var tooLarge = 0
  /// 0-based rows of the first.
  private(set) var rows: [Int] = []
  private(set) var values: [String] = []

  mutating func add(_ start: UnsafePointer<UInt8>, _ length: Int, row: Int) {
    count += 1
    var digits = UnsafeBufferPointer(start: start, count: length)[...]
    if digits.first == 0x2D { digits = digits.dropFirst() }
    if digits.allSatisfy({ $0 &- 0x30 <= 9 }) {
      if digits.first == 0x30 { leadingZeros += 1 } else if digits.count > 15 { tooLarge += 1 }
    }
    if rows.count < Misfits.kept {
      rows.append(row)
      values.append(
        String(decoding: UnsafeBufferPointer(start: start, count: min(length, 80)), as: UTF8.self))
    }
  }

  mutating func add(_ later: Misfits) {
    count += later.count
    leadingZeros += later.leadingZeros
    tooLarge += later.tooLarge
    let missing = Misfits.kept - rows.count
    rows.append(contentsOf: later.rows.prefix(missing))
    values.append(contentsOf: later.values.prefix(missing))
  }
}
