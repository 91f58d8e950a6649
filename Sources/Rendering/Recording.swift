/// Compares a recorded output with what a statement answers now.
///
/// Words compare exactly, however far apart they stand. Numbers with decimals compare to the
/// precision they were printed with, one off in the last digit allowed; whole numbers compare
/// exactly, since a count that is one off is another count. A line of a lone `…` matches any number
/// of lines.
package enum Recording {
  package struct Mismatch: Hashable, Sendable {
    /// 0-based among the recorded lines; their number when more came than was recorded.
    package var line: Int
    /// Nil when nothing was recorded there.
    package var expected: String?
    /// Nil when nothing came.
    package var actual: String?

    package init(line: Int, expected: String?, actual: String?) {
      self.line = line
      self.expected = expected
      self.actual = actual
    }
  }

  /// The first difference, or nil. `tolerance` is relative and holds for whole numbers too.
  package static func compare(
    expected: [String], actual: [String], tolerance: Double? = nil
  ) -> Mismatch? {
    let segments = segments(of: expected)
    guard let first = segments.first, let last = segments.last else { return nil }
    func equal(_ line: Int, _ other: Int) -> Bool {
      LineComparison(tolerance: tolerance).equal(expected[line], actual[other])
    }
    func mismatch(_ line: Int, _ other: Int) -> Mismatch {
      Mismatch(
        line: line, expected: line < expected.count ? expected[line] : nil,
        actual: other < actual.count ? actual[other] : nil)
    }
    /// How many lines of the segment match from there on.
    func matched(_ segment: Range<Int>, at start: Int) -> Int {
      var length = 0
      while length < segment.count, start + length < actual.count,
        equal(segment.lowerBound + length, start + length)
      {
        length += 1
      }
      return length
    }

    // What stands before the first … is at the beginning.
    let head = matched(first, at: 0)
    if head < first.count { return mismatch(first.lowerBound + head, head) }
    if segments.count == 1 {
      return actual.count > first.count ? mismatch(first.upperBound, first.count) : nil
    }
    // What stands between two … is found at the first place that fits.
    var position = head
    for segment in segments.dropFirst().dropLast() {
      var best = (length: -1, start: position)
      while position <= actual.count {
        let length = matched(segment, at: position)
        if length > best.length { best = (length, position) }
        if length == segment.count { break }
        position += 1
      }
      if best.length < segment.count {
        return mismatch(segment.lowerBound + best.length, best.start + best.length)
      }
      position = best.start + best.length
    }
    // What stands after the last … is at the end.
    let tail = max(position, actual.count - last.count)
    let length = matched(last, at: tail)
    return length < last.count ? mismatch(last.lowerBound + length, tail + length) : nil
  }

  /// The line ranges before, between and after the lines of a lone `…`; some may be empty.
  private static func segments(of lines: [String]) -> [Range<Int>] {
    var answer: [Range<Int>] = []
    var start = 0
    for (number, line) in lines.enumerated() where isAnyLines(line) {
      answer.append(start..<number)
      start = number + 1
    }
    answer.append(start..<lines.count)
    return answer
  }

  private static func isAnyLines(_ line: String) -> Bool {
    line.utf8.split(whereSeparator: { isBlank($0) }).map { Array($0) } == [Array("…".utf8)]
  }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

/// Compares two lines word by word.
private struct LineComparison {
  var tolerance: Double?

  func equal(_ expected: String, _ actual: String) -> Bool {
    if expected.utf8.elementsEqual(actual.utf8) { return true }
    let wanted = expected.utf8.split(whereSeparator: { isBlank($0) }).map { Array($0) }
    let came = actual.utf8.split(whereSeparator: { isBlank($0) }).map { Array($0) }
    return wanted.count == came.count && zip(wanted, came).allSatisfy { equal(word: $0, $1) }
  }

  private func equal(word a: [UInt8], _ b: [UInt8]) -> Bool {
    if a == b { return true }
    var i = 0
    var j = 0
    while i < a.count, j < b.count {
      if let wanted = PrintedNumber(in: a, at: i), let came = PrintedNumber(in: b, at: j) {
        guard wanted.agrees(with: came, tolerance: tolerance) else { return false }
        i = wanted.end
        j = came.end
      } else if a[i] == b[j] {
        i += 1
        j += 1
      } else {
        return false
      }
    }
    return i == a.count && j == b.count
  }
}

/// A number as it stands in a line, such as `-1,204.50` or `3.1e-5`.
private struct PrintedNumber {
  /// The bytes without sign of plus and thousands separators.
  var digits: [UInt8] = []
  var value: Double
  /// What one in the last printed digit is worth; nil for whole numbers.
  var unit: Double?
  /// Where it ends in the word.
  var end: Int

  /// Nil when no number begins there, or when it is part of something else, such as a date.
  init?(in word: [UInt8], at start: Int) {
    if start > 0, !Array("([{=,<>".utf8).contains(word[start - 1]) { return nil }
    var at = start
    if at < word.count, word[at] == UInt8(ascii: "-") || word[at] == UInt8(ascii: "+") {
      if word[at] == UInt8(ascii: "-") { digits.append(word[at]) }
      at += 1
    }
    func run(_ at: inout Int, into digits: inout [UInt8]) -> Int {
      let begin = at
      while at < word.count, isDigit(word[at]) {
        digits.append(word[at])
        at += 1
      }
      return at - begin
    }
    guard run(&at, into: &digits) > 0 else { return nil }
    while at + 3 < word.count, word[at] == UInt8(ascii: ","),
      word[at + 1...at + 3].allSatisfy(isDigit),
      at + 4 == word.count || !isDigit(word[at + 4])
    {
      digits += word[at + 1...at + 3]
      at += 4
    }
    var decimals: Int?
    if at + 1 < word.count, word[at] == UInt8(ascii: "."), isDigit(word[at + 1]) {
      digits.append(word[at])
      at += 1
      decimals = run(&at, into: &digits)
    }
    var power = 0
    if at < word.count, word[at] | 0x20 == UInt8(ascii: "e") {
      var next = at + 1
      var written: [UInt8] = []
      if next < word.count, word[next] == UInt8(ascii: "-") || word[next] == UInt8(ascii: "+") {
        if word[next] == UInt8(ascii: "-") { written.append(word[next]) }
        next += 1
      }
      if run(&next, into: &written) > 0 {
        power = Int(String(decoding: written, as: UTF8.self)) ?? 0
        decimals = decimals ?? 0
        digits += Array("e".utf8) + written
        at = next
      }
    }
    if at < word.count, !Array(")]},;%<>=:".utf8).contains(word[at]) { return nil }
    guard let value = Double(String(decoding: digits, as: UTF8.self)) else { return nil }
    self.value = value
    end = at
    if let decimals { unit = Double("1e\(max(-400, min(400, power - decimals)))") }
  }

  /// Whether `other` came where this was recorded.
  func agrees(with other: PrintedNumber, tolerance: Double?) -> Bool {
    if digits == other.digits { return true }
    let difference = abs(value - other.value)
    if let tolerance, difference <= tolerance * abs(value) { return true }
    guard let unit = unit ?? other.unit else { return false }
    // Both were read from decimal text, so the difference of neighbours is a hair off the unit.
    return difference <= unit * 1.000_001 + abs(value) * 1e-15
  }
}
