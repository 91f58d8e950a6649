package import Columns
package import Formats
package import Learning

/// What engines run: a small closed set. A verb lowers to one of them; the optimiser knows only these.
package final class Operator: Sendable {
  package indirect enum Kind: Sendable {
    /// Reads a source.
    case scan(ReadRequest)
    /// A table at hand.
    case values(Table)
    /// The kept result of a named node.
    case reference(Node)
    case project([Projection], Operator)
    /// Rows for which every condition is true; says how many were dropped for a null.
    case filter([BoundExpression], Operator)
    case aggregate(keys: [Projection], values: [Projection], Operator)
    case sort([SortTerm], Operator)
    /// The first rows by order, within each group.
    case top(Int, [SortTerm], by: [Projection], Operator)
    case limit(Limit, Operator)
    case distinct([String]?, Operator)
    case sample(SampleSize, seed: UInt64, key: [String]?, Operator)
    case join(JoinPlan, Operator, Operator)
    /// By name: a column that one lacks is null there.
    case concatenate([Operator])
    /// Tags rows; they pass as they are.
    case split(SplitPlan, Operator)
    /// The rows that a `split` put in one part.
    case part(Part, split: Node, Operator)
    /// Learns from the training rows and applies to all.
    case learn(any LearnedStage, Operator)
    /// Fits a model.
    case fit(FitPlan, Operator)
    /// Whole results in, a result out, on one machine: statistics, evaluation, plots, writing.
    case compute(any Computation, [Operator])
  }

  package let kind: Kind
  /// The stage it does, for timings and messages.
  package let node: Node?

  package init(_ kind: Kind, of node: Node? = nil) {
    self.kind = kind
    self.node = node
  }

  /// The input of a stage that has one: the analyser refuses it otherwise.
  package static func required(_ input: Operator?) -> Operator {
    guard let input else { preconditionFailure("a stage without a source was not refused") }
    return input
  }
}

/// An output column and how it is made.
package struct Projection: Sendable {
  package var name: String
  package var expression: BoundExpression

  package init(_ name: String, _ expression: BoundExpression) {
    self.name = name
    self.expression = expression
  }
}

package struct SortTerm: Sendable {
  package var expression: BoundExpression
  package var descending: Bool

  package init(_ expression: BoundExpression, descending: Bool) {
    self.expression = expression
    self.descending = descending
  }
}

package enum Limit: Sendable, Hashable {
  case head(Int)
  case tail(Int)
}

package enum SampleSize: Sendable, Hashable {
  case rows(Int)
  case share(Double)
}

package struct JoinPlan: Sendable {
  package var leftKeys: [String]
  package var rightKeys: [String]
  package var kind: JoinKind
  /// What the right side is held to: at most one match a left row.
  package var expectsOne: Bool
  /// Where the name of a right column is taken: what it becomes.
  package var rightNames: [(old: String, new: String)]
}

/// How `split` cuts.
package struct SplitPlan: Sendable {
  package enum Rule: Sendable {
    /// A column that holds the words train, valid, test.
    case column(String)
    case shares(test: Double, valid: Double)
  }
  package var rule: Rule
  package var stratify: String?
  package var group: [String]
  package var order: String?
  /// Rows left out between parts in order.
  package var gap: Int
  package var key: [String]?
  package var seed: UInt64
}

/// Work on whole results that no other operator does. Runs on one machine.
package protocol Computation: Sendable {
  /// `inputs` in the order they were given to the operator.
  func run(_ inputs: [Outcome], _ run: RunContext) throws -> Outcome
  /// Columns it needs of its first input; nil for all.
  var columns: [String]? { get }
}

extension Computation {
  package var columns: [String]? { nil }
}
