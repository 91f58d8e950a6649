import ArgumentParser
import Glibc
import Sessions

/// `bight` and `bight -c 'statement'`.
struct Interactive: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl", abstract: "Work interactively (what bight does without a command).")

  @Option(name: .customShort("c"), help: "Run these statements and leave.")
  var statements: String?
  @OptionGroup var common: CommonOptions

  func run() throws {
    try common.telling { try start() }
  }

  private func start() throws {
    if let statements { try Headless(options: common).run(statements, name: "command") }
    guard isatty(STDIN_FILENO) == 1 else {
      try Headless(options: common).run(try TextFile.standardInput(), name: "input")
    }
    try Repl(options: common).run()
  }
}
