import CEditline
import Glibc

/// Reads statements from whoever is at the other end of standard input.
///
/// On a terminal lines are edited; elsewhere they are just read. An entry may have several lines: it
/// is whole when the callbacks say so.
package final class LineEditor {
  private enum Mode {
    case terminal(TerminalEditor)
    case plain(PlainReader)
  }

  private let mode: Mode
  private let history: HistoryFile
  /// For threads other than the editor's.
  package let notices = NoticeBoard()
  /// Only what somebody has typed is worth remembering.
  private let remembers: Bool

  package init(
    prompt: String, history: HistoryFile, callbacks: EditorCallbacks, color: Bool
  ) throws(SystemFailure) {
    try Interrupts.shared.install()
    useUTF8()
    self.history = history
    let isTyped = isatty(STDIN_FILENO) == 1
    remembers = isTyped
    if isTyped, isatty(STDOUT_FILENO) == 1, let name = environment("TERM"), name != "dumb",
      let editor = TerminalEditor(
        prompt: prompt, history: history, callbacks: callbacks, notices: notices, color: color)
    {
      mode = .terminal(editor)
    } else {
      mode = .plain(
        PlainReader(
          prompt: prompt, prompts: isTyped && isatty(STDOUT_FILENO) == 1,
          isComplete: callbacks.isComplete))
    }
  }

  /// Waits for one entry and adds it to the history.
  package func readStatement() -> Input {
    if remembers, let problem = history.takeProblem() { notices.post(problem) }
    let input = Interrupts.shared.whileReading {
      switch mode {
      case .terminal(let editor):
        notices.setReading(true)
        defer { notices.setReading(false) }
        return editor.read()
      case .plain(let reader): return reader.read()
      }
    }
    if remembers, case .text(let statement) = input { history.append(statement) }
    return input
  }

  /// Prints a line above the prompt; at once if no line is being edited.
  package func notice(_ text: String) { notices.post(text) }
}
