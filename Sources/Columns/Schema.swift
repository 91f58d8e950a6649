/// A column's name and type.
package struct Field: Hashable, Sendable, Codable {
  package var name: String
  package var type: ColumnType

  package init(_ name: String, _ type: ColumnType) {
    self.name = name
    self.type = type
  }
}

/// Names and types of a table's columns, in order. Names are unique.
package struct Schema: Hashable, Sendable, Codable {
  package private(set) var fields: [Field]
  private var positions: [String: Int]

  /// - Precondition: names are unique; readers and verbs see to that beforehand.
  package init(_ fields: [Field] = []) {
    self.fields = fields
    positions = Dictionary(
      fields.enumerated().map { ($1.name, $0) },
      uniquingKeysWith: { _, _ in
        preconditionFailure("a schema's names are unique")
      })
  }

  package var names: [String] { fields.map(\.name) }
  package var count: Int { fields.count }

  package func position(of name: String) -> Int? { positions[name] }
  package func type(of name: String) -> ColumnType? { positions[name].map { fields[$0].type } }
  package func contains(_ name: String) -> Bool { positions[name] != nil }

  package static func == (a: Schema, b: Schema) -> Bool { a.fields == b.fields }
  package func hash(into hasher: inout Hasher) { hasher.combine(fields) }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.singleValueContainer().decode([Field].self)
    guard Set(fields.map(\.name)).count == fields.count else {
      throw DataError("duplicate-column", "a schema names a column twice")
    }
    self.init(fields)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(fields)
  }
}
