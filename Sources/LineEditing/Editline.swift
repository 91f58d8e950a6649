import CEditline

/// libedit's line and screen, in terms of Swift.
struct Editline {
  let handle: OpaquePointer

  var line: EditedLine {
    guard let info = el_wline(handle)?.pointee, let start = info.buffer, let end = info.lastchar,
      let cursor = info.cursor
    else { return EditedLine(scalars: [], cursor: 0) }
    let count = end - start
    var scalars: [Unicode.Scalar] = []
    scalars.reserveCapacity(count)
    for character in UnsafeBufferPointer(start: start, count: count) {
      scalars.append(Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{FFFD}")
    }
    return EditedLine(scalars: scalars, cursor: min(max(0, cursor - start), count))
  }

  var columns: Int { max(2, Int(bight_el_number(handle, "co"))) }
  var rows: Int { max(1, Int(bight_el_number(handle, "li"))) }

  func insert(_ scalars: some Sequence<Unicode.Scalar>) {
    let wide = scalars.map { wchar_t(bitPattern: $0.value) }
    if !wide.isEmpty { el_winsertstr(handle, wide + [0]) }
  }

  func moveCursor(to index: Int) {
    _ = el_cursor(handle, Int32(clamping: index - line.cursor))
  }

  /// Replaces a range and leaves the cursor behind what is new.
  func replace(_ range: Range<Int>, with scalars: some Sequence<Unicode.Scalar>) {
    moveCursor(to: range.upperBound)
    el_deletestr(handle, Int32(clamping: range.count))
    insert(scalars)
  }

  /// Changes the line into another one, touching only where they differ.
  func setLine(_ new: EditedLine) {
    let old = line.scalars
    let head = zip(old, new.scalars).prefix { $0 == $1 }.count
    let shorter = min(old.count, new.scalars.count) - head
    let tail = zip(old.reversed(), new.scalars.reversed()).prefix(shorter).prefix { $0 == $1 }.count
    if old.count != new.scalars.count || head < old.count {
      replace(head..<old.count - tail, with: new.scalars[head..<new.scalars.count - tail])
    }
    moveCursor(to: new.cursor)
  }

  /// Draws the prompt and the line from where the terminal's cursor is.
  func draw() { bight_el_refresh(handle) }

  func setRaw(_ raw: Bool) { bight_el_raw(handle, raw ? 1 : 0) }

  /// Makes libedit read these as the next keys.
  func push(_ byte: UInt8) { el_wpush(handle, [wchar_t(byte), 0]) }

  /// How an editing function says what has to be drawn.
  enum Answer {
    case nothing
    case redraw
    case refuse
    case end

    var code: UInt8 {
      switch self {
      case .nothing: UInt8(CC_NORM)
      case .redraw: UInt8(CC_REFRESH)
      case .refuse: UInt8(CC_REFRESH_BEEP)
      case .end: UInt8(CC_EOF)
      }
    }
  }
}
