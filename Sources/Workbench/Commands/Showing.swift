import Execution
import Rendering
import Sessions

extension Command {
  static let rows = Command(
    name: ".rows", usage: "n", summary: "how many rows a shown table has at most"
  ) { rest, repl in
    guard let count = Int(rest), count > 0 else {
      Output.line("\(repl.printer.style.rows) rows")
      return
    }
    repl.printer.style.rows = count
  }

  static let digits = Command(
    name: ".digits", usage: "n", summary: "how many significant digits numbers are shown with"
  ) { rest, repl in
    guard let count = Int(rest), (1...17).contains(count) else {
      Output.line("\(repl.printer.style.digits) digits (1 to 17)")
      return
    }
    repl.printer.style.digits = count
  }

  static let mode = Command(
    name: ".mode", usage: "format",
    summary: "how results are shown: table, csv, tsv, json, jsonl, markdown, html"
  ) { rest, repl in
    guard let format = OutputFormat(rawValue: rest) else {
      Output.line(
        "\(repl.printer.format.rawValue) (one of "
          + OutputFormat.allCases.map(\.rawValue).joined(separator: ", ") + ")")
      return
    }
    repl.printer.format = format
  }

  static let timer = Command(
    name: ".timer", summary: "how long the stages of the last statement took"
  ) { _, repl in
    let last = repl.session.cells.last?.number
    for stage in repl.session.engine.timings.stages where stage.statement == last {
      let took = (stage.milliseconds * 10).rounded() / 10
      Output.line(HelpPages.padded(stage.stage, 12) + "\(stage.rows) rows  \(took) ms")
    }
  }
}
