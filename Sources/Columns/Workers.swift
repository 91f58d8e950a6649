import Dispatch
import Synchronization

/// Set by Ctrl-C or a limit; every loop over data looks at it between morsels.
package final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)
  package init() {}
  package func cancel() { flag.store(true, ordering: .relaxed) }
  package func reset() { flag.store(false, ordering: .relaxed) }
  package var isCancelled: Bool { flag.load(ordering: .relaxed) }
  package func check() throws {
    if isCancelled { throw Cancelled() }
  }
}

package struct Cancelled: Error, Hashable, Sendable {
  package init() {}
}

/// The one way to use several cores: numbered pieces of work, answers in the order of their numbers.
///
/// How the work is cut must not depend on `threads`, so that answers are the same bits on any number.
package struct Workers: Sendable {
  package let threads: Int
  package let cancellation: Cancellation

  package init(threads: Int, cancellation: Cancellation = Cancellation()) {
    self.threads = max(1, threads)
    self.cancellation = cancellation
  }

  /// One thread that nobody cancels.
  package static let serial = Workers(threads: 1)

  package func check() throws { try cancellation.check() }

  /// Calls `body` once for each number below `count`. The error of the smallest number is thrown.
  package func map<Result: Sendable>(
    _ count: Int, _ body: @Sendable (Int) throws -> Result
  ) throws -> [Result] {
    if threads == 1 || count < 2 {
      return try (0..<count).map { number in
        try cancellation.check()
        return try body(number)
      }
    }
    let next = Atomic<Int>(0)
    let failure = Mutex<(number: Int, error: any Error)?>(nil)
    let answers = UnsafeMutablePointer<Result?>.allocate(capacity: count)
    answers.initialize(repeating: nil, count: count)
    defer {
      answers.deinitialize(count: count)
      answers.deallocate()
    }
    // Each number is handed out once, so no two threads write the same slot, and the slots are
    // read after `concurrentPerform` has returned.
    nonisolated(unsafe) let slots = answers
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
      while true {
        let number = next.add(1, ordering: .relaxed).oldValue
        guard number < count, failure.withLock({ $0 == nil }) else { return }
        do {
          try cancellation.check()
          slots[number] = try body(number)
        } catch {
          failure.withLock { if $0 == nil || number < $0?.number ?? 0 { $0 = (number, error) } }
        }
      }
    }
    if let error = failure.withLock({ $0?.error }) { throw error }
    return (0..<count).compactMap { answers[$0] }
  }

  /// Cuts `count` rows into morsels of `size` rows and calls `body` once for each.
  package func morsels<Result: Sendable>(
    of count: Int, size: Int = morselSize, _ body: @Sendable (Range<Int>) throws -> Result
  ) throws -> [Result] {
    try map((count + size - 1) / size) { number in
      try body(number * size..<min(count, (number + 1) * size))
    }
  }
}

/// Rows that an operator takes at a time: a few columns of them fit the second-level cache.
package let morselSize = 65_536
