import CEditline
import Glibc

/// Reads statements without editing: from a pipe, a file, or a terminal that cannot move its cursor.
final class PlainReader {
  private let prompt: String
  private let isComplete: (String) -> Bool
  /// Prompts are for people; a pipe gets none.
  private let prompts: Bool
  private var received: ArraySlice<UInt8> = []
  private var ended = false

  init(prompt: String, prompts: Bool, isComplete: @escaping (String) -> Bool) {
    self.prompt = prompt
    self.prompts = prompts
    self.isComplete = isComplete
  }

  func read() -> Input {
    var lines: [String] = []
    while true {
      show(lines.isEmpty ? prompt : Self.continuation(prompt))
      switch readLine() {
      case .text(let line):
        lines.append(line)
        let text = lines.joined(separator: "\n")
        let isBlank = text.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
        if isBlank || isComplete(text) { return .text(text) }
      case .end:
        // What was begun is submitted, so that its fault is told.
        if lines.isEmpty { return .end }
        return .text(lines.joined(separator: "\n"))
      case .interrupted:
        show("\n")
        return .interrupted
      case .failed(let number): return .failed(number)
      }
    }
  }

  private static func continuation(_ prompt: String) -> String {
    String(repeating: " ", count: max(0, prompt.shown.cells - 2)) + "… "
  }

  private func show(_ text: String) {
    guard prompts else { return }
    fflush(nil)
    TerminalOutput.write(text)
  }

  private func readLine() -> Input {
    while true {
      if let newline = received.firstIndex(of: 0x0A) {
        let line = received[..<newline]
        received = received[(newline + 1)...]
        return .text(Self.text(line))
      }
      if ended {
        guard !received.isEmpty else { return .end }
        defer { received = [] }
        return .text(Self.text(received))
      }
      if let stop = receive() { return stop }
    }
  }

  /// Waits for more; the answer is why there will be none.
  private func receive() -> Input? {
    let events = Int16(POLLIN)
    var files = [
      pollfd(fd: STDIN_FILENO, events: events, revents: 0),
      pollfd(fd: bight_signals_descriptor(), events: events, revents: 0),
    ]
    if poll(&files, 2, -1) < 0 && errno != EINTR { return .failed(errno) }
    if bight_signals_take() & UInt32(BIGHT_INTERRUPT) != 0 {
      received = []
      return .interrupted
    }
    guard files[0].revents != 0 else { return nil }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
    if count > 0 {
      received = Array(received)[...] + buffer[..<count]
    } else if count == 0 {
      ended = true
    } else if errno != EINTR && errno != EAGAIN {
      return .failed(errno)
    }
    return nil
  }

  private static func text(_ line: ArraySlice<UInt8>) -> String {
    var line = line
    if line.last == 0x0D { line.removeLast() }
    return String(decoding: Array(line), as: UTF8.self, repairing: false)
  }
}
