import Columns
import Glibc
import Synchronization

/// A regular file that is read by position from several threads.
final class OpenFile: Sendable {
  // Each buffer is in the list or with one borrower, never both.
  struct Buffer: @unchecked Sendable {
    let start: UnsafeMutablePointer<UInt8>
    let capacity: Int
  }

  let path: String
  let size: Int
  private let descriptor: Int32
  private let modified: Moment
  private let idle = Mutex<[Buffer]>([])

  private struct Moment: Equatable, Sendable {
    var seconds: Int
    var nanoseconds: Int
  }

  /// Takes over the descriptor of a regular file.
  init(descriptor: Int32, path: String, status: stat) {
    self.descriptor = descriptor
    self.path = path
    size = Int(status.st_size)
    modified = Moment(seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
  }

  deinit {
    for buffer in idle.withLock({ $0 }) { buffer.start.deallocate() }
    close(descriptor)
  }

  func buffer(holding count: Int) -> Buffer {
    let needed = count + slack
    let kept: Buffer? = idle.withLock { buffers in
      guard let at = buffers.firstIndex(where: { $0.capacity >= needed }) else { return nil }
      return buffers.remove(at: at)
    }
    if let kept { return kept }
    let capacity = max(needed, needed + needed / 8)
    return Buffer(start: .allocate(capacity: capacity), capacity: capacity)
  }

  func giveBack(_ buffer: Buffer) {
    idle.withLock { $0.append(buffer) }
  }

  func read(_ range: Range<Int>, into start: UnsafeMutablePointer<UInt8>) throws {
    var done = 0
    while done < range.count {
      let got = pread(descriptor, start + done, range.count - done, range.lowerBound + done)
      if got < 0 {
        if errno == EINTR { continue }
        throw FileProblem.reading(path, errno)
      }
      guard got > 0 else { throw FileProblem.changed(path) }
      done += got
    }
    (start + range.count).update(repeating: 0, count: slack)
  }

  func checkUnchanged() throws {
    var now = stat()
    guard fstat(descriptor, &now) == 0 else { throw FileProblem.reading(path, errno) }
    let moment = Moment(seconds: now.st_mtim.tv_sec, nanoseconds: now.st_mtim.tv_nsec)
    guard Int(now.st_size) == size, moment == modified else { throw FileProblem.changed(path) }
  }
}

/// What can be wrong with a file itself.
enum FileProblem {
  static func reading(_ path: String, _ code: Int32) -> DataError {
    let help: String? =
      switch code {
      case ENOENT: "check the path; relative paths start at the folder bight was started in"
      case EACCES, EPERM: "ask for permission to read it"
      default: nil
      }
    return DataError(
      code == ENOENT ? "file-not-found" : "file-unreadable",
      "cannot read \(path): \(words(code))", help: help)
  }

  static func writing(_ path: String, _ code: Int32) -> DataError {
    DataError("file-unwritable", "cannot write \(path): \(words(code))")
  }

  static func changed(_ path: String) -> DataError {
    DataError(
      "file-changed", "\(path) changed while it was being read",
      help: "load it again when nothing writes to it")
  }

  static func words(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
