import Text

/// Text measured in columns of a screen.
enum DisplayText {
  /// Columns of UTF-8 text.
  static func width(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    for byte in bytes where byte < 0x20 || byte >= 0x7f {
      return displayWidth(of: String(decoding: bytes, as: UTF8.self))
    }
    return bytes.count
  }

  /// The text if it is no wider; else as much of it as fits before a `…`.
  static func cut(_ text: String, to width: Int, unicode: Bool) -> String {
    if displayWidth(of: text) <= width { return text }
    guard width > 0 else { return "" }
    var used = 0
    var end = text.startIndex
    while end < text.endIndex {
      let size = displayWidth(of: String(text[end]))
      if used + size > width - 1 { break }
      used += size
      end = text.index(after: end)
    }
    return text[..<end] + (unicode ? "…" : "~")
  }

  /// The words of a text in lines that are no wider; all but the first begin with the indent. A word
  /// that is wider than a line goes on in the next.
  static func wrapped(_ text: String, to width: Int?, indent: String = "") -> [String] {
    guard let width else { return text.isEmpty ? [] : [text] }
    // Where there is no room for an indent there is none.
    let indent = indent.utf8.count * 2 <= width ? indent : ""
    var lines: [String] = []
    var line = ""
    var used = 0
    var isEmpty = true
    func next() {
      lines.append(line)
      line = indent
      used = indent.utf8.count
      isEmpty = true
    }
    for word in text.split(separator: " ", omittingEmptySubsequences: true) {
      let size = displayWidth(of: String(word))
      if !isEmpty, used + 1 + size > width { next() }
      if !isEmpty {
        line += " "
        used += 1
      }
      isEmpty = false
      guard used + size > width else {
        line += word
        used += size
        continue
      }
      for character in word {
        let size = displayWidth(of: String(character))
        if used + size > width, used > indent.utf8.count || isEmpty { next() }
        line.append(character)
        used += size
        isEmpty = false
      }
    }
    if !isEmpty { lines.append(line) }
    return lines
  }
}
