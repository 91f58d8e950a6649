import Glibc

/// A call of the system that failed.
package struct SystemFailure: Error, Hashable, CustomStringConvertible {
  package let number: Int32
  package init(_ number: Int32 = errno) { self.number = number }
  package var description: String { String(cString: strerror(number)) }
}

/// The few calls about files that history needs.
enum SystemFile {
  /// Opens a regular file that only its owner may read. Anything else is refused: a pipe would hang.
  static func open(_ path: String, _ flags: Int32) throws(SystemFailure) -> Int32 {
    let descriptor = Glibc.open(path, flags | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemFailure() }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw SystemFailure(facts.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
    }
    if facts.st_mode & 0o077 != 0 { fchmod(descriptor, 0o600) }
    return descriptor
  }

  static func makeFolders(above path: String) throws(SystemFailure) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash > path.startIndex else {
      return
    }
    let folder = String(path[..<slash])
    if access(folder, F_OK) == 0 { return }
    try makeFolders(above: folder)
    if mkdir(folder, 0o700) != 0 && errno != EEXIST { throw SystemFailure() }
  }

  /// The last so many bytes of a file, from the beginning of a line.
  static func tail(of descriptor: Int32, limit: Int) throws(SystemFailure) -> [UInt8] {
    let size = Int(lseek(descriptor, 0, SEEK_END))
    let count = min(max(0, size), limit)
    guard count > 0 else { return [] }
    var failure: SystemFailure?
    var bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = pread(
          descriptor, buffer.baseAddress.map { $0 + filled }, count - filled,
          size - count + filled)
        if got < 0 && errno == EINTR { continue }
        if got < 0 { failure = SystemFailure() }
        if got <= 0 { return }
        filled += got
      }
    }
    if let failure { throw failure }
    if count < size, let newline = bytes.firstIndex(of: 0x0A) { bytes.removeFirst(newline + 1) }
    return bytes
  }

  /// Waits a little for a lock. Without it a write is still whole, so nobody is made to wait long.
  static func lock(_ descriptor: Int32, _ kind: Int32) {
    for _ in 0..<20 {
      if flock(descriptor, kind | LOCK_NB) == 0 || errno != EWOULDBLOCK { return }
      usleep(1_000)
    }
  }

  static func isUnlinked(_ descriptor: Int32) -> Bool {
    var facts = stat()
    return fstat(descriptor, &facts) == 0 && facts.st_nlink == 0
  }

  /// Whether a write was cut short there: by a full disk, or a crash.
  static func endsInMidLine(_ descriptor: Int32) -> Bool {
    let size = lseek(descriptor, 0, SEEK_END)
    var last: UInt8 = 0x0A
    return size > 0 && pread(descriptor, &last, 1, size - 1) == 1 && last != 0x0A
  }

  static func writeOnce(_ bytes: [UInt8], to descriptor: Int32) throws(SystemFailure) {
    var written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    if written < 0 && errno == EINTR {
      written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }
    if written < 0 { throw SystemFailure() }
    if written < bytes.count { throw SystemFailure(ENOSPC) }
  }

  /// Writes a new file beside the old one and puts it in its place.
  static func replace(_ path: String, with bytes: [UInt8]) throws(SystemFailure) {
    let beside = path + ".new\(getpid())"
    let descriptor = try open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW)
    do {
      try writeOnce(bytes, to: descriptor)
      close(descriptor)
    } catch {
      close(descriptor)
      unlink(beside)
      throw error
    }
    if rename(beside, path) != 0 {
      let failure = SystemFailure()
      unlink(beside)
      throw failure
    }
  }

  /// The file that a path leads to through symbolic links.
  static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}
