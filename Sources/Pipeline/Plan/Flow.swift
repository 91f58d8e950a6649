package import Columns
package import Learning

/// What passes from a stage to the next, as known before any row is read.
package struct Flow: Sendable {
  package enum Kind: String, Sendable {
    case table
    case model
    case recipe
    case value
    /// Nothing comes out (`save` at the end prints nothing more).
    case nothing
  }
  package var kind: Kind
  /// Columns of a table; for a model, the columns `predict` will need are known only after the fit.
  package var schema: Schema
  /// Prefixes of columns whose names depend on the data.
  package var open: [String]
  /// The name it has in messages.
  package var name: String?
  /// False while types come from a sample of a source.
  package var isExact: Bool
  /// Whether a `split` tagged the rows.
  package var hasParts: Bool
  package var model: ModelOutline?
  package var value: Value?

  package init(
    _ kind: Kind, schema: Schema = Schema(), open: [String] = [], name: String? = nil,
    isExact: Bool = true, hasParts: Bool = false, model: ModelOutline? = nil, value: Value? = nil
  ) {
    self.kind = kind
    self.schema = schema
    self.open = open
    self.name = name
    self.isExact = isExact
    self.hasParts = hasParts
    self.model = model
    self.value = value
  }

  /// The same table with other columns.
  package func with(_ schema: Schema, open: [String]? = nil) -> Flow {
    var flow = self
    flow.schema = schema
    if let open { flow.open = open }
    return flow
  }
}

/// What is known of a model before it is fitted.
package struct ModelOutline: Sendable {
  package var learner: String
  package var target: String?
  /// Nil when it depends on the target's values.
  package var task: Task?
  /// The type of the target in training.
  package var targetType: ColumnType?

  package init(learner: String, target: String?, task: Task?, targetType: ColumnType?) {
    self.learner = learner
    self.target = target
    self.task = task
    self.targetType = targetType
  }

  /// The type of a predicted class. Where the rows decide whether an int is a class or a number it is a number,
  /// which holds both.
  package var predictedType: ColumnType {
    guard let targetType else { return .text }
    return task == nil && targetType == .int ? .number : targetType
  }
}
