/// Plain memory of a fixed size that several threads fill at once.
// Threads write disjoint elements and read those of others only after a join.
final class Storage<Element: BitwiseCopyable>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Element>
  let count: Int

  init(repeating element: Element, count: Int) {
    // Kernels may look a few elements past the end, never use them.
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: (count + 32) * MemoryLayout<Element>.stride, alignment: 64)
    base = raw.initializeMemory(as: Element.self, repeating: element, count: count + 32)
    self.count = count
  }

  /// Holds anything until it is written: for large memory that is filled in pieces right away.
  init(unwritten count: Int) {
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: (count + 32) * MemoryLayout<Element>.stride, alignment: 64)
    base = raw.bindMemory(to: Element.self, capacity: count + 32)
    self.count = count
  }

  deinit { base.deallocate() }
}
