import Columns
import Formats
import Syntax
import Text

/// `save "out.csv"`
package struct Save: ActingVerb {
  package static let signature = Signature(
    "save", "writes a table or a model to a file", group: .operate, stage: .integrate,
    leakage: .transparent, accepts: [.table, .model],
    items: Items([.path], 1...1, "a path in quotes"),
    options: [
      Parameter(
        "format", .word(FormatCatalog.all.flatMap { $0.names }),
        defaultNote: "from the path's ending", "how a table is written")
    ],
    details: """
      The file is written beside and renamed, so a partial write never replaces a good one. A model file holds data \
      only: stages as text, numbers, schema. `load` reads tables; a model is read by `load "x.model"`.
      """,
    examples: [
      Example(
        """
        table x = [1, 2] | save "numbers.csv"
        load "numbers.csv" | count
        #> count
        #> <int>
        #>     2
        """),
      Example(
        """
        table x = [1], y = ["a"] | save "one.jsonl"
        load "one.jsonl"
        #>     x  y
        #> <int>  <text>
        #>     1  a
        """),
    ])

  package let output: Flow
  let path: String
  let format: String?
  let passes: Bool

  package init(_ call: Call, _ checker: inout Checker) throws {
    guard let path = checker.path(call.items.first) else { throw Refused() }
    if path.hasPrefix("workspace:") || path.hasPrefix("model:") {
      throw Diagnostic(
        code: "no-registry", "this version keeps no registry of models",
        at: call.items.first?.span ?? call.stage.span, label: "give a file: \"name.model\"")
    }
    if checker.flow.kind == .model, call.isGiven("format") {
      throw Diagnostic(
        code: "option-value", "a model has only one format", at: call.span(of: "format"))
    }
    if checker.flow.kind == .table, !call.isGiven("format"), FormatCatalog.ending(of: path) == nil {
      throw Diagnostic(
        code: "unknown-format", "the ending of this path names no format that can be written",
        at: call.items.first?.span ?? call.stage.span,
        label: "use .csv, .tsv, .json or .jsonl, or say format:")
    }
    self.path = path
    format = call.settings.word("format")
    passes = checker.isPassedOn
    output = passes ? checker.flow : Flow(.nothing)
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .compute(
      Looking(passes: passes) { inputs, run in
        switch inputs[0] {
        case .table(let table):
          try run.host.write(table, path: path, format: format, settings: Settings(of: []))
          return .done("saved \(table.rowCount) rows to \(path)")
        case .model(let model):
          try run.host.write(model, path: path)
          return .done("saved the model to \(path)")
        default: throw DataError("cannot-save", "only tables and models can be saved")
        }
      }, [Operator.required(input)])
  }
}
