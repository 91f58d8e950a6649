package import Columns
import Pipeline
package import Syntax
import Text

/// The parameters that a script declares with `param`.
package struct ScriptParameters: Sendable {
  package struct Declared: Sendable {
    package var name: String
    package var standard: Value
    package var help: String
  }

  package let declared: [Declared]

  package init(_ script: ScriptSyntax) {
    declared = script.statements.compactMap { statement in
      guard let name = statement.name?.text,
        let standard = Self.standard(of: statement, values: [:])
      else { return nil }
      return Declared(name: name, standard: standard, help: Self.help(of: statement))
    }
  }

  /// The default of a `param` statement; nil for any other.
  static func standard(of statement: StatementSyntax, values: [String: Value]) -> Value? {
    guard case .stage(let stage) = statement.pipeline.head, stage.verb.text == "param",
      case .item(let item)? = stage.arguments.first
    else { return nil }
    var ignored: [Diagnostic] = []
    return ExpressionBinder.constant(item, values: values, into: &ignored)
  }

  private static func help(of statement: StatementSyntax) -> String {
    guard case .stage(let stage) = statement.pipeline.head else { return "" }
    for case .option(let name, let value, _) in stage.arguments where name.text == "help" {
      if case .text(let text) = value.kind { return text }
    }
    return ""
  }

  /// Reads a text from the command line as a value of the default's type; nil when it is not one.
  package static func value(_ text: String, like standard: Value) -> Value? {
    switch standard {
    case .text, .null: return .text(text)
    case .date, .time: return literal(text.hasPrefix("@") ? text : "@" + text, like: standard)
    case .number:
      if case .int(let value)? = literal(text, like: standard) { return .number(Double(value)) }
      return literal(text, like: standard)
    default: return literal(text, like: standard)
    }
  }

  private static func literal(_ text: String, like standard: Value) -> Value? {
    let parsed = Parser.parse("x = param \(text)")
    guard parsed.diagnostics.isEmpty, let statement = parsed.script.statements.first,
      parsed.script.statements.count == 1, let value = Self.standard(of: statement, values: [:])
    else { return nil }
    switch (standard, value) {
    case (.number, .int), (.date, .time), (.time, .date): return value
    case (.list, _): if case .list = value { return value } else { return .list([value]) }
    default: return value.columnType == standard.columnType ? value : nil
    }
  }
}
