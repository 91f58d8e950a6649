import Glibc
import Testing

@testable import LineEditing

/// The probe with pipes instead of a terminal.
struct PlainReaderTests {
  private func run(_ input: [UInt8]) throws -> String {
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let given = folder.path + "/input"
    try SystemFile.replace(given, with: input)
    let answer = folder.path + "/output"
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, given, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, answer, O_WRONLY | O_CREAT, 0o600)
    var words = [strdup("EditorProbe"), nil]
    var settings = [strdup("HOME=\(folder.path)"), strdup("TERM=xterm-256color"), nil]
    defer { for word in words + settings { free(word) } }
    var process: pid_t = 0
    try #require(
      posix_spawn(&process, ProbeSession.probePath(), &actions, nil, &words, &settings) == 0)
    waitpid(process, nil, 0)
    let descriptor = try SystemFile.open(answer, O_RDONLY)
    defer { close(descriptor) }
    return String(decoding: try SystemFile.tail(of: descriptor, limit: 1 << 20), as: UTF8.self)
  }

  @Test func `statements are gathered until they are whole, without prompts or sequences`() throws {
    #expect(try run(Array("a\nb |\r\nc\n(\n1\n)\n".utf8)) == "[a]\n[b |\nc]\n[(\n1\n)]\n[end]\n")
  }

  @Test func `what is begun at the end is submitted`() throws {
    #expect(try run(Array("a\nb |".utf8)) == "[a]\n[b |]\n[end]\n")
    #expect(try run([]) == "[end]\n")
  }

  @Test func `bytes that are no characters are dropped`() throws {
    #expect(try run([0x61, 0xFF, 0xC3, 0x62, 0x0A]) == "[ab]\n[end]\n")
  }
}
