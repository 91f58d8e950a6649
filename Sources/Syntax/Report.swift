import Text

/// Diagnostics on their way to the caller.
struct Report {
  /// Somebody may feed a picture to the parser; a thousand messages are enough to tell.
  static let most = 1000

  var diagnostics: [Diagnostic] = []

  var isFull: Bool { diagnostics.count >= Self.most }

  mutating func add(
    _ code: String, _ message: String, _ span: Span, label: String = "", notes: [String] = [],
    fix: String? = nil
  ) {
    guard !isFull else { return }
    diagnostics.append(
      Diagnostic(code: code, message, at: span, label: label, notes: notes, fix: fix))
  }

  /// A piece of source for use in a message: in backticks, on one line, not too long.
  static func shown(_ text: String) -> String {
    let limit = 24
    let visible = LineTable.visible(text.count > limit ? String(text.prefix(limit)) + "…" : text)
    guard visible.contains("`") else { return "`\(visible)`" }
    let isQuoted = visible.count > 1 && visible.hasPrefix("`") && visible.hasSuffix("`")
    return isQuoted ? visible : "\"\(visible)\""
  }
}
