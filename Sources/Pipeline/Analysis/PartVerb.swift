import Columns
package import Learning

/// The rows of one part of a split table: what `data.train` is. It has no word of its own.
package struct PartVerb: Verb {
  package let part: Part
  package let split: Node
  package let output: Flow

  package static let signature = Signature(
    "part", "the rows of one part of a split table", group: .models, stage: .explore,
    leakage: .trainingRows, examples: [])

  init(_ part: Part, of node: Node) {
    self.part = part
    split = node.split ?? node
    var flow = node.flow
    flow.hasParts = false
    output = flow
  }

  package init(_ call: Call, _ checker: inout Checker) throws { throw Refused() }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .part(part, split: split, Operator.required(input))
  }
}
