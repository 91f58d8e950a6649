import Pipeline

/// The help page of a function.
enum FunctionPage {
  static func text(_ function: FunctionDeclaration) -> String {
    var text = "\(function.name): \(function.summary)\n\n  \(function.usage)"
    text += "\n  nulls: \(function.nullRule)"
    if !function.errorRule.isEmpty { text += "\n  errors: \(function.errorRule)" }
    if !function.examples.isEmpty {
      text += "\n\nexamples"
      for example in function.examples { text += "\n  \(example.expression)  →  \(example.value)" }
    }
    return text
  }
}
