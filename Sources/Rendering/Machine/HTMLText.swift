/// Text that means itself in HTML, in elements and in attributes.
package enum HTMLText {
  static func append(_ source: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    if source.isEmpty {
      bytes.append(contentsOf: "&quot;&quot;".utf8)
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
    for byte in source {
      switch byte {
      case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
      case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
      case UInt8(ascii: "'"): bytes.append(contentsOf: "&#39;".utf8)
      default: bytes.append(byte)
      }
    }
  }

  static func append(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { append($0, to: &bytes) }
  }

  /// Escaped on one line; control characters show as escapes.
  package static func escaped(_ text: String) -> String {
    if text.isEmpty { return "" }
    var bytes: [UInt8] = []
    append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Several lines as they stand.
  package static func preformatted(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return "<pre>" + lines.map { escaped(String($0)) }.joined(separator: "\n") + "</pre>\n"
  }
}
