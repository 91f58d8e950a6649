import Columns
import Glibc
import Synchronization

/// Bytes that may be read after any range which a store hands out; what they are means nothing.
let slack = 64

/// Bytes of a source that several threads read at once: held in memory, or a file read by position.
///
/// Files are never mapped: a file that shrinks under a mapping kills the process.
struct ByteStore: Sendable {
  private enum Backing: Sendable {
    case memory(HeldBytes)
    case file(OpenFile)
  }

  let count: Int
  private let backing: Backing

  init(_ bytes: HeldBytes) {
    count = bytes.count
    backing = .memory(bytes)
  }

  init(_ file: OpenFile) {
    count = file.size
    backing = .file(file)
  }

  init(_ bytes: [UInt8]) {
    let held = GrowingBytes()
    bytes.withUnsafeBufferPointer { held.append($0.baseAddress, $0.count) }
    self.init(held.finish())
  }

  /// The bytes in memory, if they are there.
  var held: HeldBytes? {
    if case .memory(let bytes) = backing { bytes } else { nil }
  }

  /// Calls `body` with the bytes of `range`, readable for `slack` bytes more.
  @inline(__always)
  func withBytes<Result>(
    _ range: Range<Int>, _ body: (UnsafePointer<UInt8>) throws -> Result
  ) throws -> Result {
    switch backing {
    case .memory(let bytes):
      return try withExtendedLifetime(bytes) { try body(bytes.start + range.lowerBound) }
    case .file(let file):
      let buffer = file.buffer(holding: range.count)
      defer { file.giveBack(buffer) }
      try file.read(range, into: buffer.start)
      return try body(UnsafePointer(buffer.start))
    }
  }

  /// Throws if the file is not what it was when it was opened.
  func checkUnchanged() throws {
    if case .file(let file) = backing { try file.checkUnchanged() }
  }
}

// The memory is written before the value is made and never after.
/// Bytes that stay as they are, with slack behind them.
final class HeldBytes: @unchecked Sendable {
  let start: UnsafePointer<UInt8>
  let count: Int

  fileprivate init(_ start: UnsafeMutablePointer<UInt8>, count: Int) {
    self.start = UnsafePointer(start)
    self.count = count
  }

  deinit { UnsafeMutablePointer(mutating: start).deallocate() }

  var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }
}

/// Bytes that arrive piece by piece.
final class GrowingBytes {
  private var start: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 4096) {
    self.capacity = capacity + slack
    start = .allocate(capacity: self.capacity)
  }

  deinit { start.deallocate() }

  /// Where the next `more` bytes can be written; `advance(by:)` says how many were.
  func room(for more: Int) -> UnsafeMutablePointer<UInt8> {
    if count + more + slack > capacity {
      capacity = max(count + more + slack, capacity * 2)
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
      larger.update(from: start, count: count)
      start.deallocate()
      start = larger
    }
    return start + count
  }

  func advance(by more: Int) { count += more }

  func append(_ bytes: UnsafePointer<UInt8>?, _ more: Int) {
    guard let bytes, more > 0 else { return }
    room(for: more).update(from: bytes, count: more)
    count += more
  }

  @inline(__always)
  func append(_ byte: UInt8) {
    room(for: 1).pointee = byte
    count += 1
  }

  func removeAll() { count = 0 }

  var bytes: UnsafePointer<UInt8> { UnsafePointer(start) }

  /// Hands the bytes over; nothing can be added afterwards.
  func finish() -> HeldBytes {
    _ = room(for: 0)
    (start + count).update(repeating: 0, count: slack)
    let held = HeldBytes(start, count: count)
    start = .allocate(capacity: slack)
    capacity = slack
    count = 0
    return held
  }
}
