import Columns
import Glibc
import Pipeline
import Synchronization

/// What each stage took: rows in, milliseconds of its own, bytes read.
package final class Timings: Sendable {
  package struct Stage: Sendable {
    package var statement: Int
    package var stage: String
    package var rows: Int
    package var milliseconds: Double
    package var bytes: Int
  }

  private struct State {
    var stages: [Stage] = []
    /// Time of stages inside the one that runs, to be taken off it.
    var inner: [Double] = []
    var bytes = 0
  }

  private let state = Mutex(State())

  package init() {}

  package var stages: [Stage] { state.withLock { $0.stages } }

  package func reset() { state.withLock { $0 = State() } }

  func note(bytes: Int) { state.withLock { $0.bytes += bytes } }

  /// Runs the work of a stage and notes it. A stage inside another counts for itself only.
  func measure<Result>(
    _ node: Node?, input: Outcome?, _ body: () throws -> Result
  ) rethrows -> Result {
    let started = Self.now()
    state.withLock { $0.inner.append(0) }
    let result: Result
    do { result = try body() } catch {
      state.withLock { _ = $0.inner.popLast() }
      throw error
    }
    let took = Self.now() - started
    state.withLock { state in
      let inner = state.inner.popLast() ?? 0
      if !state.inner.isEmpty { state.inner[state.inner.count - 1] += took }
      guard let node else { return }
      var rows = 0
      if case .table(let table) = input { rows = table.rowCount }
      if rows == 0, let table = result as? Table { rows = table.rowCount }
      state.stages.append(
        Stage(
          statement: node.place.statement, stage: node.name, rows: rows,
          milliseconds: took - inner, bytes: state.bytes))
      state.bytes = 0
    }
    return result
  }

  /// Milliseconds of a clock that only goes forward.
  package static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }
}
