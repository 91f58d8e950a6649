import CEditline
import Glibc

/// Edits statements on a terminal with libedit.
///
/// libedit keeps the line, its cursor and the picture on the screen. Reading keys, colours, history,
/// completion and pastes are done here, in the function that libedit calls for each key.
final class TerminalEditor {
  let editline: Editline
  let callbacks: EditorCallbacks
  let history: HistoryFile
  let notices: NoticeBoard
  let color: Bool
  let plainPrompt: Prompt

  /// What stands before the line now: the prompt, or what is being searched for.
  var prompt: Prompt
  /// The C text that libedit was last given for it.
  private var promptText: UnsafeMutablePointer<CChar>?

  var browser = HistoryBrowser()
  var decoder = KeyDecoder()
  /// Bytes read and not yet used; they may belong to the next statement.
  var received: ArraySlice<UInt8> = []
  /// A key that a search has read and that is for the line.
  var returnedKey: Key?
  var pasted: [UInt8] = []
  /// What was cut last, for Ctrl-Y.
  var cut: [Unicode.Scalar] = []
  /// Something is shown under the line, to be cleared with the next key.
  var hasMenu = false
  /// A part of a line taller than the screen is shown, beginning with this row.
  var hasWindow = false
  var windowStart = 0
  /// Why reading must stop, if it must.
  var stop: Input?

  /// Nil if the terminal cannot do what is needed.
  init?(
    prompt: String, history: HistoryFile, callbacks: EditorCallbacks, notices: NoticeBoard,
    color: Bool
  ) {
    useUTF8()
    guard let handle = bight_el_open("bight") else { return nil }
    guard bight_el_speaks_ansi(handle) == 1 else {
      el_end(handle)
      return nil
    }
    editline = Editline(handle: handle)
    self.history = history
    self.callbacks = callbacks
    self.notices = notices
    self.color = color
    plainPrompt = Prompt(prompt, style: color ? SGR("1;34") : nil)
    self.prompt = plainPrompt
    bight_terminal_remember(STDIN_FILENO)
    // The editor lives as long as the handle, which only `deinit` ends.
    bight_el_set_owner(handle, Unmanaged.passUnretained(self).toOpaque())
    bindKeys(handle)
  }

  deinit {
    el_end(editline.handle)
    free(promptText)
  }

  private func bindKeys(_ handle: OpaquePointer) {
    bight_el_set_prompt(handle) { TerminalEditor.of($0)?.promptForC() }
    bight_el_set_reader(handle) { handle, character in
      guard let editor = TerminalEditor.of(handle), let character else { return -1 }
      return editor.nextCharacter(character)
    }
    _ = bight_el_add_command(handle, "bight") { handle, character in
      guard let editor = TerminalEditor.of(handle),
        let command = EditorCommand(rawValue: UInt8(truncatingIfNeeded: character))
      else { return UInt8(CC_ERROR) }
      return editor.perform(command).code
    }
    for command in EditorCommand.allCases {
      let key = "\\" + String(command.rawValue, radix: 8)
      _ = bight_el_bind(handle, key, command == .clearScreen ? "ed-clear-screen" : "bight")
    }
    _ = bight_el_bind(handle, "\\034", "ed-newline")
    bight_el_release_keys(handle)
  }

  private static func of(_ handle: OpaquePointer?) -> TerminalEditor? {
    guard let handle, let owner = bight_el_owner(handle) else { return nil }
    return Unmanaged<TerminalEditor>.fromOpaque(owner).takeUnretainedValue()
  }

  private func promptForC() -> UnsafeMutablePointer<CChar>? {
    free(promptText)
    promptText = strdup(prompt.escaped)
    return promptText
  }

  /// Reads one statement.
  func read() -> Input {
    fflush(nil)
    stop = nil
    prompt = plainPrompt
    browser.reset()
    hasMenu = false
    hasWindow = false
    windowStart = 0
    bight_signals_editing(1)
    bight_terminal_editing(1)
    TerminalOutput.write("\u{1B}[?2004h")
    var count: Int32 = 0
    let line = el_wgets(editline.handle, &count)
    TerminalOutput.write("\u{1B}[?2004l")
    bight_terminal_editing(0)
    bight_signals_editing(0)
    if let stop { return stop }
    guard let line, count > 0 else { return .end }
    var scalars = UnsafeBufferPointer(start: line, count: Int(count))
      .map { Unicode.Scalar(UInt32(bitPattern: $0)) ?? "\u{FFFD}" }
    if scalars.last?.isNewline == true { scalars.removeLast() }
    return .text(String(scalars: scalars))
  }
}

/// What stands before the line: its text, and how libedit is told of colours in it.
struct Prompt {
  let scalars: [Unicode.Scalar]
  let escaped: String

  /// The last character stays outside the style: libedit loses a prompt that ends in a sequence.
  init(_ text: String, style: SGR?) {
    scalars = text.shown
    guard let style, let last = scalars.last else {
      escaped = String(scalars: scalars)
      return
    }
    escaped =
      "\u{1}\u{1B}[\(style.parameters)m\u{1}" + String(scalars: scalars.dropLast())
      + "\u{1}\u{1B}[0m\u{1}" + String(last)
  }
}
