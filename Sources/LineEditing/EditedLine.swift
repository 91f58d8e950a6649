/// The text being edited: scalars, as libedit counts.
struct EditedLine: Hashable {
  var scalars: [Unicode.Scalar]
  var cursor: Int

  var text: String { String(scalars: scalars) }
  var beforeCursor: ArraySlice<Unicode.Scalar> { scalars[..<cursor] }

  /// The index at which the cursor's line of text begins.
  var lineStart: Int {
    (beforeCursor.lastIndex { $0.isNewline }).map { $0 + 1 } ?? 0
  }

  /// The index of the newline that ends it, or the end of the text.
  var lineEnd: Int { scalars[cursor...].firstIndex { $0.isNewline } ?? scalars.count }

  /// The same column in the line above; nil in the first one.
  var above: Int? {
    guard lineStart > 0 else { return nil }
    let previous = EditedLine(scalars: scalars, cursor: lineStart - 1)
    return min(previous.lineStart + cursor - lineStart, lineStart - 1)
  }

  var below: Int? {
    guard lineEnd < scalars.count else { return nil }
    let next = EditedLine(scalars: scalars, cursor: lineEnd + 1)
    return min(lineEnd + 1 + cursor - lineStart, next.lineEnd)
  }
}

// Moving and deleting. libedit has functions for it, but one of them (to the end of an empty line)
// leaves its buffer, and they take an entry of several lines for one.
extension EditedLine {
  /// The line after a command, nil if the command does nothing here. What is cut is kept in `cut`.
  func after(_ command: EditorCommand, cut: inout [Unicode.Scalar]) -> EditedLine? {
    switch command {
    case .left: return moved(to: cursor - 1)
    case .right: return moved(to: cursor + 1)
    case .wordLeft: return moved(to: wordStart)
    case .wordRight: return moved(to: wordEnd)
    case .lineStart: return moved(to: lineStart, always: true)
    case .lineEnd: return moved(to: lineEnd, always: true)
    case .textStart: return moved(to: 0, always: true)
    case .textEnd: return moved(to: scalars.count, always: true)
    case .deleteBack: return cursor > 0 ? without(cursor - 1..<cursor) : nil
    case .deleteForward: return cursor < scalars.count ? without(cursor..<cursor + 1) : nil
    case .deleteWordBack: return cutting(wordStart..<cursor, into: &cut)
    case .deleteWordForward: return cutting(cursor..<wordEnd, into: &cut)
    case .killBefore: return cutting(lineStart..<cursor, into: &cut)
    case .killRest:
      // At its end a line is joined with the next one.
      let end = cursor == lineEnd ? min(cursor + 1, scalars.count) : lineEnd
      return cutting(cursor..<end, into: &cut)
    case .yank: return cut.isEmpty ? nil : inserting(cut)
    case .transpose: return transposed
    default: return nil
    }
  }

  private func moved(to index: Int, always: Bool = false) -> EditedLine? {
    guard always || (index != cursor && (0...scalars.count).contains(index)) else { return nil }
    return EditedLine(scalars: scalars, cursor: index)
  }

  private func without(_ range: Range<Int>) -> EditedLine {
    var line = EditedLine(scalars: scalars, cursor: range.lowerBound)
    line.scalars.removeSubrange(range)
    return line
  }

  private func cutting(_ range: Range<Int>, into cut: inout [Unicode.Scalar]) -> EditedLine? {
    guard !range.isEmpty else { return nil }
    cut = Array(scalars[range])
    return without(range)
  }

  private func inserting(_ new: [Unicode.Scalar]) -> EditedLine {
    var line = EditedLine(scalars: scalars, cursor: cursor + new.count)
    line.scalars.insert(contentsOf: new, at: cursor)
    return line
  }

  /// The two characters before the cursor change places; within a line, those around it.
  private var transposed: EditedLine? {
    let second = cursor < lineEnd ? cursor : cursor - 1
    guard second > lineStart else { return nil }
    var line = EditedLine(scalars: scalars, cursor: second + 1)
    line.scalars.swapAt(second - 1, second)
    return line
  }

  private var wordStart: Int {
    var index = cursor
    while index > 0 && !scalars[index - 1].isOfWord { index -= 1 }
    while index > 0 && scalars[index - 1].isOfWord { index -= 1 }
    return index
  }

  private var wordEnd: Int {
    var index = cursor
    while index < scalars.count && !scalars[index].isOfWord { index += 1 }
    while index < scalars.count && scalars[index].isOfWord { index += 1 }
    return index
  }
}
