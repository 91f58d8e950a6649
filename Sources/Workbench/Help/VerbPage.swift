import Syntax
import Pipeline
import Text

/// The help page of a verb.
enum VerbPage {
  static func text(_ verb: any Verb.Type) -> String {
    let signature = verb.signature
    var text = "\(signature.name): \(signature.summary)\n\n  " + usage(signature)
    text += "\n  loop stage: \(signature.stage.rawValue)"
    text += "\n  with a model: \(leakage(signature.leakage))"
    if !signature.details.isEmpty { text += "\n\n" + wrapped(signature.details) }
    if !signature.options.isEmpty {
      text += "\n\noptions" + ParameterText.lines(signature.options)
    }
    for (number, example) in signature.examples.enumerated() {
      text += number == 0 ? "\n\nexamples" : "\n"
      for line in example.script.split(separator: "\n", omittingEmptySubsequences: false) {
        text += "\n  \(line)"
      }
    }
    return text
  }

  static func usage(_ signature: Signature) -> String {
    var parts: [String] = []
    if !signature.accepts.isEmpty {
      parts.append(signature.accepts.map(\.rawValue).sorted().joined(separator: " or ") + " |")
    }
    parts.append(signature.name)
    if !signature.items.usage.isEmpty {
      parts.append(
        signature.items.count.lowerBound == 0 ? "[\(signature.items.usage)]" : signature.items.usage
      )
    }
    for (word, what) in signature.clauses.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      parts.append("[\(word.rawValue) \(what)]")
    }
    if !signature.options.isEmpty { parts.append("[option: value, …]") }
    return parts.joined(separator: " ")
  }

  private static func wrapped(_ text: String) -> String {
    Wording.wrap(text, width: 96).joined(separator: "\n")
  }

  private static func leakage(_ leakage: LeakageClass) -> String {
    switch leakage {
    case .column: "kept in the model and replayed at predict"
    case .learned: "learned on training rows only, kept and replayed at predict"
    case .trainingRows: "chooses training rows; never replayed, so predict never drops a row"
    case .boundary: "the model begins after it"
    case .transparent: "passes through"
    case .model: "makes or uses a model"
    }
  }
}
