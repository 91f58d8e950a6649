import Execution
import Foundation
import Pipeline
import Rendering
import Sessions
import Testing
import Text

/// Every example of every verb runs and prints what is recorded behind it. With `BIGHT_RECORD=1` in the
/// environment the recordings in the verbs' source files are written anew.
struct VerbExamplesTests {
  @Test(arguments: VerbCatalog.all.map { $0.signature.name })
  func `an example prints what is recorded behind it`(verb name: String) throws {
    let verb = try #require(VerbCatalog.verb(name))
    let isRecording = ProcessInfo.processInfo.environment["BIGHT_RECORD"] == "1"
    var scripts: [String] = []
    for (number, example) in verb.signature.examples.enumerated() {
      let place = try Place()
      defer { place.remove() }
      let verification = Verification(
        example.script, name: "\(name) \(number + 1)",
        session: Session(host: LocalHost(folder: place.folder)), updating: isRecording)
      scripts.append(verification.updated.trimmingCharacters(in: .newlines))
      let words = verification.diagnostics.map { "\($0.code): \($0.message)" }
      #expect(verification.end == .finished, "\(name) \(number + 1): \(words)")
      if isRecording { continue }
      #expect(verification.isFine, "\(name) \(number + 1): \(verification.differences)")
      #expect(verification.compared > 0, "\(name) \(number + 1) records nothing")
    }
    if isRecording { try VerbSource("\(verb)").write(examples: scripts) }
  }

  /// A folder of its own, where an example may save, with the samples in it.
  private struct Place {
    let folder: String

    init() throws {
      let url = FileManager.default.temporaryDirectory.appending(path: "bight-\(UUID())")
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        at: url.appending(path: "samples"),
        withDestinationURL: repository.appending(path: "samples"))
      folder = url.path
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }
  }
}

private let repository = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

/// The source file of a verb.
private struct VerbSource {
  let file: URL

  init(_ type: String) {
    file = repository.appending(path: "Sources/Pipeline/Verbs/\(type).swift")
  }

  /// Puts scripts in the places of the literals behind `Example(`, in order.
  func write(examples: [String]) throws {
    var rest = Substring(try String(contentsOf: file, encoding: .utf8))
    var text = ""
    for script in examples {
      let call = try #require(rest.range(of: "      Example("))
      let end = try #require(Self.end(ofCallIn: rest[call.upperBound...]))
      text += rest[..<call.upperBound] + "\n" + Self.literal(script)
      rest = rest[end...]
    }
    try #require(rest.range(of: "Example(") == nil)
    try (text + rest).write(to: file, atomically: true, encoding: .utf8)
  }

  /// Where the bracket is that closes a call whose only argument is a literal.
  private static func end(ofCallIn text: Substring) -> String.Index? {
    guard let quote = text.firstIndex(of: "\"") else { return nil }
    let fence = text[quote...].hasPrefix("\"\"\"") ? "\"\"\"" : "\""
    var at = text.index(quote, offsetBy: fence.count)
    while at < text.endIndex, !text[at...].hasPrefix(fence) {
      at = text.index(at, offsetBy: text[at] == "\\" ? 2 : 1)
    }
    return text[at...].firstIndex(of: ")")
  }

  private static func literal(_ script: String) -> String {
    let lines = script.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.isEmpty
        ? "" : "        " + line.replacing("\\", with: "\\\\").replacing("\"\"\"", with: "\\\"\"\"")
    }
    return (["        \"\"\""] + lines + ["        \"\"\""]).joined(separator: "\n")
  }
}
