import CEditline
import Glibc

// Reading keys, and what happens while waiting for one.
extension TerminalEditor {
  /// What libedit calls for a character: 1 with it, 0 at the end, -1 if reading must stop.
  func nextCharacter(_ character: UnsafeMutablePointer<wchar_t>) -> Int32 {
    guard let key = nextKey() else {
      errno = EINTR
      return stop == .end ? 0 : -1
    }
    switch key {
    case .character(let scalar) where scalar.cells == 1:
      character.pointee = wchar_t(bitPattern: scalar.value)
    case .character(let scalar):
      pasted = Array(String(scalar).utf8)
      character.pointee = wchar_t(EditorCommand.paste.rawValue)
    case .command(let command): character.pointee = wchar_t(command.rawValue)
    case .paste(let bytes):
      pasted = bytes
      character.pointee = wchar_t(EditorCommand.paste.rawValue)
    }
    return 1
  }

  /// Waits for the next key; nil if reading must stop, and then `stop` says why.
  func nextKey() -> Key? {
    if let key = returnedKey {
      returnedKey = nil
      return key
    }
    while stop == nil {
      while let byte = received.popFirst() {
        if let key = decoder.feed(byte) { return key }
      }
      if !isReadable(wait: 0) {
        if decoder.isIdle { paint() }
        _ = isReadable(wait: -1)
      }
      // Signals first: what was typed before Ctrl-C goes with the line.
      handle(bight_signals_take())
      if stop == nil && isReadable(wait: 0) { receive() }
    }
    return nil
  }

  /// Whether the terminal has bytes. A wait also ends when a signal or a notice arrives.
  private func isReadable(wait: Int32) -> Bool {
    let events = Int16(POLLIN)
    var files = [
      pollfd(fd: STDIN_FILENO, events: events, revents: 0),
      pollfd(fd: bight_signals_descriptor(), events: events, revents: 0),
    ]
    return poll(&files, wait == 0 ? 1 : 2, wait) > 0 && files[0].revents != 0
  }

  private func receive() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
    if count > 0 {
      clearMenu()
      leaveWindow()
      received = buffer[..<count]
    } else if count == 0 {
      leaveLine()
      stop = .end
    } else if errno != EINTR && errno != EAGAIN {
      stop = .failed(errno)
    }
  }

  private func handle(_ signals: UInt32) {
    if signals & UInt32(BIGHT_INTERRUPT) != 0 {
      received = []
      decoder.reset()
      leaveLine(mark: "^C")
      stop = .interrupted
      return
    }
    if signals & UInt32(BIGHT_SUSPEND) != 0 { suspend() }
    if signals & UInt32(BIGHT_CONTINUE) != 0 { resume() }
    if signals & UInt32(BIGHT_RESIZE) != 0 { resize() }
    let texts = notices.take()
    if !texts.isEmpty {
      redraw { TerminalOutput.write(texts.map { $0 + "\n" }.joined()) }
    }
  }

  private func suspend() {
    leaveLine()
    editline.setRaw(false)
    TerminalOutput.write("\u{1B}[?2004l")
    bight_terminal_editing(0)
    bight_signals_stop()
    bight_terminal_editing(1)
    resume()
  }

  /// The shell may have changed the terminal meanwhile, and written on it.
  private func resume() {
    editline.setRaw(false)
    editline.setRaw(true)
    TerminalOutput.write("\u{1B}[?2004h" + Self.clearBelow)
    el_resize(editline.handle)
    editline.draw()
    paint()
  }

  private func resize() {
    var rows: Int32 = 0
    var columns: Int32 = 0
    bight_terminal_size(STDOUT_FILENO, &rows, &columns)
    // Terminals wrap what they show anew, so the place is reckoned with the new width.
    redraw(columns: columns > 1 ? Int(columns) : nil) { el_resize(editline.handle) }
  }
}
