/// Some consecutive records with the places of their cells.
struct Slab {
  let bytes: UnsafePointer<UInt8>
  let ends: UnsafePointer<UInt32>
  let width: Int
  let rows: Int
  let quote: UInt8
  /// A carriage return before the line end is not part of the cell.
  let dropsReturn: Bool

  /// Calls `body` with row, start, length and whether it was quoted for each cell of a column until
  /// it says false; answers with the row that it stopped at. Cells come without their quotes, but
  /// with doubled quotes inside.
  @inline(__always)
  func scan(
    _ column: Int, from first: Int = 0,
    _ body: (_ row: Int, _ start: UnsafePointer<UInt8>, _ count: Int, _ isQuoted: Bool) -> Bool
  ) -> Int {
    var place = ends + (first * width + column)
    // A byte that no cell begins with, or what one that is quoted does.
    let mark = quote == 0 ? UInt32.max : UInt32(quote)
    let isLast = dropsReturn && column == width - 1
    let stride = width
    var row = first
    while row < rows {
      let begin = Int(place[-1])
      var count = Int(place[0]) &- 1 &- begin
      var start = bytes + begin
      if isLast && count > 0 && start[count &- 1] == Byte.carriageReturn { count &-= 1 }
      var isQuoted = false
      if UInt32(start.pointee) == mark && count >= 2 {
        start += 1
        count &-= 2
        isQuoted = true
      }
      if !body(row, start, count, isQuoted) { return row }
      row &+= 1
      place += stride
    }
    return row
  }
}
