import ArgumentParser
import Columns
import Execution
import Glibc
import Rendering
import Sessions

/// Options that every command has.
struct CommonOptions: ParsableArguments {
  @Option(help: "Folder of the session's own files; :memory: keeps none.")
  var workspace: String = ".bight"

  @Option(help: "table, csv, tsv, json, jsonl, markdown or html.")
  var format: OutputFormat = .table

  @Option(help: "How errors are written: text or json.")
  var errors: ErrorFormat = .text

  @Option(help: "Seed of statements that give none.")
  var seed: UInt64 = 0

  @Option(help: "Threads to use; answers do not depend on it.")
  var threads: Int = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  @Option(help: "Write one JSON line for each stage to this file.")
  var timings: String?

  @Option(help: "Colour: auto, always or never.")
  var color: ColorChoice = .auto

  @Flag(help: "Do not read the configuration.")
  var noConfig = false

  @Flag(help: "Print results and errors only.")
  var quiet = false

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "name=value for a parameter that the script declares.")
  var set: [String] = []

  func validate() throws {
    guard threads > 0 else { throw ValidationError("--threads wants a number from 1 up") }
    for pair in set where !pair.contains("=") {
      throw ValidationError("--set wants name=value, not '\(pair)'")
    }
  }

  func session() -> Session {
    var options = Session.Options()
    options.seed = seed
    options.threads = threads
    options.examine = { try OutcomeRenderer.examine($0) }
    for pair in set {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      options.given[String(parts[0])] = String(parts[1])
    }
    return Session(options: options)
  }

  var environment: [String: String] { ProcessEnvironment.all }

  /// Style of what goes to a stream.
  func style(of stream: Int32) -> TableStyle {
    let isTerminal = isatty(stream) == 1
    return TableStyle(
      width: isTerminal ? Terminal.width(of: stream) : nil,
      color: color.isOn(environment: environment, isTerminal: isTerminal),
      unicode: !isTerminal || writesUnicode(environment: environment), isTerminal: isTerminal)
  }
}

enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case table, csv, tsv, json, jsonl, markdown, html
  var machine: MachineFormat? { MachineFormat(rawValue: rawValue) }
}

enum ErrorFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

extension ColorChoice: ExpressibleByArgument {}

enum ProcessEnvironment {
  static let all: [String: String] = {
    var all: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
      let pair = String(cString: entry).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { all[String(pair[0])] = String(pair[1]) }
      next += 1
    }
    return all
  }()
}

enum Terminal {
  /// Columns of the terminal behind a stream; 120 if it does not say.
  static func width(of stream: Int32) -> Int {
    var size = winsize()
    guard ioctl(stream, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 120 }
    return Int(size.ws_col)
  }
}
