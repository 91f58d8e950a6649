package import Columns
package import Syntax
package import Text

/// A stage whose arguments have been sorted and checked against the verb's signature.
package struct Call: Sendable {
  /// An item, or a binding of a new column.
  package struct Entry: Sendable {
    package var name: NameSyntax?
    package var expression: ExpressionSyntax
    package var span: Span
  }

  package var signature: Signature
  package var stage: StageSyntax
  /// Items and bindings in the order they were written.
  package var entries: [Entry] = []
  package var formula: FormulaSyntax?
  package var by: [Entry] = []
  package var on: [Entry] = []
  /// Where the clause words stand.
  package var clauseSpans: [ClauseSyntax.Word: Span] = [:]
  package var settings: Settings
  /// Where each given option stands (its value).
  package var spans: [String: Span] = [:]
  /// Options that are expressions over columns.
  package var expressions: [String: ExpressionSyntax] = [:]

  package var items: [ExpressionSyntax] { entries.filter { $0.name == nil }.map(\.expression) }
  package func isGiven(_ option: String) -> Bool { spans[option] != nil }
  package func span(of option: String) -> Span { spans[option] ?? stage.verb.span }
}

extension Checker {
  /// Sorts a stage's arguments and checks them one by one. Nil when something was wrong; it has been told.
  package mutating func call(_ stage: StageSyntax, of verb: any Verb.Type) -> Call? {
    let signature = verb.signature
    let options = verb.options(for: stage)
    let before = errorCount
    var call = Call(signature: signature, stage: stage, settings: Settings(of: []))
    var given: [String: Value] = [:]
    for argument in stage.arguments {
      switch argument {
      case .item(let expression):
        call.entries.append(Call.Entry(name: nil, expression: expression, span: expression.span))
      case .binding(let name, let expression, let span):
        if let option = options.first(where: { $0.name == name.text }),
          !signature.items.shapes.contains(.binding)
        {
          refuse(
            "option-colon", "options use a colon: `\(option.name): …`", at: name.span,
            label: "write `\(option.name):` instead of `\(option.name) =`")
        } else {
          call.entries.append(Call.Entry(name: name, expression: expression, span: span))
        }
      case .formula(let formula): call.formula = formula
      case .option(let name, let value, let span):
        take(name, value, span, options, into: &call, &given)
      case .clause(let clause): take(clause, into: &call)
      }
    }
    checkItems(&call, options)
    for option in options where option.standard == nil && option.defaultNote == nil {
      if !call.isGiven(option.name) {
        refuse(
          "option-missing", "`\(signature.name)` needs `\(option.name):`", at: stage.verb.span,
          label: "add `, \(option.name): …`", notes: [option.name + ": " + option.summary])
      }
    }
    guard errorCount == before else { return nil }
    call.settings = Settings(given, of: options)
    return call
  }

  private mutating func take(_ clause: ClauseSyntax, into call: inout Call) {
    guard call.signature.clauses[clause.word] != nil else {
      let known = call.signature.clauses.keys.map(\.rawValue).sorted()
      refuse(
        "clause-not-taken", "`\(call.signature.name)` takes no `\(clause.word.rawValue)`",
        at: clause.wordSpan,
        notes: known.isEmpty ? [] : ["it takes: " + known.joined(separator: ", ")])
      return
    }
    call.clauseSpans[clause.word] = clause.wordSpan
    for item in clause.items {
      let entry: Call.Entry
      switch item {
      case .item(let expression):
        entry = Call.Entry(name: nil, expression: expression, span: expression.span)
      case .binding(let name, let expression, let span):
        entry = Call.Entry(name: name, expression: expression, span: span)
      default: continue
      }
      if clause.word == .by { call.by.append(entry) } else { call.on.append(entry) }
    }
  }

  private mutating func take(
    _ name: NameSyntax, _ value: ExpressionSyntax, _ span: Span, _ options: [Parameter],
    into call: inout Call, _ given: inout [String: Value]
  ) {
    guard let option = options.first(where: { $0.name == name.text }) else {
      refuseOption(name, options, verb: call.signature.name)
      return
    }
    guard !call.isGiven(option.name) else {
      refuse("option-twice", "`\(option.name):` is given twice", at: name.span)
      return
    }
    call.spans[option.name] = value.span
    if case .expression = option.kind {
      call.expressions[option.name] = value
      return
    }
    if let setting = setting(value, option.kind, of: option) { given[option.name] = setting }
  }

  private mutating func refuseOption(_ name: NameSyntax, _ options: [Parameter], verb: String) {
    let names = options.map(\.name)
    let near =
      ForeignWords.options[name.text].flatMap { names.contains($0) ? $0 : nil }
      ?? Suggestion.nearest(to: name.text, in: names)
    refuse(
      "option-not-found", "`\(verb)` has no option `\(name.text)`", at: name.span,
      label: near.map { "did you mean `\($0)`?" } ?? "",
      notes: names.isEmpty
        ? ["`\(verb)` has no options"] : ["options: " + names.joined(separator: ", ")],
      fix: near)
  }

  private mutating func checkItems(_ call: inout Call, _ options: [Parameter]) {
    let items = call.signature.items
    let takesBindings = items.shapes.contains(.binding)
    let verb = call.signature.name
    for entry in call.entries {
      guard let name = entry.name, !takesBindings else { continue }
      if items.shapes.contains(.condition) {
        refuse(
          "equals-sign", "`=` names a column; `==` compares",
          at: equalsSign(between: name.span, and: entry.expression.span), label: "write `==`",
          fix: "==")
      } else if let near = Suggestion.nearest(to: name.text, in: options.map(\.name)) {
        refuse(
          "option-colon", "options use a colon: `\(near): …`", at: name.span,
          label: "did you mean `\(near):`?")
      } else {
        refuse(
          "binding-not-taken", "`\(verb)` makes no new columns", at: entry.span,
          label: "derive makes a column")
      }
    }
    if !items.shapes.contains(where: { $0 != .binding && $0 != .formula }) {
      for entry in call.entries where entry.name == nil {
        if items.shapes.contains(.formula) {
          refuse(
            "formula-wanted", "`\(verb)` wants a formula", at: entry.span,
            label: "write `target ~ .`")
          continue
        }
        refuse(
          "item-not-taken",
          takesBindings ? "`\(verb)` wants `name = expression`" : "`\(verb)` takes nothing here",
          at: entry.span, label: takesBindings ? "which name should it get?" : "")
      }
    }
    if let formula = call.formula, !items.shapes.contains(.formula) {
      refuse("formula-not-taken", "`\(verb)` takes no formula", at: formula.span)
    }
    let count = call.entries.count + (call.formula == nil ? 0 : 1)
    if count < items.count.lowerBound {
      refuse(
        "item-missing", "`\(verb)` wants \(items.usage)", at: call.stage.verb.span,
        label: "after `\(verb)`")
    } else if count > items.count.upperBound, let extra = call.entries.last {
      refuse(
        "too-many-items",
        items.count.upperBound == 0
          ? "`\(verb)` takes nothing before its options"
          : "`\(verb)` takes \(items.usage), not \(count)", at: extra.span)
    }
  }
}
