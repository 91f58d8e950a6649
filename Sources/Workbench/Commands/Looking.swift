import Execution
import Columns
import Pipeline
import Rendering
import Sessions
import Syntax
import Text

extension Command {
  static let help = Command(name: ".help", usage: "[topic]", summary: "help, as ?topic") {
    rest, repl in repl.help(rest)
  }

  static let examples = Command(
    name: ".examples", usage: "verb", summary: "examples of a verb, ready to type"
  ) { rest, _ in
    guard let verb = VerbCatalog.verb(rest) else {
      Output.problem("there is no verb '\(rest)'")
      return
    }
    Output.line(verb.signature.examples.map(\.script).joined(separator: "\n\n"))
  }

  static let names = Command(name: ".names", summary: "what has a name, and what it is") {
    _, repl in
    let session = repl.session
    let names = session.names.keys.sorted()
    guard !names.isEmpty else {
      Output.line("nothing has a name yet")
      return
    }
    let cells = Dictionary(session.cells.compactMap { cell in cell.name.map { ($0, cell.number) } })
    { $1 }
    let table = Table([
      ("name", .text(TextValues(names))),
      ("kind", .text(TextValues(names.map { kind(session.names[$0]) }))),
      ("size", .text(TextValues(names.map { size(session, session.names[$0]) }))),
      ("cell", .int(Values(names.map { Int64(cells[$0] ?? 0) }))),
    ])
    repl.printer.show(.table(table))
  }

  private static func kind(_ binding: Binding?) -> String {
    switch binding {
    case .node(let node)?: node.flow.kind.rawValue
    case .recipe?: "recipe"
    case .value?: "value"
    default: "failed"
    }
  }

  private static func size(_ session: Session, _ binding: Binding?) -> String {
    switch binding {
    case .node(let node)?:
      switch session.engine.keptOutcome(of: node) {
      case .table(let table)?: "\(table.rowCount) rows × \(table.schema.count) columns"
      case .model(let model)?: "\(model.features.count) features, \(model.trainingRows) rows"
      default: node.flow.kind == .table ? "\(node.flow.schema.count) columns" : ""
      }
    case .recipe(let stages)?: "\(stages.count) stages"
    case .value(let value)?: value.plainText
    default: ""
    }
  }

  static let schema = Command(
    name: ".schema", usage: "name", summary: "columns and types of a table"
  ) { rest, repl in
    guard case .node(let node)? = repl.session.names[rest], node.flow.kind == .table else {
      Output.problem("there is no table named '\(rest)'")
      return
    }
    let fields = node.flow.schema.fields
    repl.printer.show(
      .table(
        Table([
          ("column", .text(TextValues(fields.map(\.name)))),
          ("type", .text(TextValues(fields.map(\.type.rawValue)))),
        ])))
  }

  static let cells = Command(name: ".cells", summary: "what was entered, and how it went") {
    _, repl in
    for cell in repl.session.cells {
      let mark = cell.succeeded ? " " : "✗"
      let lines = Formatter.text(of: cell.statement).split(separator: "\n")
        .map { SafeText.escaped(String($0)) }
      Output.line(
        HelpPages.padded("[\(cell.number)]", 6) + "\(mark) "
          + lines.joined(separator: "\n        "))
    }
  }

  static let last = Command(name: ".last", summary: "the last result again, all of it") { _, repl in
    guard let outcome = repl.lastShown else {
      Output.line("nothing has been shown yet")
      return
    }
    var printer = repl.printer
    printer.style.isTerminal = false
    printer.style.width = nil
    printer.show(outcome)
  }
}
