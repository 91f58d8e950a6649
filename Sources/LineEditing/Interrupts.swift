import CEditline
package import Columns
import Glibc
import Synchronization

/// Ctrl-C and the other signals of a terminal, for the whole program.
///
/// At the prompt Ctrl-C drops the line. During a computation it cancels it. A thread of its own waits
/// for signals, so a computation need not look at anything but its `Cancellation`.
package final class Interrupts: Sendable {
  package static let shared = Interrupts()

  private struct Running {
    var cancellation: Cancellation
    var again: (@Sendable () -> Void)?
    /// When Ctrl-C was last pressed, in seconds.
    var last: Double?
  }

  private enum State {
    /// Between a prompt and a computation; true if Ctrl-C was pressed there.
    case idle(interrupted: Bool)
    case reading
    case running(Running)
  }

  private let state = Mutex<State>(.idle(interrupted: false))
  private let ending = Mutex<(@Sendable (Int32) -> Void)?>(nil)
  private let installed = Mutex<Bool>(false)

  private init() {}

  /// Installs the handlers, once. On SIGTERM or SIGHUP `terminating` is called with the signal, on
  /// another thread; then the terminal is restored and the process exits with 128 + signal.
  package func install(
    terminating: (@Sendable (Int32) -> Void)? = nil
  ) throws(SystemFailure) {
    if let terminating { ending.withLock { $0 = terminating } }
    let failure: SystemFailure? = installed.withLock { installed in
      if installed { return nil }
      guard bight_signals_open() == 0 else { return SystemFailure() }
      installed = true
      return startWatching()
    }
    if let failure { throw failure }
  }

  /// Calls `body`; Ctrl-C meanwhile sets the cancellation. A second Ctrl-C within a second, which
  /// means that the computation does not answer, calls `again` on another thread.
  package func whileRunning<Result>(
    _ cancellation: Cancellation, again: (@Sendable () -> Void)? = nil, _ body: () throws -> Result
  ) rethrows -> Result {
    let outer = state.withLock { state -> State in
      let before = state
      // Pressed just before the computation began, it was meant for it.
      if case .idle(interrupted: true) = state { cancellation.cancel() }
      state = .running(Running(cancellation: cancellation, again: again))
      return before
    }
    defer {
      state.withLock { state in
        if case .running = outer { state = outer } else { state = .idle(interrupted: false) }
      }
    }
    return try body()
  }

  /// Calls `body`, which reads a line and looks at the signals itself.
  func whileReading<Result>(_ body: () throws -> Result) rethrows -> Result {
    state.withLock { $0 = .reading }
    _ = bight_signals_take()
    defer { state.withLock { $0 = .idle(interrupted: false) } }
    return try body()
  }

  private func startWatching() -> SystemFailure? {
    var thread = pthread_t()
    let failure = pthread_create(&thread, nil, { _ in Interrupts.shared.watch() }, nil)
    if failure == 0 { pthread_detach(thread) }
    return failure == 0 ? nil : SystemFailure(failure)
  }

  private func watch() -> Never {
    // Handlers run on the other threads: a wait there must be broken, not one here.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, nil)
    while true {
      let signal = bight_signals_wait()
      if signal == SIGINT {
        interrupt()
      } else {
        ending.withLock { $0 }?(signal)
        bight_terminal_restore()
        _exit(128 + signal)
      }
    }
  }

  private func interrupt() {
    let again = state.withLock { state -> (@Sendable () -> Void)? in
      switch state {
      case .idle: state = .idle(interrupted: true)
      case .reading: break
      case .running(var running):
        let now = Self.seconds
        let isSecond = running.cancellation.isCancelled && now - (running.last ?? -.infinity) < 1
        running.last = now
        running.cancellation.cancel()
        state = .running(running)
        return isSecond ? running.again : nil
      }
      return nil
    }
    again?()
  }

  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
