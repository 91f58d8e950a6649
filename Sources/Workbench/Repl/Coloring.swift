import LineEditing
import Syntax

/// Colours of what is being typed.
enum Coloring {
  static func ranges(of text: String) -> [(Range<Int>, SGR)] {
    Highlight.spans(in: Array(text.utf8)).compactMap { span, kind in
      guard let ink = ink(of: kind) else { return nil }
      return (span.lower..<span.upper, ink)
    }
  }

  private static func ink(of kind: Highlight.Kind) -> SGR? {
    switch kind {
    case .verb: .bold
    case .option: .cyan
    case .string: .green
    case .number: .yellow
    case .keyword: .magenta
    case .comment: .dim
    case .error: .red
    default: nil
    }
  }
}
