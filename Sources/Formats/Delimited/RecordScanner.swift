/// Reads delimited text record by record, byte by byte: the meaning that the faster ways must agree
/// with.
///
/// A quote opens a quoted cell only as the first byte of a cell; two quotes in a quoted cell stand
/// for one; after the closing quote comes the delimiter or the end of the record.
struct RecordScanner {
  enum Outcome: Equatable {
    /// A record whose cells are in `cells`.
    case record
    /// A line with nothing in it.
    case blank
    case comment
    /// The bytes end before the record does.
    case incomplete
    /// A quoted cell, opened at this offset, never ends.
    case unclosed(Int)
    /// Something other than a delimiter follows the closing quote, at this offset.
    case afterQuote(Int)
  }

  let dialect: Dialect
  /// Start and end of each cell of the last record, quotes included.
  private(set) var cells: [(start: Int, end: Int)] = []
  /// Where the next record begins.
  private(set) var next = 0
  /// Whether a quoted cell of the last record held a line end.
  private(set) var spansLines = false

  init(_ dialect: Dialect) { self.dialect = dialect }

  /// Reads the record at `from`. `isLast` says that no bytes follow `end`.
  mutating func scan(
    _ bytes: UnsafePointer<UInt8>, from: Int, end: Int, isLast: Bool
  ) -> Outcome {
    cells.removeAll(keepingCapacity: true)
    spansLines = false
    if dialect.comment != 0 && from < end && bytes[from] == dialect.comment {
      var at = from
      while at < end && bytes[at] != dialect.newline { at += 1 }
      if at == end && !isLast { return .incomplete }
      next = min(at + 1, end)
      return .comment
    }
    var at = from
    while true {
      let start = at
      if at < end && bytes[at] == dialect.quote && dialect.quote != 0 {
        if let problem = skipQuoted(bytes, &at, end: end, isLast: isLast) { return problem }
      }
      while at < end && bytes[at] != dialect.delimiter && bytes[at] != dialect.newline { at += 1 }
      if at == end && !isLast { return .incomplete }
      if at < end && bytes[at] == dialect.delimiter {
        cells.append((start, at))
        at += 1
        continue
      }
      var stop = at
      if dialect.newline == Byte.newline && stop > start
        && bytes[stop - 1] == Byte.carriageReturn
      {
        stop -= 1
      }
      cells.append((start, stop))
      next = min(at + 1, end)
      return cells.count == 1 && start == stop ? .blank : .record
    }
  }

  /// Moves past a quoted cell.
  private mutating func skipQuoted(
    _ bytes: UnsafePointer<UInt8>, _ at: inout Int, end: Int, isLast: Bool
  ) -> Outcome? {
    let opened = at
    at += 1
    while true {
      while at < end && bytes[at] != dialect.quote {
        if bytes[at] == dialect.newline { spansLines = true }
        at += 1
      }
      if at == end { return isLast ? .unclosed(opened) : .incomplete }
      at += 1
      if at < end && bytes[at] == dialect.quote {
        at += 1
        continue
      }
      if at == end { return isLast ? nil : .incomplete }
      let following = bytes[at]
      if following == dialect.delimiter || following == dialect.newline { return nil }
      if following == Byte.carriageReturn {
        if at + 1 == end { return isLast ? nil : .incomplete }
        if bytes[at + 1] == dialect.newline { return nil }
      }
      return .afterQuote(at)
    }
  }
}
