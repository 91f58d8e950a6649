import Columns
import Glibc
import Synchronization

/// Opens what a path names: files, compressed files, the standard input.
enum SourceOpening {
  /// Files up to this size are held in memory, and inspected whole.
  static let small = 4 << 20
  /// What is read of a larger file to inspect it.
  static let headSize = 1 << 20

  /// The paths that a pattern names, sorted by their bytes; a path that exists stands for itself.
  static func paths(_ pattern: String) throws -> [String] {
    guard pattern != "-", pattern.contains(where: { "*?[".contains($0) }),
      access(pattern, F_OK) != 0
    else { return [pattern] }
    var found = glob_t()
    defer { globfree(&found) }
    let code = glob(pattern, GLOB_ERR, nil, &found)
    guard code == 0 || code == GLOB_NOMATCH else {
      throw DataError("file-unreadable", "cannot look for \(pattern)")
    }
    let all = (0..<Int(found.gl_pathc)).compactMap { number in
      found.gl_pathv[number].map { String(cString: $0) }
    }
    let files = all.filter { isFile($0) }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard !files.isEmpty else {
      throw DataError(
        "file-not-found", "no file matches \(pattern)",
        help: "`*` stands for any characters, `?` for one, `[ab]` for one of them")
    }
    return files
  }

  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }

  /// The source as the formats see it. With `isHead` only its beginning, if it is large.
  static func open(_ path: String, isHead: Bool, workers: Workers) throws -> (Input, bytes: Int) {
    let raw = try store(path, workers: workers)
    let head = try Input(path: path, store: raw).head(16)
    if Gzip.isGzip(head) {
      let fingerprint = try Fingerprint.of(raw, workers: workers)
      let (bytes, isWhole) = try Gzip.unpack(
        raw, path: path, most: isHead ? small : .max, workers: workers)
      try raw.checkUnchanged()
      let input = Input(
        path: path, store: ByteStore(bytes), fingerprint: fingerprint, isCut: !isWhole)
      return (input, raw.count)
    }
    guard isHead && raw.count > small else { return (Input(path: path, store: raw), raw.count) }
    let beginning = try Input(path: path, store: raw).head(headSize)
    return (Input(path: path, store: ByteStore(beginning), isCut: true), raw.count)
  }

  /// The bytes as they are.
  static func store(_ path: String, workers: Workers) throws -> ByteStore {
    if path == "-" { return try standardInput(workers) }
    if path.hasPrefix("http://") || path.hasPrefix("https://") {
      throw DataError(
        "no-network", "\(path) is on the network, and files are read from disk only",
        help: "download it first, for example with curl")
    }
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileProblem.reading(path, errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw FileProblem.reading(path, code)
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      close(descriptor)
      throw DataError(
        "file-is-folder", "\(path) is a folder", help: "load its files with \"\(path)/*\"")
    case S_IFREG where status.st_size > 0:
      let file = OpenFile(descriptor: descriptor, path: path, status: status)
      return try file.size > small ? ByteStore(file) : ByteStore(file.whole())
    default:
      // Pipes, devices, and files of the kernel that claim to be empty.
      defer { close(descriptor) }
      return ByteStore(try drain(descriptor, path, workers))
    }
  }

  /// The standard input can be read once, so what came is kept for whoever asks again.
  private static let piped = Mutex<HeldBytes?>(nil)

  private static func standardInput(_ workers: Workers) throws -> ByteStore {
    try piped.withLock { kept in
      if let kept { return ByteStore(kept) }
      let bytes = try drain(0, "the standard input", workers)
      kept = bytes
      return ByteStore(bytes)
    }
  }

  static func drain(_ descriptor: Int32, _ path: String, _ workers: Workers) throws -> HeldBytes {
    let result = GrowingBytes(capacity: 1 << 16)
    while true {
      try workers.check()
      let room = 1 << 18
      let got = read(descriptor, result.room(for: room), room)
      if got < 0 {
        if errno == EINTR { continue }
        throw FileProblem.reading(path, errno)
      }
      if got == 0 { return result.finish() }
      result.advance(by: got)
    }
  }
}

extension OpenFile {
  /// All bytes, checked to be those of one state of the file.
  func whole() throws -> HeldBytes {
    let result = GrowingBytes(capacity: size)
    try read(0..<size, into: result.room(for: size))
    result.advance(by: size)
    try checkUnchanged()
    return result.finish()
  }
}
