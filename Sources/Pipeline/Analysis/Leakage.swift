import Syntax
import Text

/// The rules of section 5 that need no row to be read.
enum Leakage {
  /// A boundary takes rows that later become test rows: nothing may have been learned from them before it.
  static func check(_ boundary: Node, _ checker: inout Checker) {
    guard boundary.verb.leakage == .boundary else { return }
    for source in [boundary.input].compactMap(\.self) + boundary.verb.uses {
      for node in source.chain {
        if node.verb.leakage == .boundary { break }
        guard node.verb.leakage == .learned else { continue }
        tell(node, before: boundary, &checker)
      }
    }
  }

  private static func tell(_ learned: Node, before boundary: Node, _ checker: inout Checker) {
    let isHere =
      learned.place.source == checker.place.source
      && learned.place.statement == checker.place.statement
    let isSplit = boundary.name == "split"
    var diagnostic = Diagnostic(
      code: "learned-before-boundary",
      isSplit
        ? "`\(learned.name)` learns from rows that become test rows"
        : "`\(learned.name)` learns before `\(boundary.name)`, where the model has not begun",
      at: isHere ? learned.place.span : boundary.place.span,
      label: isHere
        ? "put it after `\(boundary.name)`"
        : "`\(learned.text)` comes before it; put it after `\(boundary.name)`",
      notes: [
        isSplit
          ? "what is learned on training rows only is replayed on test rows by the model"
          : "a model begins after its last boundary; learned stages belong after that"
      ])
    diagnostic.source = checker.place.source
    if !checker.diagnostics.contains(diagnostic) { checker.diagnostics.append(diagnostic) }
  }

  /// A model does its own stages on the rows it judges. A table that has been through one of them would go
  /// through it twice, which changes what the model sees where the stage reads what it wrote.
  static func refuseTwice(_ model: Node, of call: Call, _ checker: Checker) throws {
    guard let fitted = model.input, let input = checker.input else { return }
    let done = Set(input.chain.map(\.fingerprint))
    let stages = self.stages(before: fitted).stages
    guard let twice = stages.first(where: { done.contains($0.fingerprint) && rewrites($0.verb) })
    else { return }
    let before = twice.input?.boundName
    throw Diagnostic(
      code: "replayed-twice",
      "the table has been through `\(twice.text)` already, and the model does it itself",
      at: call.stage.span,
      label: "give the table as it was before" + (before.map { ": `\($0)`" } ?? ""))
  }

  /// Whether doing it again to its own result would give something else.
  private static func rewrites(_ verb: any Verb) -> Bool {
    switch verb {
    case is Scale, is Encode: true
    case let derive as Derive:
      derive.layers.contains {
        $0.contains {
          $0.expression.columnName != $0.name && $0.expression.columns.contains($0.name)
        }
      }
    default: false
    }
  }

  /// The stages that `fit` keeps or runs: from its input back to the last boundary, first one first, and the
  /// boundary itself.
  static func stages(before input: Node) -> (base: Node, stages: [Node]) {
    var stages: [Node] = []
    for node in input.chain {
      if node.verb.leakage == .boundary || node.input == nil {
        return (node, stages.reversed())
      }
      stages.append(node)
    }
    return (input, [])
  }
}
