/// Several candidates in columns under the line.
enum CompletionMenu {
  /// The rows to show, none wider than the screen. What does not fit is counted in the last row.
  static func rows(
    _ candidates: [Completions.Candidate], columns: Int, limit: Int, color: Bool
  ) -> [String] {
    guard limit > 0, !candidates.isEmpty else { return [] }
    let width = max(1, columns - 1)
    let nameWidth = candidates.map { $0.text.shown.cells }.max() ?? 0
    let noteWidth = candidates.map { $0.note.shown.cells }.max() ?? 0
    let cellWidth = nameWidth + (noteWidth > 0 ? 2 + noteWidth : 0)
    let perRow = max(1, (width + 3) / (cellWidth + 3))
    let needed = (candidates.count + perRow - 1) / perRow
    let count = needed <= limit ? needed : max(1, limit - 1)
    var rows: [String] = []
    for row in 0..<count {
      var line: [String] = []
      for column in 0..<perRow where column * needed + row < candidates.count {
        let candidate = candidates[column * needed + row]
        let isLast = (column + 1) * needed + row >= candidates.count
        line.append(
          cell(candidate, nameWidth, isLast ? nil : cellWidth, room: width, color: color))
      }
      rows.append(line.joined(separator: "   "))
    }
    if count < needed && limit > 1 {
      let shown = (0..<perRow).reduce(0) { $0 + max(0, min(count, candidates.count - $1 * needed)) }
      let rest = "… \(candidates.count - shown) more"
      rows.append(paint(String(scalars: rest.shown.prefix(cells: width)), color))
    }
    return rows
  }

  /// A name and its note, padded to a width unless they end the row.
  private static func cell(
    _ candidate: Completions.Candidate, _ nameWidth: Int, _ width: Int?, room: Int, color: Bool
  ) -> String {
    let name = candidate.text.shown.prefix(cells: room)
    let note = candidate.note.shown.prefix(cells: max(0, room - nameWidth - 2))
    var text = String(scalars: name)
    var used = name.cells
    if !note.isEmpty {
      text += blanks(nameWidth + 2 - used) + paint(String(scalars: note), color)
      used = nameWidth + 2 + note.cells
    }
    return text + blanks((width ?? 0) - used)
  }

  private static func blanks(_ count: Int) -> String {
    String(repeating: " ", count: max(0, count))
  }

  private static func paint(_ text: String, _ color: Bool) -> String {
    color ? "\u{1B}[\(SGR.dim.parameters)m\(text)\u{1B}[0m" : text
  }
}
