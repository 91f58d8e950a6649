import CEditline
import Glibc
import Synchronization

/// Lines for the user from any thread: printed above the prompt while a line is edited, at once
/// otherwise.
package final class NoticeBoard: Sendable {
  private struct State {
    var isReading = false
    var waiting: [String] = []
  }
  private let state = Mutex(State())

  package func post(_ text: String) {
    state.withLock { state in
      if state.isReading {
        state.waiting.append(text)
        bight_signals_wake()
      } else {
        Self.show(text)
      }
    }
  }

  func take() -> [String] {
    state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
  }

  func setReading(_ isReading: Bool) {
    state.withLock { state in
      state.isReading = isReading
      if !isReading {
        for text in state.waiting { Self.show(text) }
        state.waiting = []
      }
    }
  }

  private static func show(_ text: String) {
    print(text)
    fflush(nil)
  }
}
