import Glibc
import Testing

@testable import LineEditing

struct HistoryFileTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path + "/state/bight/history"
  }

  private func contents() throws -> String {
    let descriptor = try SystemFile.open(path, O_RDONLY)
    defer { close(descriptor) }
    return String(decoding: try SystemFile.tail(of: descriptor, limit: 1 << 20), as: UTF8.self)
  }

  private func write(_ text: String) throws {
    try SystemFile.makeFolders(above: path)
    try SystemFile.replace(path, with: Array(text.utf8))
  }

  @Test func `entries come back as they were, with newlines, backslashes and other scripts`() throws
  {
    let entries = ["a", "b |\n  c", "\\n \\\\ \\", "naïve 漢字 😀", "tab\there", "\\"]
    let history = HistoryFile(path: path)
    for entry in entries { history.append(entry) }
    #expect(HistoryFile(path: path).entries == entries)
    #expect(history.takeProblem() == nil)
  }

  @Test func `an entry is a line of the file`() throws {
    let history = HistoryFile(path: path)
    history.append("b |\n  c\\d\n")
    #expect(try contents() == "b |\\n  c\\\\d\n")
  }

  @Test func `only the owner can read the file`() throws {
    HistoryFile(path: path).append("a")
    var facts = stat()
    #expect(stat(path, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
    chmod(path, 0o644)
    #expect(HistoryFile(path: path).entries == ["a"])
    #expect(stat(path, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
  }

  @Test func `blanks, repetitions and what begins with a space are not kept`() {
    let history = HistoryFile(path: path)
    for entry in ["a", "a", "", "\n", " secret", "b", "a", "a  \n"] { history.append(entry) }
    #expect(history.entries == ["a", "b", "a"])
  }

  @Test func `two sessions add to the same file`() {
    let one = HistoryFile(path: path)
    let two = HistoryFile(path: path)
    one.append("1")
    two.append("2")
    one.append("3")
    #expect(one.entries == ["1", "3"])
    #expect(HistoryFile(path: path).entries == ["1", "2", "3"])
  }

  @Test func `a long file is cut to its last entries, and a session that has it open goes on`()
    throws
  {
    let old = HistoryFile(path: path, limit: 10)
    for number in 0..<25 { old.append("entry \(number)") }
    let new = HistoryFile(path: path, limit: 10)
    #expect(new.entries == (15..<25).map { "entry \($0)" })
    #expect(try contents().utf8.filter { $0 == 0x0A }.count == 10)
    old.append("late")
    new.append("later")
    #expect(HistoryFile(path: path, limit: 10).entries.suffix(2) == ["late", "later"])
  }

  @Test func `a symbolic link stays one when the file is cut`() throws {
    let link = folder.path + "/link"
    try write((0..<20).map { "e\($0)\n" }.joined())
    #expect(symlink(path, link) == 0)
    #expect(HistoryFile(path: link, limit: 5).entries.count == 5)
    var facts = stat()
    #expect(lstat(link, &facts) == 0 && facts.st_mode & S_IFMT == S_IFLNK)
    #expect(try contents() == "e15\ne16\ne17\ne18\ne19\n")
  }

  @Test func `a line cut short by a crash does not swallow the next entry`() throws {
    try write("whole\nhalf of")
    HistoryFile(path: path).append("next")
    #expect(HistoryFile(path: path).entries == ["whole", "half of", "next"])
  }

  @Test func `damaged bytes do no harm`() throws {
    try SystemFile.makeFolders(above: path)
    try SystemFile.replace(
      path, with: [0x61, 0xFF, 0x0A, 0x0A, 0x00, 0x5C, 0x0A, 0x62, 0x5C, 0x71])
    #expect(HistoryFile(path: path).entries == ["a\u{FFFD}", "\u{0}\\", "b\\q"])
  }

  @Test func `what cannot be written is explained once, and the session remembers`() throws {
    try SystemFile.makeFolders(above: path)
    mkdir(path, 0o700)
    let history = HistoryFile(path: path)
    history.append("a")
    history.append("b")
    let problem = try #require(history.takeProblem())
    #expect(problem.hasPrefix("history is not kept: \(path): Is a directory"))
    #expect(history.takeProblem() == nil)
    #expect(history.entries == ["a", "b"])
  }

  @Test func `a named pipe is refused, not waited for`() throws {
    try SystemFile.makeFolders(above: path)
    #expect(mkfifo(path, 0o600) == 0)
    let history = HistoryFile(path: path)
    #expect(history.entries.isEmpty && history.takeProblem() != nil)
  }

  @Test func `an entry is written again as soon as that is possible`() throws {
    try SystemFile.makeFolders(above: path)
    mkdir(path, 0o700)
    let history = HistoryFile(path: path)
    history.append("a")
    rmdir(path)
    history.append("b")
    #expect(HistoryFile(path: path).entries == ["b"])
  }

  @Test func `without a path entries last as long as the run`() {
    let history = HistoryFile(path: nil)
    history.append("a")
    #expect(history.entries == ["a"] && history.takeProblem() == nil)
  }
}
