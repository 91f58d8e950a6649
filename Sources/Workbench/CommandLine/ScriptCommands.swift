import Text
import ArgumentParser
import Glibc
import LineEditing
import Rendering
import Sessions
import Syntax

struct RunScript: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Replay a script; stops at the first error.")

  @Argument(help: "The script, or - for standard input.")
  var script: String
  @OptionGroup var common: CommonOptions

  func run() throws {
    try common.telling {
      let source = try TextFile.read(script)
      try Headless(options: common).run(source, name: script == "-" ? "input" : script)
    }
  }
}

struct VerifyScripts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Replay scripts and compare recorded outputs.")

  @Argument(help: "The scripts.")
  var scripts: [String]
  @Flag(help: "Rewrite the recorded outputs with what came.")
  var update = false
  @OptionGroup var common: CommonOptions

  func run() throws {
    try common.telling {
      var status = Status.fine
      for path in scripts {
        let outcome = try verify(path)
        status = max(status, outcome)
        if status == Status.interrupted { break }
      }
      throw ExitCode(status)
    }
  }

  private func verify(_ path: String) throws -> Int32 {
    let source = try TextFile.read(path)
    let session = common.session()
    try? Interrupts.shared.install()
    let found = Interrupts.shared.whileRunning(session.cancellation) {
      Verification(source, name: path, session: session, updating: update)
    }
    let printer = Printer(common)
    printer.tell(found.diagnostics, in: session, source: path)
    if update, found.end != .unreadable, found.end != .cancelled, found.updated != source {
      try TextFile.write(found.updated, to: path)
      Output.line("\(path): updated")
      if found.end == .finished { return Status.fine }
    }
    guard found.end == .finished else {
      Output.line("\(path): failed")
      return Headless.status(of: found.end)
    }
    for difference in found.differences {
      Output.line("\(path):\(difference.line): statement \(difference.statement) differs")
      Output.line("  recorded: \(difference.expected ?? "nothing more")")
      Output.line("  now:      \(difference.actual ?? "nothing more")")
    }
    guard found.differences.isEmpty else { return Status.differs }
    Output.line("\(path): \(found.compared) recorded output\(found.compared == 1 ? "" : "s") hold")
    return Status.fine
  }
}

struct CheckScripts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check names, types, options and leakage without reading rows.")

  @Argument(help: "The scripts.")
  var scripts: [String]
  @OptionGroup var common: CommonOptions

  func run() throws {
    try common.telling {
      var status = Status.fine
      for path in scripts {
        let session = common.session()
        let replay = Replay(try TextFile.read(path), name: path, session: session)
        let problems = replay.problems()
        Printer(common).tell(problems, in: session, source: path)
        if !replay.parsed.diagnostics.isEmpty {
          status = Status.usage
        } else if problems.contains(where: { $0.severity == .error }) {
          status = max(status, Status.failed)
        } else if !common.quiet {
          Output.line("\(path): fine")
        }
      }
      throw ExitCode(status)
    }
  }
}

struct FormatScripts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Rewrite scripts in the usual form.")

  @Argument(help: "The scripts; - reads standard input and writes standard output.")
  var scripts: [String]
  @Flag(help: "Change nothing; exit 2 if a script would change.")
  var check = false
  @OptionGroup var common: CommonOptions

  func run() throws {
    try common.telling {
      var status = Status.fine
      for path in scripts {
        let session = common.session()
        let source = try TextFile.read(path)
        session.register(source: source, name: path)
        let parsed = Parser.parse(source)
        guard parsed.diagnostics.isEmpty else {
          Printer(common).tell(parsed.diagnostics, in: session, source: path)
          status = Status.usage
          continue
        }
        let formatted = Formatter.format(parsed.script)
        if path == "-" {
          Output.write(Array(formatted.utf8))
        } else if formatted != source {
          if check {
            Output.line("\(path): would change")
            status = max(status, Status.differs)
          } else {
            try TextFile.write(formatted, to: path)
          }
        }
      }
      throw ExitCode(status)
    }
  }
}
