import Columns

/// The types whose texts a cell is one of; every cell is also text. A column has the first type
/// that all its cells share.
struct CellTypes: OptionSet, Sendable, Hashable {
  var rawValue: UInt8

  static let bool = CellTypes(rawValue: 1)
  static let int = CellTypes(rawValue: 2)
  static let number = CellTypes(rawValue: 4)
  static let date = CellTypes(rawValue: 8)
  static let time = CellTypes(rawValue: 16)
  static let all: CellTypes = [.bool, .int, .number, .date, .time]

  /// The narrowest type; nil when only text is left.
  var first: ColumnType? {
    if contains(.bool) { return .bool }
    if contains(.int) { return .int }
    if contains(.number) { return .number }
    if contains(.date) { return .date }
    return contains(.time) ? .time : nil
  }
}

/// What a cell's text means, where that is not the same for everybody.
struct CellRules: Sendable, Hashable {
  var decimal: UInt8 = 0x2E
  /// Zero: digits are not grouped.
  var thousands: UInt8 = 0
  var dates: TimeText.DateOrder?
  /// Texts that stand for null, besides the empty cell.
  var nulls: [[UInt8]] = []

  var areNumbersPlain: Bool { decimal == 0x2E && thousands == 0 }

  func isNull(_ start: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    for word in nulls where word.count == count {
      if (0..<count).allSatisfy({ word[$0] == start[$0] }) { return true }
    }
    return false
  }

  /// The types that a cell with something in it can have. Bytes after `count` may be read.
  func types(_ start: UnsafePointer<UInt8>, _ count: Int) -> CellTypes {
    let (start, count) = CellRules.trimmed(start, count)
    if count == 0 { return [] }
    var types: CellTypes = []
    if int(start, count).ok { types.insert(.int) }
    if number(start, count).ok { types.insert(.number) }
    if !types.isEmpty { return types }
    if CellRules.bool(start, count) >= 0 { return .bool }
    if TimeText.parseDate(start, count, dates).ok { return .date }
    if TimeText.parseTime(start, count, dates).ok { return .time }
    return []
  }

  /// Without blanks around it.
  @inline(__always)
  static func trimmed(
    _ start: UnsafePointer<UInt8>, _ count: Int
  ) -> (UnsafePointer<UInt8>, Int) {
    var start = start
    var count = count
    while count > 0 && (start.pointee == Byte.space || start.pointee == Byte.tab) {
      start += 1
      count -= 1
    }
    while count > 0 && (start[count - 1] == Byte.space || start[count - 1] == Byte.tab) {
      count -= 1
    }
    return (start, count)
  }

  /// 1, 0, or -1 for neither. `true`, `True` and `TRUE` are the words.
  @inline(__always)
  static func bool(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int {
    if count == 4 {
      let word = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self).littleEndian
      return word == 0x6575_7274 || word == 0x6575_7254 || word == 0x4555_5254 ? 1 : -1
    }
    if count == 5 {
      let word = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self).littleEndian
      if start[4] == 0x65 { return word == 0x736C_6166 || word == 0x736C_6146 ? 0 : -1 }
      return start[4] == 0x45 && word == 0x534C_4146 ? 0 : -1
    }
    return -1
  }

  func int(_ start: UnsafePointer<UInt8>, _ count: Int) -> (value: Int64, ok: Bool) {
    if thousands == 0 { return NumberScan.parseInt(start, count) }
    return withPlainNumber(start, count) { NumberScan.parseInt($0, $1) } ?? (0, false)
  }

  func number(_ start: UnsafePointer<UInt8>, _ count: Int) -> (value: Double, ok: Bool) {
    if areNumbersPlain { return NumberScan.parseDecimal(start, count, exactIntegers: true) }
    return withPlainNumber(start, count) {
      NumberScan.parseDecimal($0, $1, exactIntegers: true)
    } ?? (0, false)
  }

  /// The number with a point for the decimal mark and its digits not grouped; nil when the marks
  /// are not where they belong.
  private func withPlainNumber<Result>(
    _ start: UnsafePointer<UInt8>, _ count: Int, _ body: (UnsafePointer<UInt8>, Int) -> Result
  ) -> Result? {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count + slack) { copy in
      var used = 0
      var run = 0
      var groups = 0
      var isWhole = true
      for at in 0..<count {
        let byte = start[at]
        if byte == thousands && thousands != 0 {
          guard isWhole, groups == 0 ? (1...3).contains(run) : run == 3 else { return nil }
          groups += 1
          run = 0
          continue
        }
        if byte == decimal || (byte | 0x20) == 0x65 {
          if isWhole && groups > 0 && run != 3 { return nil }
          isWhole = false
          copy[used] = byte == decimal ? 0x2E : byte
        } else if byte == 0x2E {
          return nil
        } else {
          copy[used] = byte
          run += byte &- 0x30 <= 9 ? 1 : 0
        }
        used += 1
      }
      if isWhole && groups > 0 && run != 3 { return nil }
      for at in used..<used + slack where at < copy.count { copy[at] = 0 }
      return copy.baseAddress.map { body(UnsafePointer($0), used) }
    }
  }
}
