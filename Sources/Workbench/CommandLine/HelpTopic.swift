import ArgumentParser

struct HelpTopic: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help", abstract: "The same help as in the REPL.")

  @Argument(help: "A verb, function, model, option, error code or topic.")
  var topic: [String] = []

  func run() throws {
    guard let page = HelpPages.page(topic.joined(separator: " ")) else {
      throw CallProblem(
        code: "unknown-topic", message: HelpPages.unknown(topic.joined(separator: " "))
      ).told(as: .text)
    }
    Output.line(page)
  }
}
