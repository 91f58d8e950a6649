import Columns
import Syntax
import Text

/// `rename new = old`
package struct Rename: ColumnVerb {
  package static let signature = Signature(
    "rename", "gives columns other names", group: .columns, stage: .clean, leakage: .column,
    items: Items([.binding], 1...10_000, "new = old, …"),
    examples: [
      Example(
        """
        table a = [1], b = [2] | rename total = b
        #>     a  total
        #> <int>  <int>
        #>     1      2
        """),
      Example(
        """
        load "samples/rides.csv" | rename km = distance | select km | head 2
        #>    km
        #> <num>
        #>  0.52
        #>  2.19
        """),
    ])

  package let output: Flow
  package let projections: [Projection]

  package init(_ call: Call, _ checker: inout Checker) throws {
    let flow = checker.flow
    var new: [String: String] = [:]
    for entry in call.entries {
      guard let name = entry.name, let old = checker.column(entry.expression) else {
        throw Refused()
      }
      guard new[old] == nil else {
        throw Diagnostic(
          code: "duplicate-column", "`\(old)` is renamed twice", at: entry.expression.span)
      }
      new[old] = name.text
    }
    let names = flow.schema.names.map { new[$0] ?? $0 }
    for entry in call.entries {
      guard let name = entry.name, names.count(where: { $0 == name.text }) > 1 else { continue }
      throw Diagnostic(
        code: "duplicate-column", "there is a column `\(name.text)` already", at: name.span)
    }
    projections = zip(flow.schema.names, names).map {
      Projection($1, .column($0, in: flow.schema))
    }
    output = flow.with(Schema(projections))
  }
}
