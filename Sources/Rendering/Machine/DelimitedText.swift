/// Fields of comma- or tab-separated text as RFC 4180 quotes them.
enum DelimitedText {
  /// Quotes what has a delimiter, a quote, a line break or a blank at an end in it, and the empty
  /// text, since nothing at all stands for null.
  static func append(
    _ source: UnsafeBufferPointer<UInt8>, delimiter: UInt8, to bytes: inout [UInt8]
  ) {
    let quote = UInt8(ascii: "\"")
    var needsQuotes = source.isEmpty || source.first == 0x20 || source[source.count - 1] == 0x20
    if !needsQuotes {
      for byte in source where byte == delimiter || byte == quote || byte == 0x0a || byte == 0x0d {
        needsQuotes = true
        break
      }
    }
    guard needsQuotes else {
      bytes.append(contentsOf: source)
      return
    }
    bytes.append(quote)
    for byte in source {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }

  static func append(_ text: String, delimiter: UInt8, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { append($0, delimiter: delimiter, to: &bytes) }
  }
}
