import Sessions
import Text

/// A meta-command of the REPL: begins with a dot, works only interactively, is never recorded.
struct Command: Sendable {
  var name: String
  /// What stands behind the name, as in usage lines.
  var usage: String = ""
  /// One short clause without a full stop.
  var summary: String
  var run: @Sendable (_ rest: String, _ repl: Repl) -> Void
}

enum CommandCatalog {
  static let all: [Command] = [
    .help, .examples, .names, .schema, .cells, .save, .open, .last, .rows, .digits, .mode, .timer,
    .quit,
  ]

  static func run(_ entry: String, in repl: Repl) {
    let words = entry.split(separator: " ", maxSplits: 1)
    let name = words.first.map(String.init) ?? entry
    guard let command = all.first(where: { $0.name == name }) else {
      let near = Suggestion.nearest(to: name, in: all.map(\.name))
      Output.problem(
        "there is no command \(name)"
          + (near.map { "; did you mean \($0)?" } ?? "; .help commands lists them"))
      return
    }
    command.run(words.count > 1 ? String(words[1]).trimmed : "", repl)
  }

  static var page: String {
    "Commands of the REPL\n"
      + all.map {
        "\n  " + HelpPages.padded(($0.name + " " + $0.usage).trimmed, 26) + $0.summary
      }.joined()
  }
}
