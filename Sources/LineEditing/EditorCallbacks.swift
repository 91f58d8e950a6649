/// What the editor asks of whoever knows the language. All are called on the editor's thread,
/// between two keys, so they must be quick.
package struct EditorCallbacks {
  /// Whether the text is a whole entry, so that Enter submits it.
  package var isComplete: (String) -> Bool
  /// What may stand at the cursor, a byte offset into the text.
  package var complete: (String, Int) -> Completions
  /// Colours for ranges of bytes of the text. Where ranges overlap, the later one wins.
  package var highlight: ((String) -> [(Range<Int>, SGR)])?

  package init(
    isComplete: @escaping (String) -> Bool,
    complete: @escaping (String, Int) -> Completions = { _, _ in .none },
    highlight: ((String) -> [(Range<Int>, SGR)])? = nil
  ) {
    self.isComplete = isComplete
    self.complete = complete
    self.highlight = highlight
  }
}

/// What reading a statement came to.
package enum Input: Hashable, Sendable {
  case text(String)
  /// Ctrl-C: what had been typed is dropped.
  case interrupted
  /// Ctrl-D on an empty line, or the end of the input.
  case end
  /// The input cannot be read; the system's error number.
  case failed(Int32)
}
