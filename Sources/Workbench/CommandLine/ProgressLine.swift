import Glibc
import Learning
import Rendering
import Synchronization

/// One line on standard error that says how far a long statement is: bar, share, time left, stage. It appears
/// after a second, only on a terminal, and takes itself away.
final class ProgressLine: Sendable {
  private struct State {
    var started = 0.0
    var drawn = 0.0
    var isRunning = false
    var isShown = false
  }

  /// Seconds before anything is shown, and between two drawings.
  private static let delay = 1.0
  private static let pause = 0.1
  private static let barWidth = 24

  private let state = Mutex(State())
  private let unicode: Bool

  init(unicode: Bool) { self.unicode = unicode }

  /// Nil where nobody would see it, or where a line cannot be taken back.
  static func ifSeen(_ options: CommonOptions) -> ProgressLine? {
    guard !options.quiet, isatty(STDERR_FILENO) == 1, options.environment["TERM"] != "dumb" else {
      return nil
    }
    return ProgressLine(unicode: writesUnicode(environment: options.environment))
  }

  var progress: Progress { Progress { share, stage in self.report(share, stage) } }

  /// Calls `body` with the clock started, and leaves nothing on the screen.
  func during<Result>(_ body: () throws -> Result) rethrows -> Result {
    state.withLock { $0 = State(started: Self.seconds, isRunning: true) }
    defer { erase() }
    return try body()
  }

  private func report(_ share: Double, _ stage: String) {
    state.withLock { state in
      let now = Self.seconds
      guard state.isRunning, now - state.started >= Self.delay, now - state.drawn >= Self.pause
      else { return }
      state.drawn = now
      state.isShown = true
      let text = Self.text(
        share: share, stage: stage, elapsed: now - state.started,
        width: Terminal.width(of: STDERR_FILENO), unicode: unicode)
      Output.write(Array("\r\(text)\u{1B}[K".utf8), to: STDERR_FILENO)
    }
  }

  private func erase() {
    state.withLock { state in
      if state.isShown { Output.write(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO) }
      state = State()
    }
  }

  /// `━━━━━━──────  25%  12 s left  round 50 of 200`, no wider than the terminal.
  static func text(
    share: Double, stage: String, elapsed: Double, width: Int, unicode: Bool
  ) -> String {
    let share = share.isFinite ? min(1, max(0, share)) : 0
    let filled = Int((share * Double(barWidth)).rounded(.down))
    let percent = "\(Int(share * 100))%"
    var parts = [
      String(repeating: unicode ? "━" : "#", count: filled)
        + String(repeating: unicode ? "─" : "-", count: barWidth - filled),
      String(repeating: " ", count: 4 - percent.count) + percent,
    ]
    if share > 0, share < 1 { parts.append(time(elapsed / share * (1 - share)) + " left") }
    parts.append(SafeText.escaped(stage))
    let text = parts.joined(separator: "  ")
    // The last column stays free: a terminal would wrap there.
    return String(text.prefix(max(8, width - 1)))
  }

  private static func time(_ seconds: Double) -> String {
    switch seconds {
    case ..<120: "\(Int(seconds.rounded(.up))) s"
    case ..<7_200: "\(Int((seconds / 60).rounded())) min"
    case ..<360_000: "\(Int((seconds / 3_600).rounded())) h"
    default: "days"
    }
  }

  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
