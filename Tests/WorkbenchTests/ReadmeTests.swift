import Execution
import Foundation
import Pipeline
import Rendering
import Sessions
import Testing
import Text

/// What README shows is what the program does. With `BIGHT_RECORD=1` in the environment its answers and its table
/// of verbs are written anew.
struct ReadmeTests {
  private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let file = repository.appending(path: "README.md")
  private static let isRecording = ProcessInfo.processInfo.environment["BIGHT_RECORD"] == "1"

  /// A fenced block: the word behind its fence, and its text.
  private struct Block {
    let language: String
    let text: String
  }

  private static func readme() throws -> String { try String(contentsOf: file, encoding: .utf8) }

  private static func blocks(of text: String) -> [Block] {
    let parts = text.components(separatedBy: "```")
    return parts.indices.filter { $0 % 2 == 1 }.map { index in
      let lines = parts[index].split(
        separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      return Block(language: String(lines[0]), text: lines.count > 1 ? String(lines[1]) : "")
    }
  }

  @Test func `every block is a session or a command`() throws {
    let blocks = Self.blocks(of: try Self.readme())
    #expect(Set(blocks.map(\.language)) == ["sh", "bight"])
  }

  @Test func `the sessions answer what they show, and the table lists the verbs`() throws {
    var text = try Self.readme()
    if Self.isRecording {
      for block in Self.blocks(of: text) where block.language == "bight" {
        text = text.replacing(block.text, with: try verified(block.text).updated)
      }
      try #require(Self.table(in: text) != nil)
      text = text.replacing(Self.table(in: text) ?? "", with: Self.verbs())
      try text.write(to: Self.file, atomically: true, encoding: .utf8)
      return
    }
    for block in Self.blocks(of: text) where block.language == "bight" {
      let verification = try verified(block.text)
      #expect(verification.differences.isEmpty, "\(verification.differences)")
      #expect(verification.compared > 0)
    }
    #expect(Self.table(in: text) == Self.verbs())
  }

  @Test func `the commands are targets of the Makefile`() throws {
    let makefile = try String(
      contentsOf: Self.repository.appending(path: "Makefile"), encoding: .utf8)
    let targets = makefile.split(separator: "\n").compactMap { $0.firstMatch(of: /^([a-z]+):/)?.1 }
    for block in Self.blocks(of: try Self.readme()) where block.language == "sh" {
      for line in block.text.split(separator: "\n") {
        let words = line.split(separator: " ")
        try #require(words.count >= 2 && words[0] == "make")
        #expect(targets.contains(words[1]), "\(line)")
      }
    }
  }

  private func verified(_ script: String) throws -> Verification {
    let session = Session(host: LocalHost(folder: Self.repository.path))
    let verification = Verification(
      script, name: "README.md", session: session, updating: Self.isRecording)
    let words = verification.diagnostics.map { "\($0.code): \($0.message)" }
    try #require(verification.end == .finished, "\(words)")
    return verification
  }

  private static let marks = (start: "<!-- verbs -->\n", end: "<!-- end of verbs -->")

  private static func table(in text: String) -> String? {
    guard let start = text.range(of: marks.start), let end = text.range(of: marks.end) else {
      return nil
    }
    return marks.start + text[start.upperBound..<end.lowerBound] + marks.end
  }

  private static func verbs() -> String {
    let rows = VerbCatalog.all.map {
      "| `\($0.signature.name)` | \($0.signature.summary) | \($0.signature.stage.rawValue) |\n"
    }
    return marks.start + "\n| verb | what it does | stage of the loop |\n|---|---|---|\n"
      + rows.joined() + "\n" + marks.end
  }
}
