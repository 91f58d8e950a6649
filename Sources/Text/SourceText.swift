/// A script, a cell or a command-line argument: a name to point at, and its bytes.
package struct SourceText: Sendable {
  /// What stands before the line and column in a message: a path, or `input 2`.
  package let name: String
  package let bytes: [UInt8]
  package let lines: LineTable

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    self.lines = LineTable(bytes)
  }

  package init(name: String, _ text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The text of a span; bytes that are not UTF-8 are shown as replacement characters.
  package func text(_ span: Span) -> String {
    let lower = min(max(0, span.lower), bytes.count)
    let upper = min(max(lower, span.upper), bytes.count)
    return String(decoding: bytes[lower..<upper], as: UTF8.self)
  }
}
