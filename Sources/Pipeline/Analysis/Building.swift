package import Columns
import Syntax
import Text

// Small things that several verbs are built from.

extension Checker {
  /// A path in quotes.
  mutating func path(_ item: ExpressionSyntax?) -> String? {
    guard let item else { return nil }
    guard let value = constant(item) else { return nil }
    guard let path = value.text, !path.isEmpty else {
      refuse("path-wanted", "a path in quotes is wanted here", at: item.span)
      return nil
    }
    return path
  }

  /// A whole number of rows.
  mutating func rowCount(_ item: ExpressionSyntax?, standard: Int) throws -> Int {
    guard let item else { return standard }
    guard let value = constant(item) else { throw Refused() }
    guard case .int(let rows) = value, rows >= 0 else {
      throw Diagnostic(
        code: "wrong-amount", "a whole number of rows is wanted here", at: item.span)
    }
    return Int(rows)
  }

  /// A column or expression to sort by; a leading minus means descending.
  mutating func sortTerm(_ item: ExpressionSyntax) throws -> SortTerm {
    if case .unary(.minus, let inner) = item.kind {
      return SortTerm(try bind(inner), descending: true)
    }
    return SortTerm(try bind(item), descending: false)
  }

  /// The items of a `by` clause as named columns.
  mutating func groups(_ entries: [Call.Entry]) throws -> [Projection] {
    var groups: [Projection] = []
    for entry in entries {
      let new: [Projection]
      if let name = entry.name {
        new = [Projection(name.text, try bind(entry.expression))]
      } else if case .name = entry.expression.kind {
        let bound = try bind(entry.expression)
        new = [Projection(bound.text.unquotedName, bound)]
      } else if entry.expression.isSelector {
        let schema = flow.schema
        new = try columns([entry.expression]).map { Projection($0, .column($0, in: schema)) }
      } else {
        let bound = try bind(entry.expression)
        new = [Projection(bound.text, bound)]
      }
      for projection in new {
        guard !groups.contains(where: { $0.name == projection.name }) else {
          throw Diagnostic(
            code: "duplicate-column", "`\(projection.name)` is there twice", at: entry.span)
        }
        groups.append(projection)
      }
    }
    return groups
  }

  /// All columns of the input, the named ones each through an expression.
  mutating func changing(
    _ names: [String], by change: (ExpressionSyntax) -> ExpressionSyntax
  ) throws -> [Projection] {
    let flow = flow
    let changed = Set(names)
    return try flow.schema.names.map { name in
      guard changed.contains(name) else {
        return Projection(name, .column(name, in: flow.schema))
      }
      return Projection(name, try bind(change(.column(name, at: place.span))))
    }
  }
}

extension Call {
  /// An option as it was written.
  func given(_ name: String) -> ExpressionSyntax? {
    for argument in stage.arguments {
      if case .option(let label, let value, _) = argument, label.text == name { return value }
    }
    return nil
  }

  func seed(_ checker: Checker) -> UInt64 {
    settings.integer("seed").map { UInt64($0) } ?? checker.seed
  }
}

extension ExpressionSyntax {
  static func column(_ name: String, at span: Span) -> ExpressionSyntax {
    ExpressionSyntax(
      .name(NameSyntax(text: name, span: span, isQuoted: true)), span)
  }

  static func call(_ name: String, _ entries: [EntrySyntax], at span: Span) -> ExpressionSyntax {
    ExpressionSyntax(.call(NameSyntax(text: name, span: span), entries), span)
  }

  /// A call that stands for columns.
  var isSelector: Bool {
    if case .call(let name, _) = kind {
      return ["numeric", "categorical", "text", "dates", "all", "except"].contains(name.text)
    }
    return false
  }
}

extension EntrySyntax {
  static func labelled(_ label: String, _ value: ExpressionSyntax) -> EntrySyntax {
    EntrySyntax(label: NameSyntax(text: label, span: value.span), value: value)
  }
}

extension Schema {
  /// The columns that projections make.
  package init(_ projections: [Projection]) {
    self.init(projections.map { Field($0.name, $0.expression.type ?? .text) })
  }
}

extension String {
  /// A name without its backticks.
  var unquotedName: String {
    hasPrefix("`") && hasSuffix("`") && count > 2 ? String(dropFirst().dropLast()) : self
  }
}
