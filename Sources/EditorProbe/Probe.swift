import Columns
import Glibc
import LineEditing

/// A toy language on the line editor, for tests that press keys: an entry is whole when its
/// parentheses are closed and it does not end in a bar.
enum Probe {
  static let words = [
    "filter", "first", "fit", "select", "sort", "sample", "naïve", "with space",
  ]

  static func run() {
    let color = getenv("PROBE_COLOR") != nil
    let history = HistoryFile.standard()
    var callbacks = EditorCallbacks(
      isComplete: { isComplete($0) }, complete: { complete($0, $1) })
    if color { callbacks.highlight = { highlight($0) } }
    do {
      try Interrupts.shared.install { signal in
        print("signal \(signal)")
        fflush(nil)
      }
      let editor = try LineEditor(
        prompt: "bight> ", history: history, callbacks: callbacks, color: color)
      while answer(editor.readStatement(), editor) { fflush(nil) }
    } catch {
      print("failed: \(error)")
    }
  }

  static func answer(_ input: Input, _ editor: LineEditor) -> Bool {
    switch input {
    case .text("wait"): wait()
    case .text("deaf"): wait(listens: false)
    case .text("notice"): Notifier.start(editor.notices)
    case .text(let text): print("[\(text)]")
    case .interrupted: print("[interrupted]")
    case .end:
      print("[end]")
      return getenv("PROBE_STAY") != nil
    case .failed(let number):
      print("[failed \(number)]")
      return false
    }
    return true
  }

  /// A computation that lasts until it is cancelled, or, if it does not listen, until a second
  /// Ctrl-C; at most half a minute.
  static func wait(listens: Bool = true) {
    let cancellation = Cancellation()
    let insisted = Cancellation()
    print("[waiting]")
    fflush(nil)
    let again: @Sendable () -> Void = {
      print("[again]")
      fflush(nil)
      insisted.cancel()
    }
    Interrupts.shared.whileRunning(cancellation, again: again) {
      let flag = listens ? cancellation : insisted
      for _ in 0..<30_000 where !flag.isCancelled { usleep(1_000) }
    }
    print(cancellation.isCancelled ? "[cancelled]" : "[done]")
  }

  static func isComplete(_ text: String) -> Bool {
    let open = text.filter { $0 == "(" }.count - text.filter { $0 == ")" }.count
    return open <= 0 && text.last { !$0.isWhitespace } != "|"
  }

  static func complete(_ text: String, _ cursor: Int) -> Completions {
    let before = Array(text.utf8.prefix(cursor))
    let start = (before.lastIndex { $0 == 0x20 || $0 == 0x0A }).map { $0 + 1 } ?? 0
    let typed = String(decoding: before[start...], as: UTF8.self)
    guard !typed.isEmpty else { return .none }
    return Completions(
      replace: start..<cursor,
      candidates: words.filter { $0.hasPrefix(typed) }.map {
        Completions.Candidate($0, note: "\($0.count) letters")
      })
  }

  /// Letters green, digits red.
  static func highlight(_ text: String) -> [(Range<Int>, SGR)] {
    text.utf8.enumerated().compactMap { index, byte in
      switch byte {
      case 0x61...0x7A: (index..<index + 1, SGR("32"))
      case 0x30...0x39: (index..<index + 1, SGR("31"))
      default: nil
      }
    }
  }
}
