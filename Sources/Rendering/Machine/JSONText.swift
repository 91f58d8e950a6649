/// Pieces of JSON (RFC 8259).
package enum JSONText {
  /// A string in quotes. Escape bytes and other control characters never stand in it raw.
  static func append(_ source: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var clean = 0
    for at in source.indices {
      let byte = source[at]
      if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte != 0x7f {
        continue
      }
      bytes.append(contentsOf: source[clean..<at])
      clean = at + 1
      bytes.append(UInt8(ascii: "\\"))
      switch byte {
      case 0x0a: bytes.append(UInt8(ascii: "n"))
      case 0x0d: bytes.append(UInt8(ascii: "r"))
      case 0x09: bytes.append(UInt8(ascii: "t"))
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
      default:
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(contentsOf: "u00".utf8)
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      }
    }
    bytes.append(contentsOf: source[clean...])
    bytes.append(UInt8(ascii: "\""))
  }

  static func append(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { append($0, to: &bytes) }
  }

  /// An array of numbers; those that are not finite are null.
  static func append(_ elements: ArraySlice<Float>, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "["))
    for (at, element) in elements.enumerated() {
      if at > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: (element.isFinite ? element.description : "null").utf8)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// A text as a JSON string, nil as `null`.
  package static func string(_ text: String?) -> String {
    guard let text else { return "null" }
    var bytes: [UInt8] = []
    append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  package static func array(_ texts: [String]) -> String {
    "[" + texts.map { string($0) }.joined(separator: ",") + "]"
  }

  /// An object with its members in the given order; their values are JSON already.
  package static func object(_ members: [(name: String, json: String)]) -> String {
    "{" + members.map { string($0.name) + ":" + $0.json }.joined(separator: ",") + "}"
  }
}
