import ArgumentParser

/// The program.
struct Bight: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bight",
    abstract: "A workbench for ML-enhanced data pipelines.",
    discussion: """
      Without a command it is interactive; when standard input is not a terminal it runs the script that comes in.
      """,
    version: Version.text,
    subcommands: [
      Interactive.self, RunScript.self, VerifyScripts.self, CheckScripts.self, FormatScripts.self,
      HelpTopic.self,
    ],
    defaultSubcommand: Interactive.self)
}

enum Version {
  static let text = "0.1.0"
}

/// How a process of ours ends.
enum Status {
  static let fine: Int32 = 0
  static let failed: Int32 = 1
  /// A recorded output, a `check` or a goal differs.
  static let differs: Int32 = 2
  static let usage: Int32 = 64
  static let interrupted: Int32 = 130
}
