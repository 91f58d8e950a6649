import Columns
import Glibc

/// How a column's cells are read.
enum ColumnKind: Sendable, Hashable {
  case bool, int, number, date, time
  /// Text, as numbers of distinct texts.
  case codes
  /// Text, one piece a row.
  case pieces
  /// Nothing but nulls so far.
  case unknown
  /// Not read, only searched for cells that are none of these types.
  case searched(CellTypes)

  init(_ type: ColumnType) {
    switch type {
    case .bool: self = .bool
    case .int: self = .int
    case .number: self = .number
    case .date: self = .date
    case .time: self = .time
    default: self = .codes
    }
  }

  /// What the cells that were read without complaint have in common.
  var types: CellTypes {
    switch self {
    case .bool: .bool
    case .int: [.int, .number]
    case .number: .number
    case .date: .date
    case .time: .time
    case .codes, .pieces, .searched: []
    case .unknown: .all
    }
  }

  var isText: Bool { self == .codes || self == .pieces }
}

// Workers write disjoint rows; the arrays are read after all have finished.
/// The memory that a column's cells are read into: an array of the table's length, made once and
/// filled by many.
final class ColumnTarget: @unchecked Sendable {
  let kind: ColumnKind
  let start: UnsafeMutableRawPointer
  private let array: AnyArray

  private enum AnyArray {
    case bools([Bool])
    case ints([Int64])
    case numbers([Double])
    case days([Int32])
    case codes([UInt32])
    case offsets([Int])
    case none
  }

  init(_ kind: ColumnKind, rows: Int) {
    self.kind = kind
    switch kind {
    case .bool: (array, start) = Self.made(rows) { AnyArray.bools($0) }
    case .int, .time: (array, start) = Self.made(rows) { AnyArray.ints($0) }
    case .number: (array, start) = Self.made(rows) { AnyArray.numbers($0) }
    case .date: (array, start) = Self.made(rows) { AnyArray.days($0) }
    case .codes: (array, start) = Self.made(rows) { AnyArray.codes($0) }
    case .pieces: (array, start) = Self.made(rows + 1) { AnyArray.offsets($0) }
    case .unknown, .searched:
      array = .none
      start = UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1)
    }
  }

  deinit {
    if case .none = array { start.deallocate() }
  }

  /// An array of plain values whose contents come later. Its storage has one owner and never moves
  /// until the table is made, so its address stays good.
  private static func made<Element: BitwiseCopyable>(
    _ count: Int, _ wrap: ([Element]) -> AnyArray
  ) -> (AnyArray, UnsafeMutableRawPointer) {
    var start: UnsafeMutableRawPointer?
    let array = [Element](unsafeUninitializedCapacity: max(count, 1)) { buffer, filled in
      start = UnsafeMutableRawPointer(buffer.baseAddress)
      filled = count
    }
    guard let start else { preconditionFailure("an array with capacity has an address") }
    Self.preferLargePages(start, count * MemoryLayout<Element>.stride)
    return (wrap(array), start)
  }

  /// One page fault in place of 512 where the system allows it; no harm where not.
  private static func preferLargePages(_ start: UnsafeMutableRawPointer, _ count: Int) {
    let page = 1 << 21
    let first = (Int(bitPattern: start) + page - 1) & ~(page - 1)
    let last = (Int(bitPattern: start) + count) & ~(page - 1)
    if last > first {
      madvise(UnsafeMutableRawPointer(bitPattern: first), last - first, MADV_HUGEPAGE)
    }
  }

  func column(valid: [Bool]?) -> Column? {
    let valid = valid.map { $0[...] }
    switch array {
    case .bools(let all): return .bool(Values(all[...], valid: valid))
    case .ints(let all):
      return kind == .time
        ? .time(Values(all[...], valid: valid)) : .int(Values(all[...], valid: valid))
    case .numbers(let all): return .number(Values(all[...], valid: valid))
    case .days(let all): return .date(Values(all[...], valid: valid))
    case .codes, .offsets, .none: return nil
    }
  }

  var codes: [UInt32]? {
    if case .codes(let all) = array { all } else { nil }
  }

  var offsets: [Int]? {
    if case .offsets(let all) = array { all } else { nil }
  }
}
