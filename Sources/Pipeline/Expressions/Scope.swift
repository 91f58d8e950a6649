package import Columns

/// What an expression may mention.
package struct Scope: Sendable {
  /// The columns of the input.
  package var schema: Schema
  /// Prefixes of columns that exist only once data has been read (one column a level, say): a name
  /// that begins with one of them is taken for a number column.
  package var open: [String]
  /// For messages: "orders has no column `amout`".
  package var tableName: String?
  /// What `$name` stands for.
  package var values: [String: Value]
  /// Whether calls such as `mean(x)` are allowed.
  package var allowsAggregates: Bool
  /// Columns that selectors never pick: target, part, group, weight.
  package var hidden: Set<String>

  package init(
    schema: Schema, open: [String] = [], tableName: String? = nil, values: [String: Value] = [:],
    allowsAggregates: Bool = false, hidden: Set<String> = []
  ) {
    self.schema = schema
    self.open = open
    self.tableName = tableName
    self.values = values
    self.allowsAggregates = allowsAggregates
    self.hidden = hidden
  }

  /// The type of the column of that name, nil when there is none.
  package func type(of name: String) -> ColumnType? {
    if let type = schema.type(of: name) { return type }
    return open.contains { name.hasPrefix($0) && name.utf8.count > $0.utf8.count } ? .number : nil
  }

  /// How messages call the input.
  var title: String { tableName ?? "the table" }
}
