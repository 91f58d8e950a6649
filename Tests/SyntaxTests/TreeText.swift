import Text

@testable import Syntax

/// Writes a tree as nested brackets, without spans and layout: two trees with the same text mean the
/// same.
struct TreeText {
  var text = ""

  static func of(_ script: ScriptSyntax) -> String {
    var dump = TreeText()
    for statement in script.statements { dump.statement(statement, comments: true) }
    dump.add(script.trailing)
    return dump.text
  }

  private mutating func add(_ comments: [CommentSyntax]) {
    for comment in comments { text += "{\(comment.kind) \(comment.text)}" }
  }

  mutating func statement(_ statement: StatementSyntax, comments: Bool) {
    if comments { add(statement.leading) }
    if let name = statement.name { text += spelled(name) + "=" }
    switch statement.pipeline.head {
    case .name(let names): text += names.map(spelled).joined(separator: ".")
    case .stage(let head): stage(head, comments)
    }
    if comments, let comment = statement.pipeline.headComment { add([comment]) }
    for next in statement.pipeline.stages {
      text += " | "
      stage(next, comments)
    }
    if comments {
      text += "\n"
      add(statement.recorded)
    }
  }

  private mutating func stage(_ stage: StageSyntax, _ comments: Bool) {
    text += "(" + spelled(stage.verb)
    for argument in stage.arguments { text += " " + item(argument) }
    text += ")"
    if comments { add(stage.comments) }
  }

  private func spelled(_ name: NameSyntax) -> String {
    name.isQuoted ? "`\(name.text)`" : name.text
  }

  private func item(_ argument: ArgumentSyntax) -> String {
    switch argument {
    case .item(let value): return expression(value)
    case .binding(let name, let value, _): return "\(spelled(name))=\(expression(value))"
    case .option(let name, let value, _): return "\(spelled(name)):\(expression(value))"
    case .clause(let clause):
      return "{\(clause.word.rawValue) \(clause.items.map(item).joined(separator: " "))}"
    case .formula(let formula):
      let terms = formula.terms.map { term in
        let sign = term.isRemoved ? "-" : "+"
        switch term.what {
        case .everything: return sign + "."
        case .column(let name): return sign + spelled(name)
        case .other(let value): return sign + expression(value)
        }
      }
      return "\(formula.target.map(expression) ?? "")~[\(terms.joined(separator: " "))]"
    }
  }

  private func entry(_ entry: EntrySyntax) -> String {
    (entry.label.map { spelled($0) + ":" } ?? "") + expression(entry.value)
  }

  func expression(_ value: ExpressionSyntax) -> String {
    switch value.kind {
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .int(let number): return String(number)
    case .number(let number): return String(number)
    case .percent(let number): return "\(number)%"
    case .duration(let months, let microseconds): return "<\(months)mo \(microseconds)us>"
    case .date(let date):
      return "@\(date.year)/\(date.month ?? 0)/\(date.day ?? 0)/\(date.timeOfDay ?? -1)"
    case .text(let text): return "\"\(text)\""
    case .name(let name): return spelled(name)
    case .part(let whole, let part): return "\(spelled(whole)).\(spelled(part))"
    case .value(let name): return "$\(name.text)"
    case .call(let name, let entries):
      return "\(spelled(name))(\(entries.map(entry).joined(separator: " ")))"
    case .list(let items): return "[\(items.map(expression).joined(separator: " "))]"
    case .dictionary(let entries): return "[\(entries.map(entry).joined(separator: " "))]"
    case .unary(let sign, let operand): return "(\(sign.rawValue) \(expression(operand)))"
    case .binary(let sign, _, let left, let right):
      return "(\(sign.rawValue) \(expression(left)) \(expression(right)))"
    case .range(let low, let high):
      return "(.. \(low.map(expression) ?? "_") \(high.map(expression) ?? "_"))"
    case .isNull(let operand, let negated):
      return "(\(negated ? "not-null" : "null?") \(expression(operand)))"
    case .isIn(let operand, let list, let negated):
      return "(\(negated ? "not-in" : "in") \(expression(operand)) \(expression(list)))"
    case .group(let inner): return "<\(expression(inner))>"
    case .everything: return "."
    case .missing: return "?"
    }
  }
}
