import CEditline

// libedit keeps a line as an array of scalars and gives each its own cells, so the editor counts
// scalars too, not grapheme clusters.

/// Done once, before the first question about a character.
private let usesUTF8: Void = bight_use_utf8()

/// Makes C's character functions speak UTF-8, whatever the environment says.
func useUTF8() { _ = usesUTF8 }

extension Unicode.Scalar {
  /// Cells that the character takes in a terminal; nil if it cannot be shown.
  var cells: Int? {
    if value >= 0x20 && value < 0x7F { return 1 }
    useUTF8()
    let width = bight_width(value)
    return width < 0 ? nil : Int(width)
  }

  var isNewline: Bool { self == "\n" }

  /// Whether it belongs to a word, for keys that go by words.
  var isOfWord: Bool {
    self == "_" || properties.isAlphabetic || properties.numericType != nil
      || properties.generalCategory == .nonspacingMark
  }
}

extension String {
  init(scalars: some Sequence<Unicode.Scalar>) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }

  /// What may stand in a line: characters that can be shown, tabs and newlines (of any system).
  var editableScalars: [Unicode.Scalar] {
    var kept: [Unicode.Scalar] = []
    var afterReturn = false
    for scalar in unicodeScalars {
      if scalar == "\r" {
        kept.append("\n")
      } else if scalar == "\n" {
        if !afterReturn { kept.append("\n") }
      } else if scalar == "\t" || scalar.cells != nil {
        kept.append(scalar)
      }
      afterReturn = scalar == "\r"
    }
    return kept
  }

  /// The text in one line of a terminal: nothing in it can act on the terminal.
  var shown: [Unicode.Scalar] {
    unicodeScalars.map { $0.cells == nil ? "?" : $0 }
  }
}

extension Sequence<Unicode.Scalar> {
  var cells: Int { reduce(0) { $0 + ($1.cells ?? 0) } }
  var byteCount: Int { reduce(0) { $0 + UTF8.width($1) } }

  /// As many characters as fit into so many cells.
  func prefix(cells limit: Int) -> [Unicode.Scalar] {
    var kept: [Unicode.Scalar] = []
    var used = 0
    for scalar in self {
      used += scalar.cells ?? 0
      if used > limit { break }
      kept.append(scalar)
    }
    return kept
  }
}
