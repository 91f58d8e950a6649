package import Columns
package import Syntax
package import Text

extension ExpressionBinder {
  /// The columns that a bare name, a selector or a list of those picks, each once, in the order in
  /// which they are met. Selectors never pick hidden columns; a selector may pick none.
  package static func columns(
    _ syntax: ExpressionSyntax, in scope: Scope, into diagnostics: inout [Diagnostic]
  ) -> [String]? {
    var picker = ColumnPicker(binder: Binder(scope: scope))
    let names = picker.names(syntax)
    diagnostics += picker.binder.diagnostics
    return names.map { names in
      var seen: Set<String> = []
      return names.filter { seen.insert($0).inserted }
    }
  }
}

private struct ColumnPicker {
  var binder: Binder

  private var scope: Scope { binder.scope }

  mutating func names(_ syntax: ExpressionSyntax) -> [String]? {
    switch syntax.kind {
    case .name(let name):
      guard scope.type(of: name.text) != nil else {
        if Selector(rawValue: name.text) != nil {
          binder.report(
            "column-not-found", "\(scope.title) has no column `\(name.text)`", at: name.span,
            label: "a selector is a call: \(name.text)()", fix: "\(name.text)()")
        } else {
          binder.reportMissingColumn(name)
        }
        return nil
      }
      return [name.text]
    case .group(let inner): return names(inner)
    case .list(let items): return joined(items)
    case .call(let name, let entries): return selected(name, entries, syntax.span)
    case .binary:
      if binder.reportUnquotedName(syntax) { return nil }
      return refuse(syntax)
    default: return refuse(syntax)
    }
  }

  private mutating func refuse(_ syntax: ExpressionSyntax) -> [String]? {
    if case .missing = syntax.kind { return nil }
    if case .text(let text) = syntax.kind, scope.type(of: text) != nil {
      binder.report(
        "wrong-type", "a column is wanted and text came", at: syntax.span,
        label: "columns are bare words: \(Formatter.name(text))", fix: Formatter.name(text))
      return nil
    }
    binder.report(
      "wrong-type", "a column or a selector is wanted", at: syntax.span,
      label: "name a column, or pick some: numeric(), text(), matches(\"^q\")")
    return nil
  }

  private mutating func joined(_ items: [ExpressionSyntax]) -> [String]? {
    var all: [String] = []
    var isRight = true
    for item in items {
      if let names = names(item) { all += names } else { isRight = false }
    }
    return isRight ? all : nil
  }

  private enum Selector: String, CaseIterable {
    case numeric
    case categorical
    case text
    case dates
    case matches
    case all
    case except
  }

  private mutating func selected(_ name: NameSyntax, _ entries: [EntrySyntax], _ span: Span)
    -> [String]?
  {
    guard let selector = Selector(rawValue: name.text) else {
      let near = Suggestion.nearest(to: name.text, in: Selector.allCases.map(\.rawValue))
      binder.report(
        "function-not-found", "there is no selector `\(name.text)`", at: name.span,
        label: near.map { "did you mean `\($0)`?" } ?? "",
        notes: [
          "selectors: " + Selector.allCases.map { "\($0.rawValue)()" }.joined(separator: ", ")
        ],
        fix: near)
      return nil
    }
    switch selector {
    case .matches: return matching(entries, span)
    case .except:
      guard let excepted = joined(entries.map(\.value)) else { return nil }
      let removed = Set(excepted)
      return visible { _ in true }.filter { !removed.contains($0) }
    default: break
    }
    guard entries.isEmpty else {
      binder.report(
        "wrong-arguments", "the selector `\(name.text)` takes nothing", at: span,
        label: "\(name.text)()")
      return nil
    }
    switch selector {
    case .numeric: return visible(\.isNumeric)
    case .categorical: return visible(\.isTextual)
    case .text: return visible { $0 == .text }
    case .dates: return visible(\.isTemporal)
    default: return visible { _ in true }
    }
  }

  private func visible(_ fits: (ColumnType) -> Bool) -> [String] {
    scope.schema.fields.filter { fits($0.type) && !scope.hidden.contains($0.name) }.map(\.name)
  }

  private mutating func matching(_ entries: [EntrySyntax], _ span: Span) -> [String]? {
    guard entries.count == 1, case .text(let text) = entries[0].value.kind else {
      binder.report(
        "wrong-arguments", "the selector `matches` wants a pattern in quotes", at: span,
        label: "matches(\"^q\")")
      return nil
    }
    do throws(PatternError) {
      var matcher = PatternMatcher(try Pattern(text), captures: false)
      return visible { _ in true }.filter { name in
        Array(name.utf8).withUnsafeBufferPointer { matcher.matches($0) }
      }
    } catch {
      binder.report(
        "wrong-pattern", "the pattern cannot be read: \(error.message)", at: entries[0].value.span)
      return nil
    }
  }
}

extension ExpressionBinder {
  /// What a setting says: literals, lists, dictionaries, `$name`s and arithmetic with them.
  package static func constant(
    _ syntax: ExpressionSyntax, values: [String: Value], into diagnostics: inout [Diagnostic]
  ) -> Value? {
    switch syntax.kind {
    case .group(let inner): return constant(inner, values: values, into: &diagnostics)
    case .list(let items):
      let all = items.map { constant($0, values: values, into: &diagnostics) }
      let known = all.compactMap { $0 }
      return known.count == all.count ? .list(known) : nil
    case .dictionary(let entries):
      var known: [Value.Entry] = []
      for entry in entries {
        guard let value = constant(entry.value, values: values, into: &diagnostics) else {
          return nil
        }
        known.append(Value.Entry(entry.label?.text ?? "", value))
      }
      return .dictionary(known)
    case .value(let name):
      if let value = values[name.text] { return value }
    default: break
    }
    return single(syntax, values, &diagnostics)
  }

  private static func single(
    _ syntax: ExpressionSyntax, _ values: [String: Value], _ diagnostics: inout [Diagnostic]
  ) -> Value? {
    var found: [Diagnostic] = []
    let scope = Scope(schema: Schema(), values: values)
    let bound = bind(syntax, in: scope, into: &found)
    if let value = bound?.constant { return value }
    if let first = found.first, first.code == "column-not-found" {
      found = [
        Diagnostic(
          code: "wrong-type", "a constant is wanted, and a column has many values", at: first.span,
          label: "text goes in quotes, values of the script begin with `$`")
      ]
    }
    diagnostics += found
    return nil
  }
}
