import Pipeline

/// The help page of a function.
enum FunctionPage {
  static func text(_ function: FunctionDeclaration) -> String {
    var text = "\(function.name): \(function.summary)\n\n  \(function.signature)"
    text += "\n  nulls: \(function.nulls)"
    if let errors = function.errors { text += "\n  errors: \(errors)" }
    text += "\n  answers: \(function.result)"
    if !function.examples.isEmpty {
      text += "\n\nexamples"
      for example in function.examples { text += "\n  \(example.expression)  →  \(example.value)" }
    }
    return text
  }
}
