import Glibc

/// The statements entered, in this run and in earlier ones, oldest first.
///
/// The file has a line for each; a newline in a statement is written `\n`, a backslash `\\`. Each new
/// one is appended in a single write, so two sessions can share the file.
package final class HistoryFile {
  /// How many entries are kept.
  package static let limit = 5_000
  /// A longer file is not read from its beginning, and a longer entry is not written.
  private static let sizeLimit = 16 << 20
  private static let entryLimit = 1 << 20

  /// Read from the file when first asked for, so that the first prompt does not wait for it.
  package var entries: [String] {
    load()
    return loaded
  }

  private var loaded: [String] = []
  private var isLoaded = false
  /// Why entries are not kept across runs; asked for once.
  private var problem: String?
  private let path: String?
  private let limit: Int

  /// A file that does not exist is made with the first entry. Without a path entries are remembered
  /// until the end of the run only.
  package init(path: String?, limit: Int = HistoryFile.limit) {
    self.path = path
    self.limit = limit
  }

  /// `$XDG_STATE_HOME/bight/history`, or `~/.local/state/bight/history`.
  package static func standard() -> HistoryFile {
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
      return HistoryFile(path: state + "/bight/history")
    }
    if let home = environment("HOME"), home.hasPrefix("/") {
      return HistoryFile(path: home + "/.local/state/bight/history")
    }
    let history = HistoryFile(path: nil)
    history.problem = "history is not kept: HOME is not set"
    return history
  }

  /// Why history is not kept, in one line, the first time it is asked after that became known.
  package func takeProblem() -> String? {
    defer { problem = nil }
    return problem
  }

  /// Adds a statement, unless it begins with a space, says nothing or repeats the one before.
  package func append(_ statement: String) {
    load()
    guard let entry = Self.entry(statement), entry != loaded.last else { return }
    loaded.append(entry)
    if loaded.count > 2 * limit { loaded.removeFirst(loaded.count - limit) }
    guard let path, entry.utf8.count <= Self.entryLimit else { return }
    do {
      try write(HistoryLine.encode(entry), to: path)
    } catch {
      fail(path, error)
    }
  }

  /// Later entries are tried again, for a disk may be full for a while; but once is told enough.
  private func fail(_ path: String, _ failure: SystemFailure) {
    if !hasFailed { problem = "history is not kept: \(path): \(failure)" }
    hasFailed = true
  }

  private var hasFailed = false

  private static func entry(_ statement: String) -> String? {
    guard statement.utf8.first != UInt8(ascii: " ") else { return nil }
    var bytes = Array(statement.utf8)
    while let last = bytes.last, last == 0x20 || last == 0x0A || last == 0x09 { bytes.removeLast() }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }

  // MARK: The file

  private func load() {
    if isLoaded { return }
    isLoaded = true
    guard let path else { return }
    do {
      let descriptor = try SystemFile.open(path, O_RDONLY | O_NONBLOCK)
      defer { close(descriptor) }
      let bytes = try SystemFile.tail(of: descriptor, limit: Self.sizeLimit)
      loaded = HistoryLine.decodeAll(bytes)
    } catch {
      if error.number != ENOENT { fail(path, error) }
      return
    }
    guard loaded.count > limit else { return }
    loaded.removeFirst(loaded.count - limit)
    // Another session may be doing the same, or the file may be read-only: then it stays long.
    try? compact(path)
  }

  private func write(_ line: [UInt8], to path: String) throws(SystemFailure) {
    try SystemFile.makeFolders(above: path)
    for attempt in 0..<2 {
      let descriptor = try SystemFile.open(path, O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK)
      defer { close(descriptor) }
      SystemFile.lock(descriptor, LOCK_SH)
      // A session that starts now may have put a shorter file in this one's place.
      if attempt == 0 && SystemFile.isUnlinked(descriptor) { continue }
      let mended = SystemFile.endsInMidLine(descriptor) ? [0x0A] + line : line
      return try SystemFile.writeOnce(mended, to: descriptor)
    }
  }

  /// Puts the last entries alone into the file's place.
  private func compact(_ path: String) throws(SystemFailure) {
    let real = SystemFile.resolved(path)
    let descriptor = try SystemFile.open(real, O_RDWR | O_NONBLOCK)
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, !SystemFile.isUnlinked(descriptor) else {
      return
    }
    // What others have added since is read again, now that nobody can add.
    let bytes = try SystemFile.tail(of: descriptor, limit: Self.sizeLimit)
    let kept = HistoryLine.decodeAll(bytes).suffix(limit)
    try SystemFile.replace(real, with: kept.flatMap { HistoryLine.encode($0) })
  }
}

/// One entry as a line of the file.
enum HistoryLine {
  static func encode(_ entry: String) -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(entry.utf8.count + 8)
    for byte in entry.utf8 {
      switch byte {
      case 0x0A: line += [0x5C, UInt8(ascii: "n")]
      case 0x5C: line += [0x5C, 0x5C]
      default: line.append(byte)
      }
    }
    line.append(0x0A)
    return line
  }

  static func decodeAll(_ bytes: [UInt8]) -> [String] {
    bytes.withUnsafeBufferPointer { bytes in
      bytes.split(separator: 0x0A).map { line in
        guard let backslash = line.firstIndex(of: 0x5C) else {
          return String(decoding: line, as: UTF8.self)
        }
        return String(decoding: unescaped(line, from: backslash), as: UTF8.self)
      }
    }
  }

  private static func unescaped(
    _ line: Slice<UnsafeBufferPointer<UInt8>>, from first: Int
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(line.count)
    var rest = line
    var backslash: Int? = first
    while let index = backslash {
      bytes += rest[..<index]
      rest = rest[(index + 1)...]
      let isNewline = rest.first == UInt8(ascii: "n")
      bytes.append(isNewline ? 0x0A : 0x5C)
      // An escape that is none stands for itself.
      if isNewline || rest.first == 0x5C { rest = rest.dropFirst() }
      backslash = rest.firstIndex(of: 0x5C)
    }
    return bytes + rest
  }
}

func environment(_ name: String) -> String? {
  guard let value = getenv(name) else { return nil }
  let text = String(cString: value)
  return text.isEmpty ? nil : text
}
