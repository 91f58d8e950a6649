package import Columns
package import Learning
package import Syntax
import Text

/// A transform from the catalogue, checked against the columns it is given: what `impute`, `scale` and `encode`
/// lower to.
package struct TransformStage: LearnedStage {
  package var transform: any Transform
  package var columns: [String]

  package func fit(_ training: Table, _ context: LearningContext) throws -> FittedStep {
    let name = type(of: transform).name
    guard context.target != nil || !type(of: transform).needsTarget else {
      throw DataError(
        "needs-target",
        "`\(name.split(separator: ".").joined(separator: ", method: "))` learns from a target",
        help: "put it before a fit in the same pipeline, or use another method")
    }
    let fitted = try transform.fit(
      training, columns: columns, target: context.target, weights: nil, seed: context.seed,
      workers: context.workers)
    return .transform(fitted, columns: columns)
  }
}

/// What the three verbs have in common: columns, and an option that names the way.
package struct TransformCall: Sendable {
  package var stage: TransformStage
  package var output: Flow

  /// `option` is the one that names the way (`with`, `method`).
  package init(_ call: Call, option: String, _ checker: inout Checker) throws {
    let verb = call.signature.name
    guard let word = call.settings.word(option),
      let kind = TransformCatalog.transform(named: "\(verb).\(word)")
    else { throw Refused() }
    let names = try checker.columns(call.items)
    let schema = checker.flow.schema
    // A selector may pick columns that this way cannot take; a column that was named must fit.
    let explicit = Set(call.items.compactMap(\.nameText))
    var taken: [String] = []
    for name in names {
      guard let type = schema.type(of: name), !kind.accepts(type) else {
        taken.append(name)
        continue
      }
      guard !explicit.contains(name) || !checker.flow.isExact else {
        throw Diagnostic(
          code: "wrong-type",
          "`\(verb) … \(option): \(word)` cannot take `\(name)`, which is \(type.rawValue)",
          at: call.items.first { $0.nameText == name }?.span ?? call.stage.span)
      }
    }
    guard !taken.isEmpty else {
      throw Diagnostic(
        code: "no-columns", "no column is left for `\(verb)`", at: call.stage.verb.span)
    }
    let transform = try kind.init(call.settings)
    stage = TransformStage(transform: transform, columns: taken)
    let after = transform.output(of: schema, columns: taken)
    output = checker.flow.with(after.schema, open: checker.flow.open + after.open)
  }

  /// The options of the way that a stage names.
  package static func parameters(
    of stage: StageSyntax, verb: String, option: String, standard: String?
  ) -> [Parameter] {
    var word = standard
    for argument in stage.arguments {
      if case .option(let name, let value, _) = argument, name.text == option {
        word = value.nameText
      }
    }
    return TransformCatalog.transform(named: "\(verb).\(word ?? "")")?.parameters ?? []
  }
}
