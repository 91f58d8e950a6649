/// A cell, counted from the first cell of the prompt.
struct Cell: Hashable {
  var row = 0
  var column = 0

  /// What moves a terminal's cursor so many rows down, or up if negative.
  static func motion(rows: Int) -> String {
    rows > 0 ? "\u{1B}[\(rows)B" : rows < 0 ? "\u{1B}[\(-rows)A" : ""
  }

  static func right(_ columns: Int) -> String { columns > 0 ? "\u{1B}[\(columns)C" : "" }
}

/// Where libedit puts each character: the same steps as its own, so that what is painted over its
/// lines falls into the same cells.
struct ScreenLayout {
  let columns: Int
  /// Where the next character goes.
  private(set) var next = Cell()

  init(columns: Int) { self.columns = max(2, columns) }

  /// Puts a character and answers its cell.
  mutating func put(_ scalar: Unicode.Scalar) -> Cell {
    switch scalar {
    case "\n":
      let cell = next
      next = Cell(row: next.row + 1, column: 0)
      return cell
    case "\t":
      let cell = next
      repeat { step(1) } while next.column % 8 != 0
      return cell
    default:
      let width = scalar.cells ?? 0
      // A wide character does not straddle the edge.
      while next.column + width > columns { step(1) }
      let cell = next
      step(width)
      return cell
    }
  }

  mutating func put(_ scalars: some Sequence<Unicode.Scalar>) {
    for scalar in scalars { _ = put(scalar) }
  }

  /// The cursor stands at once at the beginning of the next row when a row is full.
  private mutating func step(_ width: Int) {
    next.column += width
    if next.column >= columns { next = Cell(row: next.row + 1, column: 0) }
  }
}

/// Where the prompt, the line and its cursor stand on the screen.
struct LinePlace {
  var cursor: Cell
  var end: Cell

  init(prompt: [Unicode.Scalar], line: [Unicode.Scalar], cursor index: Int, columns: Int) {
    var layout = ScreenLayout(columns: columns)
    layout.put(prompt)
    layout.put(line[..<index])
    cursor = layout.next
    if index < line.count {
      let cell = layout.put(line[index])
      // Only a wide character that does not fit moves on; a newline stays where it is.
      cursor = cell
      layout.put(line[(index + 1)...])
    }
    end = layout.next
  }
}
