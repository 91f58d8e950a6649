package import Columns
import Glibc

/// Writes tables in every format.
package enum Writer {
  /// Writes beside the path and renames, so that a write which fails leaves what was there. `-` is
  /// the standard output. Without `format` the ending tells.
  package static func write(
    _ table: Table, path: String, format name: String? = nil,
    settings: Settings = Settings(of: FormatCatalog.writeParameters)
  ) throws {
    let format = try format(name ?? settings.word("format"), path)
    if path == "-" {
      var sink = ByteSink { try put($0, 1, "the standard output") }
      return try format.write(table, settings: settings, to: &sink)
    }
    try replace(path) { descriptor in
      var sink = ByteSink { try put($0, descriptor, path) }
      try format.write(table, settings: settings, to: &sink)
    }
  }

  /// The table as bytes.
  package static func encode(
    _ table: Table, format name: String,
    settings: Settings = Settings(of: FormatCatalog.writeParameters)
  ) throws -> [UInt8] {
    let format = try format(name, name)
    var bytes: [UInt8] = []
    try withoutActuallyEscaping({ (piece: UnsafeRawBufferPointer) in bytes += piece }) { take in
      var sink = ByteSink(take)
      try format.write(table, settings: settings, to: &sink)
    }
    return bytes
  }

  /// Hands the table's bytes on as they are made.
  package static func write(
    _ table: Table, format name: String,
    settings: Settings = Settings(of: FormatCatalog.writeParameters),
    to take: @escaping ByteSink.Taker
  ) throws {
    var sink = ByteSink(take)
    try format(name, name).write(table, settings: settings, to: &sink)
  }

  private static func format(_ name: String?, _ path: String) throws -> any Format.Type {
    let names = FormatCatalog.all.map { $0.names[0] }.joined(separator: ", ")
    if let name {
      guard let format = FormatCatalog.named(name) else {
        throw DataError(
          "unknown-format", "there is no format `\(name)`", help: "the formats are \(names)")
      }
      return format
    }
    guard let format = FormatCatalog.ending(of: path) else {
      throw DataError(
        "unknown-format", "the ending of \(path) does not tell its format",
        help: "name one with `format:`: \(names)")
    }
    return format
  }

  static func put(
    _ bytes: UnsafeRawBufferPointer, _ descriptor: Int32, _ path: String
  ) throws {
    var done = 0
    while done < bytes.count {
      let put = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      if put < 0 {
        if errno == EINTR { continue }
        throw FileProblem.writing(path, errno)
      }
      done += put
    }
  }

  /// Calls `body` with a new file beside `path`, and puts it in its place when all is on disk.
  static func replace(_ given: String, _ body: (Int32) throws -> Void) throws {
    let path = target(of: given)
    var template = Array("\(path).XXXXXX".utf8CString)
    let descriptor = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { mkstemp($0) } ?? -1
    }
    guard descriptor >= 0 else { throw FileProblem.writing(path, errno) }
    let beside = template.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
    var isOpen = true
    do {
      try body(descriptor)
      fchmod(descriptor, mode(of: path))
      guard fsync(descriptor) == 0 else { throw FileProblem.writing(path, errno) }
      isOpen = false
      guard close(descriptor) == 0, rename(beside, path) == 0 else {
        throw FileProblem.writing(path, errno)
      }
      syncFolder(of: path)
    } catch {
      if isOpen { close(descriptor) }
      unlink(beside)
      throw error
    }
  }

  /// A link stays, and what it points to is replaced.
  private static func target(of path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// That of the file to be replaced, or what the process gives new files.
  private static func mode(of path: String) -> mode_t {
    var status = stat()
    if stat(path, &status) == 0 { return status.st_mode & 0o777 }
    let mask = umask(0)
    umask(mask)
    return 0o666 & ~mask
  }

  /// Makes the rename last through a power cut.
  private static func syncFolder(of path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let folder = parts.isEmpty ? "." : parts == [""] ? "/" : parts.joined(separator: "/")
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
