/// Where a writer's bytes go: gathered, and handed on some hundred kilobytes at a time.
package struct ByteSink {
  package typealias Taker = (UnsafeRawBufferPointer) throws -> Void

  private var pending: [UInt8] = []
  private let take: Taker
  private static let full = 1 << 18

  package init(_ take: @escaping Taker) {
    self.take = take
    pending.reserveCapacity(ByteSink.full + 4096)
  }

  package mutating func append(_ byte: UInt8) { pending.append(byte) }

  package mutating func append(_ text: String) { pending.append(contentsOf: text.utf8) }

  package mutating func append(_ bytes: some Collection<UInt8>) {
    pending.append(contentsOf: bytes)
  }

  /// Hands the bytes on if there are many; writers call it once a row.
  package mutating func pass() throws {
    if pending.count >= ByteSink.full { try flush() }
  }

  package mutating func flush() throws {
    try pending.withUnsafeBytes(take)
    pending.removeAll(keepingCapacity: true)
  }
}
