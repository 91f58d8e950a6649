package import Columns
package import Syntax
package import Text

/// A statement, checked: what it binds and what there is to run.
package struct CheckedStatement: Sendable {
  package var name: String?
  package var binding: Binding
  /// What runs; nil for a recipe or a value.
  package var node: Node?
  package var diagnostics: [Diagnostic]
  package var isFine: Bool { !diagnostics.contains { $0.severity == .error } }
}

/// Turns syntax into checked plans: names, options, types, allowed values and leakage, before any row is read.
package enum Analyzer {
  package static func check(
    _ statement: StatementSyntax, _ checker: Checker
  ) -> CheckedStatement {
    var checker = checker
    checker.statementName = statement.name?.text
    checkName(statement.name, &checker)
    let binding: Binding
    do {
      binding = try pipeline(
        statement.pipeline, boundName: statement.name?.text, &checker)
    } catch {
      checker.tell(error)
      binding = .failed
    }
    var checked = CheckedStatement(
      name: statement.name?.text, binding: binding, diagnostics: checker.diagnostics)
    if case .node(let node) = binding { checked.node = node }
    if !checked.isFine { checked.binding = .failed }
    return checked
  }

  private static func checkName(_ name: NameSyntax?, _ checker: inout Checker) {
    guard let name, VerbCatalog.verb(name.text) != nil, !name.isQuoted else { return }
    checker.refuse(
      "verb-as-name", "`\(name.text)` is a verb and cannot name a result", at: name.span,
      label: "choose another name")
  }

  private static func pipeline(
    _ pipeline: PipelineSyntax, boundName: String?, _ checker: inout Checker
  ) throws -> Binding {
    var stages = pipeline.stages
    var node: Node?
    switch pipeline.head {
    case .name(let path):
      if path.count == 1, let name = path.first, checker.names[name.text] == nil || stages.isEmpty,
        let binding = try bareHead(name, stages: stages, &checker)
      {
        return binding
      }
      node = try checker.node(path)
    case .stage(let stage):
      if let verb = VerbCatalog.verb(stage.verb.text), !verb.signature.accepts.isEmpty {
        return try recipe([stage] + stages, &checker)
      }
      stages.insert(stage, at: 0)
    }
    return try extend(node, by: stages, boundName: boundName, &checker)
  }

  /// A head that is one word and no name: a verb without arguments, or a value to show.
  private static func bareHead(
    _ name: NameSyntax, stages: [StageSyntax], _ checker: inout Checker
  ) throws -> Binding? {
    switch checker.names[name.text] {
    case .value(let value) where stages.isEmpty: return .value(value)
    case .recipe(let recipe) where stages.isEmpty: return .recipe(recipe)
    case .some: return nil
    case nil:
      guard !name.isQuoted else { return nil }
      let stage = StageSyntax(verb: name, arguments: [], comments: [], span: name.span)
      if VerbCatalog.verb(name.text) != nil { return try recipe([stage] + stages, &checker) }
      if let verb = ForeignWords.verbs[name.text], VerbCatalog.verb(verb) != nil {
        throw unknownVerb(name)
      }
      return nil
    }
  }

  /// Stages without a source: kept as they are, checked where they are applied. Verbs must exist.
  private static func recipe(
    _ stages: [StageSyntax], _ checker: inout Checker
  ) throws -> Binding {
    for stage in stages where VerbCatalog.verb(stage.verb.text) == nil {
      checker.diagnostics.append(unknownVerb(stage.verb))
    }
    if let first = stages.first,
      VerbCatalog.verb(first.verb.text)?.signature.accepts.isEmpty == true
    {
      checker.refuse(
        "source-in-pipeline", "`\(first.verb.text)` needs something to load", at: first.verb.span)
    }
    guard checker.errorCount == 0 else { throw Refused() }
    return .recipe(stages)
  }

  /// Puts stages behind a node, one after the other. After a refused stage the rest is checked for verbs and
  /// options only, as its columns are not known.
  package static func extend(
    _ start: Node?, by stages: [StageSyntax], boundName: String?, _ checker: inout Checker
  ) throws -> Binding {
    var node = start
    var isKnown = true
    let expanded = try expandRecipes(stages, &checker)
    let source = checker.place.source
    defer { checker.place.source = source }
    for (number, (stage, origin)) in expanded.enumerated() {
      checker.following = expanded[(number + 1)...].map { $0.stage.verb.text }
      checker.place.source = origin ?? source
      let told = checker.diagnostics.count
      defer { checker.attribute(to: origin, from: told) }
      guard let verb = VerbCatalog.verb(stage.verb.text) else {
        checker.diagnostics.append(unknownVerb(stage.verb))
        isKnown = false
        continue
      }
      guard isKnown else { continue }
      checker.input = node
      do {
        let isLast = number == expanded.count - 1
        node = try self.node(stage, verb, boundName: isLast ? boundName : nil, &checker)
      } catch {
        checker.tell(error, at: stage.span)
        isKnown = false
      }
    }
    guard isKnown, let node else { throw Refused() }
    if case .value = node.flow.kind, let value = node.flow.value { return .value(value) }
    // `b = a` keeps one result under two names.
    return .node(node)
  }

  private static func node(
    _ stage: StageSyntax, _ verb: any Verb.Type, boundName: String?, _ checker: inout Checker
  ) throws -> Node {
    let signature = verb.signature
    try checkInput(stage, signature, checker)
    guard let call = checker.call(stage, of: verb) else { throw Refused() }
    let checked = try verb.init(call, &checker)
    let node = Node(
      checked, name: signature.name, input: checker.input, syntax: stage,
      values: checker.values,
      place: Place(
        statement: checker.place.statement, source: checker.place.source, span: stage.span),
      identity: (checked as? any SourceVerb)?.identity ?? checker.seed,
      boundName: boundName)
    Leakage.check(node, &checker)
    return node
  }

  /// Checks stages again behind another table, or with columns hidden from selectors. Names mean what they meant.
  static func rebound(
    _ stages: [Node], behind base: Node, hiding hidden: Set<String>, _ checker: Checker
  ) throws -> [Node] {
    var checker = checker
    checker.hidden = hidden
    checker.diagnostics = []
    var all: [Node] = []
    for node in stages {
      if node.verb is PartVerb {
        all.append(node)
        continue
      }
      guard let verb = VerbCatalog.verb(node.syntax.verb.text) else { continue }
      checker.input = all.last ?? base
      checker.values = node.values
      for case (.item(let item), let other) in zip(node.syntax.arguments, node.verb.uses) {
        if let name = item.nameText { checker.names[name] = .node(other) }
      }
      do {
        all.append(try self.node(node.syntax, verb, boundName: nil, &checker))
      } catch {
        checker.tell(error, at: node.place.span)
        throw Diagnostics(checker.diagnostics)
      }
    }
    return all
  }

  private static func checkInput(
    _ stage: StageSyntax, _ signature: Signature, _ checker: Checker
  ) throws {
    let name = signature.name
    guard let input = checker.input else {
      guard signature.accepts.isEmpty else {
        throw Diagnostic(
          code: "no-input", "`\(name)` needs a table before it", at: stage.verb.span,
          label: "start with a name or with load")
      }
      return
    }
    if signature.accepts.isEmpty {
      throw Diagnostic(
        code: "source-in-pipeline", "`\(name)` begins a pipeline and takes nothing from the left",
        at: stage.verb.span)
    }
    guard !signature.accepts.contains(input.flow.kind) else { return }
    let wanted = signature.accepts.map(\.rawValue).sorted().joined(separator: " or a ")
    throw Diagnostic(
      code: "wrong-kind", "`\(name)` wants a \(wanted), but gets a \(input.flow.kind.rawValue)",
      at: stage.verb.span,
      label: input.flow.kind == .model ? "write `table | \(name) model`" : "")
  }

  /// Recipes within recipes; a deeper one can only be one that applies itself.
  private static let mostRecipes = 32

  /// The stages with those of recipes in the place of `apply`, each with the source it was written in if that is
  /// another one.
  private static func expandRecipes(
    _ stages: [StageSyntax], _ checker: inout Checker, origin: String? = nil, depth: Int = 0
  ) throws -> [(stage: StageSyntax, origin: String?)] {
    var all: [(stage: StageSyntax, origin: String?)] = []
    for stage in stages {
      guard stage.verb.text == "apply" else {
        all.append((stage, origin))
        continue
      }
      guard depth < mostRecipes else {
        throw Diagnostic(
          code: "recipe-cycle", "this recipe applies itself", at: stage.span)
      }
      let recipe = try Apply.stages(stage, checker)
      all += try expandRecipes(
        recipe.stages, &checker, origin: recipe.source ?? origin, depth: depth + 1)
    }
    return all
  }

  static func unknownVerb(_ verb: NameSyntax) -> Diagnostic {
    let names = VerbCatalog.all.map { $0.signature.name }
    let word = ForeignWords.verbs[verb.text.lowercased()].flatMap { names.contains($0) ? $0 : nil }
    let near = word ?? Suggestion.nearest(to: verb.text, in: names)
    return Diagnostic(
      code: "verb-not-found", "there is no verb `\(verb.text)`", at: verb.span,
      label: near.map { word == nil ? "did you mean `\($0)`?" : "here it is called `\($0)`" } ?? "",
      notes: near == nil ? ["bight help verbs lists all of them"] : [], fix: near)
  }
}

extension Checker {
  /// Turns whatever was thrown while checking into diagnostics.
  package mutating func tell(_ error: any Error, at span: Span? = nil) {
    switch error {
    case is Refused: break
    case let diagnostic as Diagnostic: diagnostics.append(diagnostic)
    case let several as Diagnostics: diagnostics.append(contentsOf: several.all)
    case let data as DataError: diagnostics.append(Diagnostic(data, at: span))
    default: diagnostics.append(Diagnostic(code: "failed", "\(error)", at: span))
    }
  }
}

extension Diagnostic {
  /// Words a problem of the data at a place of the script.
  package init(_ error: DataError, at span: Span?) {
    var notes: [String] = []
    // Where only a line of a file is known, the message names it.
    if let column = error.column, error.row != nil || error.value != nil {
      let row = error.row.map { "row \($0), " } ?? ""
      let value = error.value.map { ": \($0)" } ?? ""
      notes.append("\(row)column `\(column)`\(value)")
    }
    if let help = error.help { notes.append("help: " + help) }
    self.init(code: error.code, error.message, at: span, notes: notes)
  }
}
