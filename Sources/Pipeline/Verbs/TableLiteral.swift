package import Columns
import Syntax
import Text

/// `table x = [1, 2], y = ["a", null]`
package struct TableLiteral: Verb {
  package static let signature = Signature(
    "table", "makes a table from values written in the script", group: .sources, stage: .collect,
    leakage: .boundary, accepts: [],
    items: Items([.binding], 1...1_000, "name = [values], …"),
    details: """
      Every list has the same number of values. Whole numbers with numbers become numbers; nulls take the type of \
      the others.
      """,
    examples: [
      Example(
        """
        table city = ["Delft", "Ghent", null], people = [106_000, 265_000, null]
        #> city    people
        #> <text>   <int>
        #> Delft   106000
        #> Ghent   265000
        #> null      null
        """),
      Example(
        """
        table day = [@2024-03-01, @2024-03-02], rain = [0.5, 12]
        #> day          rain
        #> <date>      <num>
        #> 2024-03-01    0.5
        #> 2024-03-02   12
        """),
    ])

  package let output: Flow
  let table: Table

  package init(_ call: Call, _ checker: inout Checker) throws {
    var columns: [(name: String, column: Column)] = []
    for entry in call.entries {
      guard let name = entry.name else { throw Refused() }
      guard !columns.contains(where: { $0.name == name.text }) else {
        throw Diagnostic(
          code: "duplicate-column", "`\(name.text)` is there twice", at: name.span)
      }
      guard let value = checker.constant(entry.expression) else { throw Refused() }
      let values: [Value] = if case .list(let all) = value { all } else { [value] }
      if let first = columns.first, first.column.count != values.count {
        throw Diagnostic(
          code: "unequal-lengths",
          "`\(name.text)` has \(values.count) values, but `\(first.name)` has \(first.column.count)",
          at: entry.expression.span)
      }
      columns.append((name.text, try Self.column(values, at: entry.expression.span)))
    }
    table = Table(columns)
    output = Flow(.table, schema: table.schema)
  }

  package func lower(_ input: Operator?) -> Operator.Kind { .values(table) }

  private static func column(_ values: [Value], at span: Span) throws -> Column {
    let types = Set(values.compactMap(\.columnType))
    let type: ColumnType
    if types == [.int, .number] {
      type = .number
    } else if types.count > 1 {
      throw Diagnostic(
        code: "mixed-types",
        "one column cannot hold " + listed(types.map(\.rawValue).sorted()), at: span)
    } else {
      type = types.first ?? .text
    }
    return try Column(values: values, type: type)
  }
}

extension Value {
  /// The type of a column that could hold it; nil for null and for lists.
  package var columnType: ColumnType? {
    switch self {
    case .null, .list, .dictionary: nil
    case .bool: .bool
    case .int: .int
    case .number: .number
    case .text: .text
    case .date: .date
    case .time: .time
    case .duration: .duration
    case .vector: .vector
    }
  }
}
