/// Text that means itself in a Markdown document.
package enum MarkdownText {
  static func append(_ source: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    if source.isEmpty {
      bytes.append(contentsOf: "\"\"".utf8)
      return
    }
    guard SafeText.isClean(source) else {
      var safe: [UInt8] = []
      SafeText.append(source, to: &safe)
      safe.withUnsafeBufferPointer { escape($0, to: &bytes) }
      return
    }
    escape(source, to: &bytes)
  }

  private static func escape(_ source: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    for at in source.indices {
      switch source[at] {
      case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
      case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "\\"), UInt8(ascii: "|"), UInt8(ascii: "*"), UInt8(ascii: "`"),
        UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "~"), UInt8(ascii: "$"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(source[at])
      case UInt8(ascii: "_"):
        // Between letters, as in snake_case, it begins no emphasis.
        let isInside =
          at > 0 && at + 1 < source.count && isWord(source[at - 1]) && isWord(source[at + 1])
        if !isInside { bytes.append(UInt8(ascii: "\\")) }
        bytes.append(source[at])
      default: bytes.append(source[at])
      }
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20)
  }

  static func append(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { append($0, to: &bytes) }
  }

  package static func escaped(_ text: String) -> String {
    if text.isEmpty { return "" }
    var bytes: [UInt8] = []
    append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Text in a fence that is longer than any in it.
  package static func fenced(_ text: String, language: String = "") -> String {
    var longest = 2
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return "\(fence)\(language)\n\(text)\n\(fence)\n"
  }
}
