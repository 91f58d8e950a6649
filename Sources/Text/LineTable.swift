/// From byte offsets to what people count: lines, columns and places on the screen.
///
/// A line ends with a line feed, a carriage return, or both.
package struct LineTable: Sendable {
  package struct Position: Hashable, Sendable {
    /// From 1.
    package var line: Int
    /// In graphemes, from 1.
    package var column: Int
    /// How many screen cells of `displayText(ofLine:)` stand before the place.
    package var width: Int
  }

  private let bytes: [UInt8]
  private let starts: [Int]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    bytes.withUnsafeBufferPointer { buffer in
      for index in buffer.indices {
        let byte = buffer[index]
        let next = index + 1
        if byte == 10 || (byte == 13 && (next == buffer.count || buffer[next] != 10)) {
          starts.append(next)
        }
      }
    }
    self.starts = starts
  }

  package var count: Int { starts.count }

  /// The line an offset lies in, from 1. Offsets past the end lie in the last line.
  package func line(at offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  package func position(of offset: Int) -> Position {
    let line = line(at: offset)
    let range = range(ofLine: line)
    let end = min(max(offset, range.lower), range.upper)
    let before = String(decoding: bytes[range.lower..<end], as: UTF8.self)
    return Position(
      line: line, column: before.count + 1, width: DisplayWidth.of(Self.visible(before)))
  }

  /// The bytes of a line without its end of line.
  package func range(ofLine line: Int) -> Span {
    guard line >= 1, line <= starts.count else { return Span(bytes.count, bytes.count) }
    let lower = starts[line - 1]
    var upper = line < starts.count ? starts[line] : bytes.count
    if upper > lower, bytes[upper - 1] == 10 { upper -= 1 }
    if upper > lower, bytes[upper - 1] == 13 { upper -= 1 }
    return Span(lower, upper)
  }

  /// The line as it was written, without its end of line.
  package func text(ofLine line: Int) -> String {
    let range = range(ofLine: line)
    return String(decoding: bytes[range.lower..<range.upper], as: UTF8.self)
  }

  /// The line as it may be shown: nothing in it moves the cursor or turns the direction of reading.
  package func displayText(ofLine line: Int) -> String {
    Self.visible(text(ofLine: line))
  }

  /// Shows tabs as two spaces and other control characters as pictures of one cell each.
  package static func visible(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    if isPlain { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 9: result.append(contentsOf: "  ".unicodeScalars)
      case 0..<0x20: result.append(Unicode.Scalar(UInt16(0x2400 + scalar.value)) ?? "\u{FFFD}")
      case 0x7F: result.append("\u{2421}")
      case 0x80..<0xA0, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069:
        result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
