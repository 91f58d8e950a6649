package import Columns
import Text

/// Tables as aligned text.
package enum TableRenderer {
  /// The table without a line break at its end. On a terminal the first and last rows of a long
  /// one, pressed to the width of the screen, and a footer; elsewhere everything.
  package static func text(_ table: Table, style: TableStyle) -> String {
    if table.columns.isEmpty { return noColumns(table, style) }
    guard let room = style.lineWidth else {
      var bytes: [UInt8] = []
      let layout = TableLayout(table, style: style)
      layout.appendHeader(to: &bytes)
      for row in 0..<table.rowCount { layout.append(row: row, to: &bytes) }
      return string(bytes)
    }
    let limit = style.rows <= 0 ? Int.max : style.rows
    let isLong = table.rowCount > limit
    let top = isLong ? (limit + 1) / 2 : table.rowCount
    let shown = isLong ? ends(of: table, top: top, bottom: limit - top) : table
    var layout = TableLayout(shown, style: style)
    if table.rowCount == 1, layout.width > room { return card(layout, room, style) }
    let kept = layout.fit(room)

    var bytes: [UInt8] = []
    layout.appendHeader(to: &bytes)
    for row in 0..<shown.rowCount {
      if isLong, row == top { layout.appendGap(to: &bytes) }
      layout.append(row: row, to: &bytes)
    }
    if isLong, limit == top { layout.appendGap(to: &bytes) }
    var footer = [size(table.rowCount, table.columns.count, style)]
    if isLong { footer += ["\(Wording.grouped(shown.rowCount)) shown", ".last for all"] }
    append(footer: footer, hidden: hidden(table, from: kept), room, style, to: &bytes)
    return string(bytes)
  }

  /// What an assignment shows in a session: name, size, time taken, and the first rows. `head`
  /// holds at least those; `rowCount` is nil when nobody has counted yet.
  package static func preview(
    _ head: Table, name: String, rowCount: Int?, milliseconds: Double? = nil, style: TableStyle
  ) -> String {
    let palette = Palette(isColored: style.color)
    let times = style.unicode ? "×" : "x"
    var title = "\(SafeText.escaped(name))  "
    if let rowCount {
      title += size(rowCount, head.columns.count, style)
    } else {
      title += "? rows \(times) \(Wording.count(head.columns.count, "column"))"
    }
    if let milliseconds { title += "  (\(duration(milliseconds: milliseconds)))" }
    var lines =
      style.lineWidth.map { [DisplayText.cut(title, to: $0, unicode: style.unicode)] } ?? [title]
    guard !head.columns.isEmpty else { return lines[0] }

    let shown = head.slice(0..<min(previewRows, head.rowCount))
    var layout = TableLayout(shown, style: style)
    let room = style.lineWidth
    layout.indent = room.map { $0 < 12 ? 0 : 2 } ?? 2
    let kept = room.map { layout.fit($0 - layout.indent) } ?? layout.columns.count
    var bytes: [UInt8] = []
    layout.appendHeader(to: &bytes)
    for row in 0..<shown.rowCount { layout.append(row: row, to: &bytes) }
    lines.append(string(bytes))
    let indent = String(repeating: " ", count: layout.indent)
    if shown.rowCount < rowCount ?? Int.max {
      lines.append(palette(indent + (style.unicode ? "…" : "..."), .dim))
    }
    if let named = hidden(head, from: kept) {
      lines += DisplayText.wrapped(
        named, to: room.map { $0 - layout.indent }
      ).map { palette(indent + $0, .dim) }
    }
    return lines.joined(separator: "\n")
  }

  /// Rows that a preview shows.
  package static let previewRows = 5

  /// `10,000 rows × 14 columns`.
  static func size(_ rows: Int, _ columns: Int, _ style: TableStyle) -> String {
    "\(Wording.count(rows, "row")) \(style.unicode ? "×" : "x") \(Wording.count(columns, "column"))"
  }

  /// `12 ms`, `1.4 s`, `2 min 5 s`.
  package static func duration(milliseconds: Double) -> String {
    guard milliseconds.isFinite, milliseconds >= 0, milliseconds < 1e15 else { return "? ms" }
    if milliseconds < 10 { return "\(displayed(milliseconds, digits: 2)) ms" }
    if milliseconds < 1000 { return "\(Int(milliseconds)) ms" }
    if milliseconds < 60_000 { return "\(displayed(milliseconds / 1000, digits: 3)) s" }
    let seconds = Int(milliseconds / 1000)
    return seconds < 3600
      ? "\(seconds / 60) min \(seconds % 60) s" : "\(seconds / 3600) h \(seconds / 60 % 60) min"
  }

  // MARK: Pieces

  private static func string(_ bytes: [UInt8]) -> String {
    String(
      decoding: bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...], as: UTF8.self)
  }

  private static func noColumns(_ table: Table, _ style: TableStyle) -> String {
    let text = style.isTerminal ? size(table.rowCount, 0, style) : "(no columns)"
    return style.lineWidth.map { DisplayText.cut(text, to: $0, unicode: style.unicode) } ?? text
  }

  /// The first and the last rows as one table.
  private static func ends(of table: Table, top: Int, bottom: Int) -> Table {
    let rows = Array(0..<top) + Array(table.rowCount - bottom..<table.rowCount)
    return Table(table.named.map { ($0.name, picked($0.column, rows)) }, rowCount: rows.count)
  }

  /// A few rows of a column.
  private static func picked(_ column: Column, _ rows: [Int]) -> Column {
    func values<Element>(_ values: Values<Element>) -> Values<Element> {
      Values(
        rows.map { values.elements[values.elements.startIndex + $0] },
        valid: values.valid == nil ? nil : rows.map { values.isValid($0) })
    }
    switch column {
    case .bool(let all): return .bool(values(all))
    case .int(let all): return .int(values(all))
    case .number(let all): return .number(values(all))
    case .text(let all): return .text(TextValues(rows.map { all[$0] }))
    case .category(let all):
      return .category(
        TextValues(
          heap: all.heap, rows: .codes(rows.map { UInt32(all.piece($0)) }[...]),
          valid: all.valid == nil ? nil : rows.map { all.isValid($0) }[...]))
    case .date(let all): return .date(values(all))
    case .time(let all): return .time(values(all))
    case .duration(let all): return .duration(values(all))
    case .vector(let all):
      return .vector(
        VectorValues(
          width: all.width, elements: rows.flatMap { all[$0] }[...],
          valid: all.valid == nil ? nil : rows.map { column.isValid($0) }[...], count: rows.count))
    }
  }

  private static let mostNamed = 50

  /// Names and types of the columns that do not fit.
  private static func hidden(_ table: Table, from kept: Int) -> String? {
    let fields = table.schema.fields[kept...]
    guard !fields.isEmpty else { return nil }
    let named = fields.prefix(mostNamed).map {
      "\(SafeText.escaped($0.name)) \(CellText.label($0.type))"
    }
    let more =
      fields.count > mostNamed ? " and \(Wording.grouped(fields.count - mostNamed)) more" : ""
    return "hidden: " + named.joined(separator: ", ") + more
  }

  private static func append(
    footer: [String], hidden: String?, _ room: Int, _ style: TableStyle, to bytes: inout [UInt8]
  ) {
    let palette = Palette(isColored: style.color)
    let separator = style.unicode ? " · " : ", "
    for text in [footer.joined(separator: separator), hidden ?? ""] {
      for line in DisplayText.wrapped(text, to: room) {
        bytes.append(contentsOf: (palette(line, .dim) + "\n").utf8)
      }
    }
  }

  /// A row that is wider than the screen, one line a cell.
  private static func card(_ layout: TableLayout, _ room: Int, _ style: TableStyle) -> String {
    let names = layout.columns.map {
      DisplayText.cut($0.name, to: max(1, room / 3), unicode: style.unicode)
    }
    let nameWidth = names.map { displayWidth(of: $0) }.max() ?? 0
    let labelWidth = layout.columns.map(\.label.count).max() ?? 0
    // Where little room is left, the types go first.
    let labels = nameWidth + labelWidth + 12 <= room
    let used = nameWidth + (labels ? labelWidth + 2 : 0) + 2
    var lines: [String] = []
    for (name, column) in zip(names, layout.columns) {
      let value = DisplayText.cut(
        String(decoding: column.cells.bytes, as: UTF8.self), to: max(1, room - used),
        unicode: style.unicode)
      let isNull = column.cells.nulls[0]
      var line = layout.palette(name, .bold)
      line += String(repeating: " ", count: nameWidth - displayWidth(of: name) + 2)
      if labels {
        line += layout.palette(column.label, .dim)
        line += String(repeating: " ", count: labelWidth - column.label.count + 2)
      }
      line += isNull ? layout.palette(value, .dim) : value
      if room < 6 { line = DisplayText.cut(value, to: room, unicode: style.unicode) }
      lines.append(line)
    }
    let footer = size(1, layout.columns.count, style)
    return
      (lines
      + DisplayText.wrapped(footer, to: room).map { layout.palette($0, .dim) })
      .joined(separator: "\n")
  }
}
