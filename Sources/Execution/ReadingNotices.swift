import Formats
import Pipeline

extension Notice {
  /// What a reader decided, in words.
  init(_ note: ReadNote) {
    var details: [String] = []
    if !note.rows.isEmpty {
      let rows = note.rows.prefix(5).enumerated().map { index, row in
        index < note.values.count ? "row \(row): \(note.values[index])" : "row \(row)"
      }
      details.append(rows.joined(separator: "; ") + (note.count > rows.count ? "; …" : ""))
    }
    let place = note.column.map { "`\($0)`: " } ?? ""
    self.init(.note, place + note.message, details: details)
  }
}
