import Text
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
    case .verb: SGR("1")
    case .option: SGR("36")
    case .string: SGR("32")
    case .number: SGR("33")
    case .keyword: SGR("35")
    case .comment: SGR.dim
    case .error: SGR("31")
    default: nil
    }
  }
}
