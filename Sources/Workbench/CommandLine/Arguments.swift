import ArgumentParser

/// The words of the call, put as the parser of arguments wants them.
enum Arguments {
  /// Common options may stand before the command too: `bight --format json run s.bight`.
  static func ordered(_ words: [String]) -> [String] {
    var before: [String] = []
    var rest = words[...]
    while let word = rest.first, word.hasPrefix("--"), let option = commonOption(word) {
      before.append(word)
      rest = rest.dropFirst()
      if option.takesValue, !word.contains("="), let value = rest.first {
        before.append(value)
        rest = rest.dropFirst()
      }
    }
    guard let command = rest.first, commands.contains(command) else { return words }
    return [command] + before + rest.dropFirst()
  }

  /// The script of `bight run s.bight --help`.
  static func scriptToExplain(_ words: [String]) -> String? {
    guard words.first == "run", words.contains(where: { ["--help", "-h"].contains($0) }) else {
      return nil
    }
    var rest = words.dropFirst()
    while let word = rest.first {
      rest = rest.dropFirst()
      guard word.hasPrefix("-") else { return word }
      if let option = commonOption(word), option.takesValue, !word.contains("=") {
        rest = rest.dropFirst()
      }
    }
    return nil
  }

  private static let flags: Set<String> = ["no-config", "quiet"]
  private static let valued: Set<String> = [
    "workspace", "format", "errors", "seed", "threads", "timings", "color", "set",
  ]

  private static func commonOption(_ word: String) -> (name: String, takesValue: Bool)? {
    guard word.hasPrefix("--") else { return nil }
    let name = String(word.dropFirst(2).prefix { $0 != "=" })
    if flags.contains(name) { return (name, false) }
    return valued.contains(name) ? (name, true) : nil
  }

  private static let commands = Set(
    Bight.configuration.subcommands.map { $0.configuration.commandName ?? "" })
}
