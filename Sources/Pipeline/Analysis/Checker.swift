package import Columns
import Learning
package import Syntax
package import Text

/// What a stage is checked against: its input, the names of the session, the outside as far as schemas go.
/// Diagnostics gather here.
package struct Checker {
  package var diagnostics: [Diagnostic] = []
  /// What stands to the left; a source has `nil`.
  package var input: Node?
  package var names: [String: Binding]
  /// Script values by name, for `$name`.
  package var values: [String: Value]
  package var host: any Host
  package var workers: Workers
  /// The seed of a statement that gives none.
  package var seed: UInt64
  /// Values for `param` from the command line.
  package var overrides: [String: Value] = [:]
  /// The verbs after this stage in the same pipeline.
  package var following: [String] = []
  /// The name that the statement binds, for `param`.
  package var statementName: String?
  /// Stages after this one that a `fit` will learn a target in, for `encode … method: target`.
  package var place: Place
  /// Columns that selectors never pick here: target, groups and parts of a fit that follows.
  package var hidden: Set<String> = []
  /// The source that spans of this statement lie in.
  package var text: [UInt8] = []
  /// Where recipes of earlier entries were written, by name.
  package var recipeSources: [String: String] = [:]

  package init(
    names: [String: Binding], values: [String: Value], host: any Host, workers: Workers,
    seed: UInt64, place: Place
  ) {
    self.names = names
    self.values = values
    self.host = host
    self.workers = workers
    self.seed = seed
    self.place = place
  }

  package var flow: Flow { input?.flow ?? Flow(.nothing) }
  var errorCount: Int { diagnostics.lazy.filter { $0.severity == .error }.count }

  /// Says of diagnostics since some number that they point into another source.
  mutating func attribute(to source: String?, from first: Int) {
    guard let source else { return }
    for index in diagnostics.indices.dropFirst(first) where diagnostics[index].source == nil {
      diagnostics[index].source = source
    }
  }

  package mutating func refuse(
    _ code: String, _ message: String, at span: Span, label: String = "", notes: [String] = [],
    fix: String? = nil
  ) {
    diagnostics.append(
      Diagnostic(code: code, message, at: span, label: label, notes: notes, fix: fix))
  }

  /// Where the `=` of a binding stands.
  func equalsSign(between name: Span, and value: Span) -> Span {
    let gap = name.upper..<max(name.upper, min(value.lower, text.count))
    let at = gap.first { text[$0] == UInt8(ascii: "=") } ?? name.upper
    return Span(at, at + 1)
  }

  /// The scope of expressions over the input's columns.
  package func scope(aggregates: Bool = false, hidden: Set<String> = []) -> Scope {
    Scope(
      schema: flow.schema, open: flow.open, tableName: flow.name, values: values,
      allowsAggregates: aggregates, hidden: hidden.union(self.hidden))
  }

  /// A bound expression, or a thrown refusal after it has been told.
  package mutating func bind(
    _ syntax: ExpressionSyntax, aggregates: Bool = false, flow: Flow? = nil
  ) throws -> BoundExpression {
    var scope = scope(aggregates: aggregates)
    if let flow {
      scope.schema = flow.schema
      scope.open = flow.open
      scope.tableName = flow.name
    }
    guard let bound = ExpressionBinder.bind(syntax, in: scope, into: &diagnostics) else {
      throw Refused()
    }
    return bound
  }

  /// A condition: true, false or null.
  package mutating func condition(
    _ syntax: ExpressionSyntax, aggregates: Bool = false
  ) throws -> BoundExpression {
    let bound = try bind(syntax, aggregates: aggregates)
    guard bound.type == .bool || bound.type == nil else {
      throw Diagnostic(
        code: "wrong-type",
        "a condition is wanted here, but this is \(bound.type?.rawValue ?? "null")",
        at: syntax.span, label: "compare it with something")
    }
    return bound
  }

  /// Columns that a list of bare names and selectors comes to, each once, in order.
  package mutating func columns(
    _ items: [ExpressionSyntax], hidden: Set<String> = []
  ) throws -> [String] {
    var names: [String] = []
    var isFine = true
    for item in items {
      if let found = ExpressionBinder.columns(
        item, in: scope(hidden: hidden), into: &diagnostics)
      {
        names.append(contentsOf: found.filter { !names.contains($0) })
      } else {
        isFine = false
      }
    }
    guard isFine else { throw Refused() }
    return names
  }

  /// One column that exists; nil when not, which has been told.
  package mutating func column(_ syntax: ExpressionSyntax) -> String? {
    guard let names = ExpressionBinder.columns(syntax, in: scope(), into: &diagnostics) else {
      return nil
    }
    guard names.count == 1, let name = names.first else {
      refuse("one-column", "one column is wanted here, not \(names.count)", at: syntax.span)
      return nil
    }
    return name
  }

  package mutating func constant(_ syntax: ExpressionSyntax) -> Value? {
    ExpressionBinder.constant(syntax, values: values, into: &diagnostics)
  }

  /// The node a name is bound to, of the wanted kind.
  package mutating func node(_ syntax: ExpressionSyntax, kind: Flow.Kind) throws -> Node {
    switch syntax.kind {
    case .name(let name): return try node([name], kind: kind)
    case .part(let name, let part): return try node([name, part], kind: kind)
    default:
      throw Diagnostic(
        code: "name-wanted", "the name of a \(kind.rawValue) is wanted here", at: syntax.span)
    }
  }

  package mutating func node(_ path: [NameSyntax], kind: Flow.Kind? = nil) throws -> Node {
    guard let first = path.first else { throw Refused() }
    guard let binding = names[first.text] else {
      let near = Suggestion.nearest(to: first.text, in: names.keys.sorted())
      let known = names.keys.sorted()
      throw Diagnostic(
        code: "name-not-found", "there is no table or model named `\(first.text)`", at: first.span,
        label: near.map { "did you mean `\($0)`?" } ?? "",
        notes: known.isEmpty ? [] : ["names: " + known.joined(separator: ", ")], fix: near)
    }
    guard case .node(var node) = binding else {
      if case .value = binding {
        throw Diagnostic(
          code: "value-as-table", "`\(first.text)` is a value; write `$\(first.text)`",
          at: first.span, fix: "$" + first.text)
      }
      if case .recipe = binding {
        throw Diagnostic(
          code: "recipe-as-table", "`\(first.text)` is a recipe; `apply \(first.text)` uses it",
          at: first.span)
      }
      // It failed earlier and has been told.
      throw Refused()
    }
    if path.count > 1 { node = try part(of: node, path) }
    if let kind, node.flow.kind != kind {
      throw Diagnostic(
        code: "wrong-kind",
        "`\(first.text)` is a \(node.flow.kind.rawValue); a \(kind.rawValue) is wanted here",
        at: first.span)
    }
    return node
  }

  private func part(of node: Node, _ path: [NameSyntax]) throws -> Node {
    let name = path[1]
    guard let part = Part(rawValue: name.text), path.count == 2 else {
      throw Diagnostic(
        code: "part-not-found", "`\(path[0].text)` has no part `\(name.text)`", at: name.span,
        label: Suggestion.nearest(to: name.text, in: Part.allCases.map(\.rawValue)).map {
          "did you mean `\($0)`?"
        } ?? "", notes: ["parts: " + Part.allCases.map(\.rawValue).joined(separator: ", ")])
    }
    guard node.flow.hasParts else {
      throw Diagnostic(
        code: "no-parts", "`\(path[0].text)` has not been split", at: name.span,
        notes: ["split test: 20% tags the rows"])
    }
    return Node(
      PartVerb(part, of: node), name: "part", input: node,
      syntax: StageSyntax(
        verb: NameSyntax(text: "part", span: name.span),
        arguments: [.item(ExpressionSyntax(.name(name), name.span))], span: name.span),
      place: place, boundName: path.map(\.text).joined(separator: "."))
  }
}

/// Something was refused and has been told.
package struct Refused: Error, Sendable {
  package init() {}
}

/// What a name stands for.
package enum Binding: Sendable {
  case node(Node)
  case recipe([StageSyntax])
  case value(Value)
  /// Its statement was refused; uses of it are not told again.
  case failed
}
