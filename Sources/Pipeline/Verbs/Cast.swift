import Columns
import Syntax
import Text

/// `cast zip, code, to: text`
package struct Cast: ColumnVerb {
  static let types = ["bool", "int", "number", "text", "category", "date", "time", "duration"]

  package static let signature = Signature(
    "cast", "turns columns into another type", group: .columns, stage: .clean, leakage: .column,
    items: Items([.column], 1...10_000, "columns or selectors"),
    options: [
      Parameter("to", .word(types), "the type wanted"),
      Parameter(
        "or_null", .flag, standard: .bool(false),
        "null instead of an error for values that cannot be cast"),
    ],
    details: """
      A value that cannot be cast is an error with row, column and value. A number becomes an int only if it is \
      whole.
      """,
    examples: [
      Example(
        """
        table code = [7, 12] | cast code, to: text
        #> code
        #> <text>
        #> 7
        #> 12
        """),
      Example(
        """
        table x = ["1.5", "n/a"] | cast x, to: number, or_null: true
        #>     x
        #> <num>
        #>   1.5
        #>  null
        """),
    ])

  package let output: Flow
  package let projections: [Projection]

  package init(_ call: Call, _ checker: inout Checker) throws {
    let names = try checker.columns(call.items)
    let type = call.settings.word("to") ?? "text"
    var options: [EntrySyntax] = []
    if call.settings.flag("or_null") {
      options.append(.labelled("or_null", .init(.bool(true), call.stage.span)))
    }
    projections = try checker.changing(names) { column in
      .call(type, [EntrySyntax(label: nil, value: column)] + options, at: column.span)
    }
    output = checker.flow.with(Schema(projections))
  }
}
