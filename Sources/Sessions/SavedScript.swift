import Syntax

/// A session as a script: the successful statements, in order, without superseded ones, outputs behind `#>`.
package enum SavedScript {
  /// `lines` renders what a cell printed, as it is recorded. With `name`, only what that name depends on.
  package static func text(
    of cells: [Cell], for name: String? = nil, lines: (Cell) -> [String]
  ) -> String {
    let kept = keptCells(cells, for: name)
    var text = ""
    var wasAssignment = true
    for cell in cells where kept.contains(cell.number) {
      var statement = cell.statement
      statement.recorded = []
      let printed = lines(cell)
      if !text.isEmpty, !wasAssignment || !printed.isEmpty { text += "\n" }
      text += Formatter.text(of: statement) + "\n"
      for line in printed { text += line.isEmpty ? "#>\n" : "#> \(line)\n" }
      wasAssignment = printed.isEmpty
    }
    return text
  }

  /// Numbers of the cells that belong into the script.
  package static func keptCells(_ cells: [Cell], for name: String? = nil) -> Set<Int> {
    let fine = cells.filter(\.succeeded)
    var last: [String: Int] = [:]
    for cell in fine { if let name = cell.name { last[name] = cell.number } }
    var kept: Set<Int> = []
    for cell in fine.reversed() {
      let isWanted =
        if let name {
          last[name] == cell.number
        } else {
          cell.name.map { last[$0] == cell.number } ?? true
        }
      if isWanted || kept.contains(cell.number) {
        kept.insert(cell.number)
        kept.formUnion(cell.dependsOn)
      }
    }
    return kept
  }
}
