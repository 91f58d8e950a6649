import Text

/// As much of a terminal as the editor needs: cells, a cursor, and the usual sequences.
struct TestScreen {
  private(set) var columns: Int
  private(set) var rows: Int
  private var cells: [[String]]
  private(set) var row = 0
  private(set) var column = 0
  private var hangs = false
  private var saved = (row: 0, column: 0, hangs: false)
  private var pending: [UInt8] = []
  /// Rows that have left at the top.
  private(set) var above: [String] = []

  init(columns: Int = 80, rows: Int = 24) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
  }

  /// The rows without blanks at their ends, down to the last one that holds something.
  var lines: [String] {
    var lines = cells.map { Self.trimmed($0) }
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  var text: String { lines.joined(separator: "\n") }

  private static func trimmed(_ cells: [String]) -> String {
    var cells = cells
    while cells.last == " " { cells.removeLast() }
    return cells.joined()
  }

  /// Cuts or widens the rows, as terminals do that do not wrap again.
  mutating func resize(columns: Int, rows: Int) {
    cells = cells.map { Array(($0 + Array(repeating: " ", count: columns)).prefix(columns)) }
    while cells.count < rows { cells.append(Array(repeating: " ", count: columns)) }
    cells = Array(cells.prefix(rows))
    self.columns = columns
    self.rows = rows
    row = min(row, rows - 1)
    column = min(column, columns - 1)
    hangs = false
  }

  mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      pending.append(byte)
      if act() { pending = [] }
    }
  }

  /// Acts on what is pending, if it is whole.
  private mutating func act() -> Bool {
    let first = pending[0]
    if first == 0x1B { return actOnSequence() }
    if first < 0x20 {
      control(first)
      return true
    }
    guard let text = String(validating: pending, as: UTF8.self),
      let scalar = text.unicodeScalars.first
    else { return pending.count >= 4 }
    put(scalar)
    return true
  }

  private mutating func control(_ byte: UInt8) {
    hangs = hangs && byte == 0x07
    switch byte {
    case 0x08: column = max(0, column - 1)
    case 0x09: column = min(columns - 1, (column / 8 + 1) * 8)
    case 0x0A: lineFeed()
    case 0x0D: column = 0
    default: break
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = displayWidth(of: String(scalar))
    guard width > 0 else {
      let target = hangs ? column : max(0, column - 1)
      cells[row][target].unicodeScalars.append(scalar)
      return
    }
    if hangs || column + width > columns {
      column = 0
      lineFeed()
    }
    hangs = false
    cells[row][column] = String(scalar)
    if width == 2 { cells[row][column + 1] = "" }
    column += width
    if column >= columns {
      column = columns - 1
      hangs = true
    }
  }

  private mutating func lineFeed() {
    if row < rows - 1 {
      row += 1
    } else {
      above.append(Self.trimmed(cells.removeFirst()))
      cells.append(Array(repeating: " ", count: columns))
    }
  }

  private mutating func actOnSequence() -> Bool {
    guard pending.count > 1 else { return false }
    switch pending[1] {
    case UInt8(ascii: "["):
      guard pending.count > 2, let final = pending.last, (0x40..<0x7F).contains(final) else {
        return false
      }
      let parameters = String(decoding: pending[2..<(pending.count - 1)], as: UTF8.self)
      sequence(final, parameters.split(separator: ";").map { Int($0) ?? 0 })
      return true
    case UInt8(ascii: "("): return pending.count > 2
    case UInt8(ascii: "7"): saved = (row, column, hangs)
    case UInt8(ascii: "8"): (row, column, hangs) = saved
    default: break
    }
    return true
  }

  private mutating func sequence(_ final: UInt8, _ numbers: [Int]) {
    let first = numbers.first ?? 0
    let count = max(1, first)
    let keepsHanging =
      final == UInt8(ascii: "m") || final == UInt8(ascii: "h") || final == UInt8(ascii: "l")
    if !keepsHanging && final != UInt8(ascii: "K") { hangs = false }
    switch final {
    case UInt8(ascii: "A"): row = max(0, row - count)
    case UInt8(ascii: "B"): row = min(rows - 1, row + count)
    case UInt8(ascii: "C"): column = min(columns - 1, column + count)
    case UInt8(ascii: "D"): column = max(0, column - count)
    case UInt8(ascii: "G"): column = min(columns, count) - 1
    case UInt8(ascii: "H"):
      row = min(rows, count) - 1
      column = min(columns, max(1, numbers.count > 1 ? numbers[1] : 1)) - 1
    case UInt8(ascii: "J"): clear(first)
    case UInt8(ascii: "K"): blank(row, (first == 0 ? column : 0)..<columns)
    case UInt8(ascii: "P"):
      cells[row].removeSubrange(column..<min(columns, column + count))
      cells[row] += Array(repeating: " ", count: columns - cells[row].count)
    case UInt8(ascii: "@"):
      cells[row].insert(contentsOf: Array(repeating: " ", count: count), at: column)
      cells[row] = Array(cells[row].prefix(columns))
    default: break
    }
  }

  private mutating func clear(_ kind: Int) {
    if kind == 0 { blank(row, column..<columns) }
    for other in (kind == 0 ? row + 1 : 0)..<rows { blank(other, 0..<columns) }
  }

  private mutating func blank(_ row: Int, _ range: Range<Int>) {
    for column in range { cells[row][column] = " " }
  }
}
