package import Columns
package import Syntax
import Text

/// What a verb does with a leaking risk in mind; section 5 of the language page.
package enum LeakageClass: String, Sendable, CaseIterable {
  /// Row by row: kept in the model, replayed at predict.
  case column
  /// Learned on training rows only, kept, replayed.
  case learned
  /// Chooses training rows; never replayed.
  case trainingRows
  /// The model begins after it.
  case boundary
  /// Passes its input through.
  case transparent
  /// Makes or uses a model.
  case model
}

/// The stage of the two loops a verb belongs to.
package enum LoopStage: String, Sendable, CaseIterable {
  case collect = "a. identify and collect data"
  case clean = "b. clean and label"
  case explore = "c. explore, prepare, split"
  case evaluate = "d. evaluate test data performance"
  case monitor = "e. compare training with production data"
  case define = "1. define opportunity and desired outcomes"
  case prototype = "2. design and prototype"
  case train = "3. train, tune, select"
  case integrate = "4. test, integrate, productize"
  case deploy = "5. deploy, monitor system and predictions"
}

package enum VerbGroup: String, Sendable, CaseIterable {
  case sources
  case look
  case rows
  case columns
  case shape
  case quality = "quality and labels"
  case features = "features (learned)"
  case trainingRows = "training rows"
  case reuse
  case models
  case operate
}

/// What may stand between a verb and its options.
package struct Items: Sendable {
  package enum Shape: Sendable {
    case expression
    case condition
    /// A bare column, a selector, or several.
    case column
    /// A column or `-column`.
    case sortKey
    /// `name = expression`
    case binding
    case formula
    /// The name of a table, model or recipe.
    case name
    /// A whole number or a percentage.
    case amount
    case path
    case text
    /// Any literal.
    case literal
  }
  package var shapes: [Shape]
  package var count: ClosedRange<Int>
  /// As in usage lines: `condition, …`.
  package var usage: String

  package init(_ shapes: [Shape], _ count: ClosedRange<Int>, _ usage: String) {
    self.shapes = shapes
    self.count = count
    self.usage = usage
  }

  package static let none = Items([], 0...0, "")
}

/// A script that runs as it stands in the samples' folder, with what it prints recorded behind `#>`: help shows
/// it, the tests verify it.
package struct Example: Sendable {
  package var script: String
  package init(_ script: String) { self.script = script }
}

/// Everything about a verb that does not depend on a call. Parsing of options, checks, completion, help, the
/// reference and README's table are read from it.
package struct Signature: Sendable {
  package var name: String
  /// One short clause without a full stop.
  package var summary: String
  package var group: VerbGroup
  package var stage: LoopStage
  package var leakage: LeakageClass
  /// What it takes from the left; empty for a source.
  package var accepts: Set<Flow.Kind>
  package var items: Items
  package var clauses: [ClauseSyntax.Word: String]
  package var options: [Parameter]
  /// Further paragraphs for the help page: definitions, null rules, where the field disagrees.
  package var details: String
  package var examples: [Example]

  package init(
    _ name: String, _ summary: String, group: VerbGroup, stage: LoopStage, leakage: LeakageClass,
    accepts: Set<Flow.Kind> = [.table], items: Items = .none,
    clauses: [ClauseSyntax.Word: String] = [:], options: [Parameter] = [], details: String = "",
    examples: [Example]
  ) {
    self.name = name
    self.summary = summary
    self.group = group
    self.stage = stage
    self.leakage = leakage
    self.accepts = accepts
    self.items = items
    self.clauses = clauses
    self.options = options
    self.details = details
    self.examples = examples
  }
}

/// A verb of the language: one file each, listed in `VerbCatalog`.
///
/// An instance is one checked call. `init` checks what only this verb knows and throws a `Diagnostic` at the
/// argument's span; labels, kinds, ranges and near misses have been dealt with by `Call` before. Nothing here
/// reads a row: `lower` only says which operators would.
package protocol Verb: Sendable {
  static var signature: Signature { get }
  /// The options this call may have, where they depend on it (`fit … model:`).
  static func options(for stage: StageSyntax) -> [Parameter]

  init(_ call: Call, _ checker: inout Checker) throws

  /// What comes out, as far as it is known before any row is read.
  var output: Flow { get }
  /// The class of this very call (a `join` with `expect: one` differs from a plain one).
  var leakage: LeakageClass { get }
  /// What it needs besides its input: the other table of a join, a model.
  var uses: [Node] { get }
  /// The operator that does it.
  func lower(_ input: Operator?) -> Operator.Kind
}

extension Verb {
  package static func options(for stage: StageSyntax) -> [Parameter] { signature.options }
  package var leakage: LeakageClass { Self.signature.leakage }
  package var uses: [Node] { [] }
}

/// A verb whose output columns are each an expression over its input's columns: replayed at predict as it is.
package protocol ColumnVerb: Verb {
  /// All output columns.
  var projections: [Projection] { get }
  /// Projections one after the other, where later columns read earlier ones.
  var layers: [[Projection]] { get }
}

extension ColumnVerb {
  package var layers: [[Projection]] { [projections] }

  package func lower(_ input: Operator?) -> Operator.Kind {
    var kind: Operator.Kind?
    for layer in layers {
      kind = .project(layer, kind.map { Operator($0) } ?? Operator.required(input))
    }
    return kind ?? .project([], Operator.required(input))
  }
}

/// A verb that learns from training rows and is replayed at predict.
package protocol LearnedVerb: Verb {
  var learned: any LearnedStage { get }
}

extension LearnedVerb {
  package func lower(_ input: Operator?) -> Operator.Kind {
    .learn(learned, Operator.required(input))
  }
}
