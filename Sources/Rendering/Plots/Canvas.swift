/// A grid of character cells to draw dots, lines and signs on.
struct Canvas {
  let width: Int
  let height: Int
  /// Braille dots of each cell.
  private var dots: [UInt8]
  /// A sign that stands over the dots, and the group that it belongs to.
  private var signs: [(character: Character, group: Int)?]

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    dots = Array(repeating: 0, count: width * height)
    signs = Array(repeating: nil, count: width * height)
  }

  /// Dots by place in their cell: two columns of four.
  private static let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]

  /// A dot of the grid that is twice as wide and four times as high as the cells; y goes down.
  mutating func dot(_ x: Int, _ y: Int) {
    guard x >= 0, y >= 0, x < width * 2, y < height * 4 else { return }
    dots[y / 4 * width + x / 2] |= Canvas.bits[x % 2][y % 4]
  }

  /// A sign in a cell. The first to come stays.
  mutating func sign(_ character: Character, _ x: Int, _ y: Int, group: Int) {
    guard x >= 0, y >= 0, x < width, y < height, signs[y * width + x] == nil else { return }
    signs[y * width + x] = (character, group)
  }

  /// Every place of the straight line between two places (Bresenham 1965).
  static func line(_ from: (x: Int, y: Int), _ to: (x: Int, y: Int), _ visit: (Int, Int) -> Void) {
    var (x, y) = from
    let width = abs(to.x - x)
    let height = -abs(to.y - y)
    var error = width + height
    while true {
      visit(x, y)
      if x == to.x, y == to.y { return }
      let twice = 2 * error
      if twice >= height {
        error += height
        x += x < to.x ? 1 : -1
      }
      if twice <= width {
        error += width
        y += y < to.y ? 1 : -1
      }
    }
  }

  /// One row of cells as text, with groups in color.
  func row(_ y: Int, unicode: Bool, palette: Palette) -> String {
    var line = ""
    for x in 0..<width {
      let cell = y * width + x
      if let sign = signs[cell] {
        line += palette.group(sign.group, String(sign.character))
      } else if dots[cell] == 0 {
        line.append(" ")
      } else if unicode, let scalar = Unicode.Scalar(0x2800 + UInt32(dots[cell])) {
        line.append(Character(scalar))
      } else {
        // Without braille a cell tells only whether few or many dots are in it.
        line.append(
          dots[cell].nonzeroBitCount > 3 ? "#" : dots[cell].nonzeroBitCount > 1 ? ":" : ".")
      }
    }
    return line
  }
}
