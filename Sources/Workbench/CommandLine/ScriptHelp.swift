import ArgumentParser
import Columns
import Pipeline
import Rendering
import Sessions
import Syntax

/// `bight run s.bight --help`: the help of `run`, and the parameters that the script declares.
enum ScriptHelp {
  static func show(_ path: String) {
    Output.line(Bight.helpMessage(for: RunScript.self))
    guard let source = try? TextFile.read(path) else { return }
    let parameters = ScriptParameters(Parser.parse(source).script).declared
    guard !parameters.isEmpty else {
      Output.line("\(SafeText.escaped(path)) declares no parameters.")
      return
    }
    Output.line("PARAMETERS OF \(SafeText.escaped(path)):")
    for parameter in parameters {
      let standard = CellText.plain(parameter.standard)
      let help = parameter.help.isEmpty ? "" : SafeText.escaped(parameter.help) + " "
      Output.line(
        "  " + HelpPages.padded("--set \(parameter.name)=…", 24)
          + "\(help)(\(parameter.standard.columnType?.rawValue ?? "list"), default: \(standard))")
    }
  }
}
