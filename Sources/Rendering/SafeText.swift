/// Text from data made harmless for a screen: nothing in it moves the cursor, breaks the line or
/// turns the reading direction.
package enum SafeText {
  /// The text with line breaks, control characters and direction overrides written as escapes.
  package static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    var copy = text
    let hasNothing = copy.withUTF8 { source in
      if isClean(source) { return true }
      append(source, to: &bytes)
      return false
    }
    return hasNothing ? text : String(decoding: bytes, as: UTF8.self)
  }

  /// True when there is nothing to escape. May be false when there is none either: then
  /// `append` looks closer.
  static func isClean(_ source: UnsafeBufferPointer<UInt8>) -> Bool {
    // Everything to escape begins with a control byte, C2 (C1 controls), D8 (Arabic mark), E2
    // (direction marks, separators) or EF (byte order mark, annotations).
    for byte in source
    where byte < 0x20 || byte == 0x7f || byte == 0xc2 || byte == 0xd8 || byte == 0xe2
      || byte == 0xef
    {
      return false
    }
    return true
  }

  static func append(_ source: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    for scalar in String(decoding: source, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x0a: bytes += Array("\\n".utf8)
      case 0x0d: bytes += Array("\\r".utf8)
      case 0x09: bytes += Array("\\t".utf8)
      case let value where isUnsafe(value):
        bytes += Array("\\u{\(String(value, radix: 16))}".utf8)
      default: bytes += Array(String(scalar).utf8)
      }
    }
  }

  /// Control characters, line and paragraph separators, and what changes the reading direction.
  static func isUnsafe(_ value: UInt32) -> Bool {
    switch value {
    case 0..<0x20, 0x7f..<0xa0, 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff,
      0xfff9...0xfffb:
      true
    default: false
    }
  }
}
