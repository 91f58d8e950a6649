/// Small pieces of English that every message needs.
package enum Wording {
  /// `a`, `a or b`, `a, b or c`.
  package static func list(_ words: [String], _ joint: String = "or") -> String {
    guard let last = words.last else { return "" }
    if words.count == 1 { return last }
    return words.dropLast().joined(separator: ", ") + " \(joint) \(last)"
  }

  /// The same with each word in backticks.
  package static func codes(_ words: [String], _ joint: String = "or") -> String {
    list(words.map { "`\($0)`" }, joint)
  }

  /// `1 row`, `2 rows`, `10,000 rows`.
  package static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    "\(grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
  }

  /// `10,000`
  package static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var result = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result.append(",") }
      result.append(digit)
    }
    return result
  }

  /// Cuts a text into lines of at most `width` cells. Words are not cut, so a long one stands alone;
  /// line ends in the text stay.
  package static func wrap(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      var used = 0
      for word in paragraph.split(separator: " ") {
        let size = DisplayWidth.of(String(word))
        if used > 0, used + 1 + size > width {
          lines.append(line)
          line = ""
          used = 0
        }
        if used > 0 {
          line += " "
          used += 1
        }
        line += word
        used += size
      }
      lines.append(line)
    }
    return lines
  }
}
