package import Syntax
package import Columns
package import Text

/// One checked stage with what stands before it: a name is bound to the last node of its pipeline, so a name
/// stands for its pipeline.
package final class Node: Sendable {
  package let verb: any Verb
  package let name: String
  /// The node to the left; nil for a source.
  package let input: Node?
  /// Canonical text of the stage, for saved models and for the fingerprint.
  package let text: String
  /// The stage as it was written, so that it can be checked again where more is known.
  package let syntax: StageSyntax
  /// What `$name` stood for.
  package let values: [String: Value]
  package let place: Place
  /// Equal for equal pipelines over equal sources.
  package let fingerprint: UInt64
  /// The name that a statement binds to it: then its result is kept.
  package let boundName: String?
  package var isNamed: Bool { boundName != nil }

  package init(
    _ verb: any Verb, name: String, input: Node?, syntax: StageSyntax,
    values: [String: Value] = [:], place: Place, identity: UInt64 = 0, boundName: String?
  ) {
    self.verb = verb
    self.name = name
    self.input = input
    let text = Formatter.text(of: syntax)
    self.text = text
    self.syntax = syntax
    self.values = values
    self.place = place
    self.boundName = boundName
    var hash = mixed(identity ^ 0x6269_6768_7400)
    for byte in text.utf8 { hash = mixed(hash ^ UInt64(byte)) }
    hash = mixed(hash ^ (input?.fingerprint ?? 1))
    for other in verb.uses { hash = mixed(hash &+ other.fingerprint) }
    fingerprint = hash
  }

  /// What comes out, under the name it has in messages.
  package var flow: Flow {
    var flow = verb.output
    if let boundName { flow.name = boundName }
    return flow
  }

  /// The operator for this stage, reading named results where there are some.
  package func lowered() -> Operator {
    Operator(verb.lower(input.map { $0.isNamed ? $0.reference() : $0.lowered() }), of: self)
  }

  /// Reads the kept result of this node.
  package func reference() -> Operator { Operator(.reference(self), of: self) }

  /// This node and all to its left, nearest first.
  package var chain: [Node] {
    var all: [Node] = []
    var at: Node? = self
    while let node = at {
      all.append(node)
      at = node.input
    }
    return all
  }

  /// The `split` whose parts the rows of this node carry, if any.
  package var split: Node? {
    for node in chain {
      if node.verb is any PartitioningVerb { return node }
      if node.verb.output.hasParts == false { return nil }
    }
    return nil
  }
}

/// Where a stage stands.
package struct Place: Hashable, Sendable {
  /// 1-based number of the statement in its script or session.
  package var statement: Int
  /// Name of the source text, as registered with the session.
  package var source: String
  package var span: Span

  package init(statement: Int, source: String, span: Span) {
    self.statement = statement
    self.source = source
    self.span = span
  }
}
