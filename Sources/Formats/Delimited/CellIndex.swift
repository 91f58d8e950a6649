import CByteScan

/// Where the cells of some consecutive records are: for each the offset after the byte that ends
/// it, so that a cell begins where the one before it ends.
struct CellIndex {
  /// `ends[-1]` is the start of the first record.
  let ends: UnsafeMutablePointer<UInt32>
  private let capacity: Int
  private let storage: UnsafeMutablePointer<UInt32>

  init(width: Int, cells: Int) {
    capacity = max(cells, 2 * width + 256)
    storage = .allocate(capacity: capacity + 1)
    ends = storage + 1
  }

  func deallocate() { storage.deallocate() }

  struct Filled {
    var rows: Int
    /// Where the first record that is not in the index begins.
    var next: Int
    /// The bytes did not have the plain shape: every record `width` cells, quotes as they should
    /// be, no blank lines. Nothing is said about the records then.
    var isIrregular: Bool
  }

  private enum State {
    static let start: UInt8 = 0
    static let plain: UInt8 = 1
    static let quoted: UInt8 = 2
    static let closed: UInt8 = 3
    static let returned: UInt8 = 4
  }

  /// Indexes whole records from `from`, until the index is full or the bytes end. With
  /// `isComplete` the last record may lack its line end; without, it may be cut and is left out.
  @inline(never)
  func fill(
    _ bytes: UnsafePointer<UInt8>, from: Int, end: Int, width: Int, dialect: Dialect,
    isComplete: Bool = true
  ) -> Filled {
    let broken = Filled(rows: 0, next: from, isIrregular: true)
    storage[0] = UInt32(truncatingIfNeeded: from)
    let limit = capacity - 80
    var at = from
    var count = 0
    var lines = 0
    var state = State.start
    while at < end && count < limit {
      var quotes = dialect.quote == 0 ? 0 : scan_equal(bytes + at, dialect.quote)
      let ended = scan_equal(bytes + at, dialect.newline)
      var marks = ended | scan_equal(bytes + at, dialect.delimiter)
      var keep = UInt64.max
      if end - at < 64 {
        keep = (UInt64(1) &<< UInt64(end - at)) &- 1
        quotes &= keep
        marks &= keep
      }
      let outer = CellIndex.outside(
        quotes: quotes, marks: marks, state: &state, isWhole: keep == .max)
      if let outer {
        let ended = ended & outer & keep
        lines &+= ended == 0 ? 0 : 1
        // More than one line end within 64 bytes.
        if ended & (ended &- 1) != 0 { lines &+= ended.nonzeroBitCount &- 1 }
        count &+= store(marks & outer, at: count, base: UInt32(truncatingIfNeeded: at &+ 1))
      } else {
        let stop = min(at + 64, end)
        guard
          walk(bytes, at..<stop, dialect: dialect, state: &state, count: &count, lines: &lines)
        else { return broken }
      }
      at += 64
    }
    if at >= end && isComplete {
      if state == State.quoted { return broken }
      let last = count == 0 ? from : Int(ends[count - 1])
      if count % width == width - 1 && (width > 1 || last < end) {
        ends[count] = UInt32(truncatingIfNeeded: end &+ 1)
        count += 1
        lines += 1
      }
      if count % width != 0 { return broken }
    }
    return checked(bytes, from: from, end: end, count: count, lines: lines, width, dialect)
  }

  /// The bits of a block that lie outside quotes, where the block's quotes are all in their places:
  /// an opening one after a mark, a closing one before a mark, or two together. Nil where that must
  /// be seen byte by byte.
  @inline(__always)
  private static func outside(
    quotes: UInt64, marks: UInt64, state: inout UInt8, isWhole: Bool
  ) -> UInt64? {
    if quotes == 0 {
      if state == State.quoted { return 0 }
      if state > State.plain { return nil }
      state = marks >> 63 != 0 ? State.start : State.plain
      return .max
    }
    if state == State.returned || !isWhole { return nil }
    let inside = prefixParity(quotes) ^ (state == State.quoted ? .max : 0)
    let opening = quotes & inside
    let closing = quotes & ~inside
    let outer = marks & ~inside
    let before = (outer | closing) << 1 | (state == State.start || state == State.closed ? 1 : 0)
    if opening & ~before != 0 { return nil }
    if (closing << 1) & ~(outer | opening) != 0 { return nil }
    if state == State.closed && (outer | opening) & 1 == 0 { return nil }
    if inside >> 63 != 0 {
      state = State.quoted
    } else if closing >> 63 != 0 {
      state = State.closed
    } else {
      state = outer >> 63 != 0 ? State.start : State.plain
    }
    return ~inside
  }

  /// Notes the offsets of the marks; the answer is how many there are.
  @inline(__always)
  private func store(_ marks: UInt64, at count: Int, base: UInt32) -> Int {
    let found = marks.nonzeroBitCount
    let place = ends + count
    var left = marks
    var bit = 0
    // Eight at a time, whether there are as many or not: what is written past `found` is
    // overwritten later, and a branch that cannot be foretold costs more.
    repeat {
      for step in 0..<8 {
        // The top bit spares the test for zero; in a mask with bits it changes nothing.
        let offset = (left | 1 << 63).trailingZeroBitCount
        place[bit &+ step] = base &+ UInt32(truncatingIfNeeded: offset)
        left &= left &- 1
      }
      bit &+= 8
    } while bit < found
    return found
  }

  /// The bytes of a block whose quotes are not plain, one by one.
  private func walk(
    _ bytes: UnsafePointer<UInt8>, _ range: Range<Int>, dialect: Dialect, state: inout UInt8,
    count: inout Int, lines: inout Int
  ) -> Bool {
    var now = state
    var filled = count
    for at in range {
      let byte = bytes[at]
      if now == State.quoted {
        if byte == dialect.quote { now = State.closed }
        continue
      }
      if byte == dialect.delimiter && now != State.returned || byte == dialect.newline {
        ends[filled] = UInt32(truncatingIfNeeded: at &+ 1)
        filled &+= 1
        if byte == dialect.newline { lines &+= 1 }
        now = State.start
      } else if now == State.closed {
        if byte == dialect.quote {
          now = State.quoted
        } else if byte == Byte.carriageReturn {
          now = State.returned
        } else {
          return false
        }
      } else if now == State.returned {
        return false
      } else {
        now = now == State.start && byte == dialect.quote ? State.quoted : State.plain
      }
    }
    state = now
    count = filled
    return true
  }

  /// Sees that each record has `width` cells and none is a blank line.
  private func checked(
    _ bytes: UnsafePointer<UInt8>, from: Int, end: Int, count: Int, lines: Int, _ width: Int,
    _ dialect: Dialect
  ) -> Filled {
    let rows = count / width
    var seen = 0
    for row in 0..<rows {
      let last = Int(ends[row * width + width - 1]) - 1
      if last < end && bytes[last] != dialect.newline {
        return Filled(rows: 0, next: from, isIrregular: true)
      }
      seen += 1
    }
    // What follows the last whole record is not looked at, so it must hold no line end either.
    if seen != lines { return Filled(rows: 0, next: from, isIrregular: true) }
    let next = rows == 0 ? from : min(Int(ends[rows * width - 1]), end)
    return Filled(rows: rows, next: next, isIrregular: false)
  }
}
