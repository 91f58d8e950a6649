/// What the user says of colour: `--color`.
package enum ColorChoice: String, Sendable, CaseIterable {
  case auto
  case always
  case never

  /// Whether to write colour. The first that says something decides: the flag, `NO_COLOR`,
  /// `CLICOLOR_FORCE` or `FORCE_COLOR`, `TERM=dumb`, and whether the output is a terminal.
  package func isOn(environment: [String: String], isTerminal: Bool) -> Bool {
    /// Empty is as good as not set (https://no-color.org).
    func given(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    switch self {
    case .always: return true
    case .never: return false
    case .auto: break
    }
    if given("NO_COLOR") != nil { return false }
    for name in ["CLICOLOR_FORCE", "FORCE_COLOR"] {
      if let force = given(name), force != "0", force != "false" { return true }
    }
    if environment["TERM"] == "dumb" { return false }
    return isTerminal
  }
}

/// Whether the locale of an environment writes UTF-8. Without any word on it, it does.
package func writesUnicode(environment: [String: String]) -> Bool {
  for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
    guard let locale = environment[name], !locale.isEmpty else { continue }
    let lowered = locale.lowercased()
    return lowered.hasSuffix("utf-8") || lowered.hasSuffix("utf8") || lowered.contains("utf-8@")
      || lowered.contains("utf8@")
  }
  return true
}

/// Puts text in colour, or leaves it alone. Colour never carries a meaning that the text lacks.
package struct Palette: Sendable, Hashable {
  package enum Ink: String, Sendable, CaseIterable {
    case bold = "1"
    case dim = "2"
    case error = "1;31"
    case warning = "1;33"
    case note = "1;36"
    case gutter = "34"
    case good = "32"
  }

  package var isColored: Bool

  package init(isColored: Bool) { self.isColored = isColored }

  package static let plain = Palette(isColored: false)

  package func callAsFunction(_ text: String, _ ink: Ink) -> String {
    isColored && !text.isEmpty ? "\u{1b}[\(ink.rawValue)m\(text)\u{1b}[0m" : text
  }

  /// A color of the six that tell groups apart.
  func group(_ number: Int, _ text: String) -> String {
    let codes = ["34", "33", "32", "35", "36", "31"]
    return isColored ? "\u{1b}[\(codes[number % codes.count])m\(text)\u{1b}[0m" : text
  }
}
