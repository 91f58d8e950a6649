// What keys do that libedit has no function for.
extension TerminalEditor {
  func perform(_ command: EditorCommand) -> Editline.Answer {
    let line = editline.line
    switch command {
    case .submit: return submit(line)
    case .newline: return breakLine(line)
    case .paste: return insertPasted()
    case .complete: return complete(line)
    case .up: return line.above.map { move(to: $0, in: line) } ?? older(line)
    case .down: return line.below.map { move(to: $0, in: line) } ?? newer(line)
    case .older: return older(line)
    case .newer: return newer(line)
    case .search: return search(forward: false)
    case .searchForward: return search(forward: true)
    case .endOfInput: return endOrDelete(line)
    default: return change(line, by: command)
    }
  }

  private func change(_ line: EditedLine, by command: EditorCommand) -> Editline.Answer {
    guard let new = line.after(command, cut: &cut) else { return .refuse }
    editline.setLine(new)
    return .redraw
  }

  private func submit(_ line: EditedLine) -> Editline.Answer {
    let text = line.text
    guard line.scalars.allSatisfy({ $0.properties.isWhitespace }) || callbacks.isComplete(text)
    else {
      editline.insert("\n  ".unicodeScalars)
      return .redraw
    }
    // The function behind this key leaves the line properly; one that is added cannot.
    editline.push(0x1C)
    return .nothing
  }

  /// A new line of the same entry, indented like the one before.
  private func breakLine(_ line: EditedLine) -> Editline.Answer {
    let indent = line.scalars[line.lineStart..<line.cursor].prefix { $0 == " " }
    editline.insert(["\n"] + indent)
    return .redraw
  }

  private func insertPasted() -> Editline.Answer {
    var scalars = String(decoding: pasted, as: UTF8.self, repairing: false).editableScalars
    pasted = []
    // The last newline of a block belongs to the copying, not to the text.
    while scalars.last?.isNewline == true { scalars.removeLast() }
    editline.insert(scalars)
    return .redraw
  }

  private func move(to index: Int, in line: EditedLine) -> Editline.Answer {
    editline.moveCursor(to: index)
    return .redraw
  }

  private func endOrDelete(_ line: EditedLine) -> Editline.Answer {
    if line.scalars.isEmpty {
      leaveLine()
      stop = .end
      return .end
    }
    return change(line, by: .deleteForward)
  }

  // MARK: History

  private func older(_ line: EditedLine) -> Editline.Answer {
    show(
      browser.older(
        in: history.entries, text: line.text, beforeCursor: String(scalars: line.beforeCursor)))
  }

  private func newer(_ line: EditedLine) -> Editline.Answer {
    show(browser.newer(in: history.entries, text: line.text))
  }

  private func show(_ entry: String?) -> Editline.Answer {
    guard let entry else { return .refuse }
    let scalars = entry.editableScalars
    editline.setLine(EditedLine(scalars: scalars, cursor: scalars.count))
    return .redraw
  }

  // MARK: Completion

  private func complete(_ line: EditedLine) -> Editline.Answer {
    let answer = callbacks.complete(line.text, line.beforeCursor.byteCount)
    let range = line.scalarRange(bytes: answer.replace)
    guard let first = answer.candidates.first else {
      // In the indentation Tab indents.
      let before = line.scalars[line.lineStart..<line.cursor]
      guard line.lineStart > 0, before.allSatisfy({ $0 == " " }) else { return .refuse }
      editline.insert("  ".unicodeScalars)
      return .redraw
    }
    if answer.candidates.count == 1 {
      editline.replace(range, with: first.text.editableScalars)
      return .redraw
    }
    let common = answer.commonPrefix.editableScalars
    if common.count > range.count {
      editline.replace(range, with: common)
      return .redraw
    }
    showMenu(answer.candidates)
    return .nothing
  }
}

extension EditedLine {
  /// The scalars that a range of bytes covers, cut to the text.
  func scalarRange(bytes: Range<Int>) -> Range<Int> {
    var offset = 0
    var lower = scalars.count
    var upper = scalars.count
    for (index, scalar) in scalars.enumerated() {
      if offset >= bytes.lowerBound { lower = min(lower, index) }
      if offset >= bytes.upperBound { upper = min(upper, index) }
      offset += UTF8.width(scalar)
    }
    return lower..<max(lower, upper)
  }
}

extension String {
  /// The text of some bytes, without those that are not UTF-8.
  init(decoding bytes: [UInt8], as encoding: UTF8.Type, repairing: Bool) {
    var scalars = String.UnicodeScalarView()
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    decoding: while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): scalars.append(scalar)
      case .error: if repairing { scalars.append("\u{FFFD}") }
      case .emptyInput: break decoding
      }
    }
    self.init(scalars)
  }
}
