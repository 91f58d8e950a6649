import Execution
import Foundation
import Rendering
import Sessions
import Syntax
import Testing
import Text

/// The pages of sessions/ are what a newcomer reads first: each must say what the program says.
struct SavedSessionsTests {
  private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let folder = repository.appending(path: "sessions")

  private static var pages: [String] {
    let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (files ?? []).filter { $0.hasSuffix(".bight") }.sorted()
  }

  @Test func `there are pages to verify`() {
    #expect(Self.pages.count >= 5)
    #expect(Self.pages.contains("first-model.bight"))
  }

  @Test(arguments: pages)
  func `what a page records is what it prints`(_ page: String) throws {
    let file = Self.folder.appending(path: page)
    let source = try String(contentsOf: file, encoding: .utf8)
    let isRecording = ProcessInfo.processInfo.environment["BIGHT_RECORD"] == "1"
    let session = Session(host: LocalHost(folder: Self.repository.path))
    let verification = Verification(source, name: page, session: session, updating: isRecording)
    let words = verification.diagnostics.map { "\($0.code): \($0.message)" }
    #expect(verification.end == .finished, "\(words)")
    if isRecording {
      try verification.updated.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    #expect(verification.differences.isEmpty, "\(verification.differences)")
    #expect(verification.compared >= 3)
  }

  @Test(arguments: pages)
  func `a page is checked without reading rows, and stands in the usual form`(
    _ page: String
  ) throws {
    let source = try String(contentsOf: Self.folder.appending(path: page), encoding: .utf8)
    let session = Session(host: LocalHost(folder: Self.repository.path))
    let replay = Replay(source, name: page, session: session)
    #expect(replay.problems().map(\.message) == [])
    #expect(Formatter.format(replay.parsed.script) == source)
  }
}
