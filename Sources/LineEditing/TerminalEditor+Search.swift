// Looking through history while typing what to look for.
extension TerminalEditor {
  private struct Search {
    var text = ""
    var index: Int
    var forward: Bool
    var found = true

    var prompt: Prompt {
      Prompt("\(found ? "search" : "not found") \"\(text)\": ", style: nil)
    }
  }

  /// Ctrl-R: each character narrows the search, Ctrl-R and Ctrl-S go on, Ctrl-G gives the line back,
  /// Enter submits what is shown, and any other key acts on it.
  func search(forward: Bool) -> Editline.Answer {
    let before = editline.line
    var search = Search(index: history.entries.count - 1, forward: forward)
    show(search, before)
    while let key = nextKey() {
      switch key {
      case .character(let scalar):
        search.text.unicodeScalars.append(scalar)
        seek(&search, from: search.index)
      case .paste(let bytes):
        let pasted = String(decoding: bytes, as: UTF8.self, repairing: false).editableScalars
        search.text.unicodeScalars.append(contentsOf: pasted.prefix { !$0.isNewline && $0 != "\t" })
        seek(&search, from: search.index)
      case .command(.search), .command(.searchForward):
        search.forward = key == .command(.searchForward)
        if !search.text.isEmpty { seek(&search, from: search.index + (search.forward ? 1 : -1)) }
      case .command(.deleteBack):
        if !search.text.unicodeScalars.isEmpty { search.text.unicodeScalars.removeLast() }
        seek(&search, from: history.entries.count - 1)
      case .command(.cancel):
        finish(before)
        return .nothing
      default:
        returnedKey = key
        finish(nil)
        return .nothing
      }
      show(search, before)
    }
    return .end
  }

  private func seek(_ search: inout Search, from index: Int) {
    guard !search.text.isEmpty else {
      search.found = true
      return
    }
    let forward = search.forward && history.entries.indices.contains(index)
    let hit = HistorySearch.find(
      search.text, in: history.entries, from: index, forward: forward)
    search.found = hit != nil
    if let hit { search.index = hit }
  }

  private func show(_ search: Search, _ before: EditedLine) {
    redraw {
      prompt = search.prompt
      guard search.found else { return }
      guard !search.text.isEmpty else { return editline.setLine(before) }
      let scalars = history.entries[search.index].editableScalars
      editline.setLine(EditedLine(scalars: scalars, cursor: scalars.count))
    }
  }

  private func finish(_ line: EditedLine?) {
    redraw {
      prompt = plainPrompt
      if let line { editline.setLine(line) }
    }
  }
}
