import Pipeline
import Rendering
import Sessions
import Syntax

extension Command {
  static let save = Command(
    name: ".save", usage: "file [for name]",
    summary: "writes the successful statements as a script"
  ) { rest, repl in
    let words = rest.split(separator: " ").map(String.init)
    guard let path = words.first?.unquoted else {
      Output.problem("where to? .save session.bight")
      return
    }
    let name = words.count == 3 && words[1] == "for" ? words[2] : nil
    if words.count > 1, name == nil {
      Output.problem("write: .save file, or: .save file for name")
      return
    }
    if let name, repl.session.names[name] == nil {
      Output.problem("there is nothing named '\(name)'")
      return
    }
    let text = SavedScript.text(of: repl.session.cells, for: name) { $0.recordedLines }
    do {
      try TextFile.write(text, to: path)
      let kept = SavedScript.keptCells(repl.session.cells, for: name).count
      Output.line("saved \(kept) of \(repl.session.cells.count) statements to \(path)")
    } catch {
      Output.problem("\(error)")
    }
  }

  static let open = Command(
    name: ".open", usage: "file", summary: "runs the statements of a script here"
  ) { rest, repl in
    do {
      repl.enter(try TextFile.read(rest.unquoted))
    } catch {
      Output.problem("\(error)")
    }
  }

  static let quit = Command(name: ".quit", summary: "leaves, as Ctrl-D does") { _, repl in
    repl.isLeaving = true
  }
}

extension String {
  /// Without quotes around it.
  var unquoted: String {
    count > 1 && (hasPrefix("\"") && hasSuffix("\"") || hasPrefix("'") && hasSuffix("'"))
      ? String(dropFirst().dropLast()) : self
  }
}
