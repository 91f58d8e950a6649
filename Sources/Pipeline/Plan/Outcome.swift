package import Columns

/// What a pipeline came to.
package enum Outcome: Sendable {
  case table(Table)
  case model(Model)
  /// A table that is drawn.
  case plot(PlotRequest)
  case value(Value)
  /// Something was done and there is nothing more to show than these words.
  case done(String)
}

/// Data and the way to draw it; drawing is the business of rendering.
package struct PlotRequest: Sendable {
  package var kind: String
  package var table: Table
  package var x: String?
  package var y: String?
  package var by: String?
  package var title: String

  package init(kind: String, table: Table, x: String?, y: String?, by: String?, title: String) {
    self.kind = kind
    self.table = table
    self.x = x
    self.y = y
    self.by = by
    self.title = title
  }
}

/// Something told beside a result: how many rows a filter dropped for a null, what a load coerced.
package struct Notice: Sendable, Hashable {
  package enum Weight: Sendable {
    case note
    case warning
  }
  package var weight: Weight
  package var text: String
  package var details: [String]

  package init(_ weight: Weight = .note, _ text: String, details: [String] = []) {
    self.weight = weight
    self.text = text
    self.details = details
  }
}
