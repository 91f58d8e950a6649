import Columns
import Syntax
import Text

extension Binder {
  mutating func reportMissingColumn(_ name: NameSyntax) {
    let near = Suggestion.nearest(to: name.text, in: scope.schema.names)
    var notes = [columnsNote]
    if FunctionCatalog.function(named: name.text) != nil, near == nil {
      notes.insert("`\(name.text)` is a function: \(name.text)(…)", at: 0)
    } else if scope.values[name.text] != nil {
      notes.insert("`\(name.text)` is a value: $\(name.text)", at: 0)
    }
    report(
      "column-not-found", "\(scope.title) has no column `\(name.text)`", at: name.span,
      label: near.map { "did you mean `\($0)`?" } ?? "", notes: notes,
      fix: near.map { Formatter.name($0) })
  }

  /// At most forty columns: more would bury the message.
  private var columnsNote: String {
    let names = scope.schema.names
    let shown = names.prefix(40).joined(separator: ", ")
    let more = names.count > 40 ? ", and \(names.count - 40) more" : ""
    return names.isEmpty ? "it has no columns" : "columns: \(shown)\(more)"
  }

  /// `a-b` where there is a column of that very name; true when that was reported.
  mutating func reportUnquotedName(_ syntax: ExpressionSyntax) -> Bool {
    guard let words = flattened(syntax), words.contains(where: { scope.type(of: $0.text) == nil })
    else { return false }
    let joined = words.map(\.text).joined()
    let names = scope.schema.names
    guard let name = names.first(where: { $0.filter { $0 != " " } == joined }) else {
      return false
    }
    report(
      "column-not-found", "a column name with other signs than letters goes in backticks",
      at: syntax.span, label: "did you mean `\(name)`?", fix: "`\(name)`")
    return true
  }

  /// Names and the signs between them; nil when there is anything else.
  private func flattened(_ syntax: ExpressionSyntax) -> [NameSyntax]? {
    switch syntax.kind {
    case .name(let name): return [name]
    case .int(let value): return [NameSyntax(text: String(value), span: syntax.span)]
    case .binary(let how, operator: let span, let a, let b)
    where [.subtract, .add, .divide, .multiply].contains(how):
      guard let left = flattened(a), let right = flattened(b) else { return nil }
      return left + [NameSyntax(text: how.rawValue, span: span)] + right
    default: return nil
    }
  }

  /// A bare word beside a text column that was probably meant as text; true when that was reported.
  mutating func reportUnquotedText(_ syntax: ExpressionSyntax, beside other: Expression?) -> Bool {
    guard case .name(let name) = syntax.kind, !name.isQuoted, scope.type(of: name.text) == nil,
      other?.type?.isTextual ?? false
    else { return false }
    if let near = Suggestion.nearest(to: name.text, in: scope.schema.names),
      near.lowercased() == name.text.lowercased() || name.text.count > 4
    {
      return false
    }
    report(
      "column-not-found", "\(scope.title) has no column `\(name.text)`", at: name.span,
      label: "text goes in quotes: \"\(name.text)\"", fix: "\"\(name.text)\"")
    return true
  }
}
