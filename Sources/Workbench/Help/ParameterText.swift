import Columns
import Pipeline

/// Parameters in words, for help and completion.
enum ParameterText {
  static func lines(_ parameters: [Parameter]) -> String {
    parameters.map { parameter in
      "\n  " + HelpPages.padded(parameter.name + ":", 14) + parameter.summary
        + "\n" + String(repeating: " ", count: 16) + kind(parameter.kind) + standard(parameter)
    }.joined()
  }

  static func standard(_ parameter: Parameter) -> String {
    if let value = parameter.standard {
      let text = value.plainText
      return "; default \(text.isEmpty ? "none" : text)"
    }
    return parameter.defaultNote.map { "; default: \($0)" } ?? "; needed"
  }

  static func kind(_ kind: Parameter.Kind) -> String {
    switch kind {
    case .flag: "true or false"
    case .integer(let range):
      range.upperBound == .max
        ? "whole number from \(range.lowerBound)"
        : "whole number \(range.lowerBound)…\(range.upperBound)"
    case .number(let lower, let upper, _):
      upper.isFinite
        ? "number \(lower)…\(upper)" : lower.isFinite ? "number from \(lower)" : "number"
    case .word(let words): words.joined(separator: ", ")
    case .text: "text in quotes"
    case .character: "one character in quotes"
    case .duration: "duration such as 1h"
    case .column: "column"
    case .columns: "columns or selectors"
    case .expression: "expression"
    case .name: "name"
    case .path: "path in quotes"
    case .list(let element): "one or a list of: " + self.kind(element)
    case .dictionary: "dictionary such as [zip: text]"
    case .literal: "value"
    }
  }
}
