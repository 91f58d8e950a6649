package import Columns

/// Forms of a table for other programs and documents. They hold every row and column.
///
/// CSV, TSV and JSON hold all digits that a number needs to be read back as the same one; Markdown
/// and HTML are for reading and round as a terminal does.
package enum MachineFormat: String, Sendable, CaseIterable {
  case csv
  case tsv
  /// One line: an array of objects. Numbers that are not finite are null, JSON has no others.
  case json
  /// An object a line.
  case jsonl
  case markdown
  case html

  /// Rows that are encoded, and handed to a sink, at a time.
  static let rowsAtOnce = 8192

  package func encode(_ table: Table, digits: Int = 6) -> [UInt8] {
    var bytes: [UInt8] = []
    write(table, digits: digits) { bytes += $0 }
    return bytes
  }

  package func text(_ table: Table, digits: Int = 6) -> String {
    String(decoding: encode(table, digits: digits), as: UTF8.self)
  }

  /// Hands the text over in pieces, so that a table of any size needs little memory. The text ends
  /// with a line break.
  package func write(_ table: Table, digits: Int = 6, to sink: ([UInt8]) throws -> Void) rethrows {
    let form = RowForm(self, table.schema)
    let dialect = dialect(digits: digits)
    var cells = EncodedCells()
    if !form.opening.isEmpty { try sink(form.opening) }
    var start = 0
    while start < table.rowCount {
      let end = min(table.rowCount, start + MachineFormat.rowsAtOnce)
      cells.removeAll()
      for column in table.columns { cells.append(column.slice(start..<end), dialect) }
      try sink(form.rows(cells, count: end - start, isFirst: start == 0))
      start = end
    }
    if !form.closing.isEmpty { try sink(form.closing) }
  }

  private func dialect(digits: Int) -> EncodedCells.Dialect {
    switch self {
    case .csv: .delimited(UInt8(ascii: ","))
    case .tsv: .delimited(UInt8(ascii: "\t"))
    case .json, .jsonl: .json
    case .markdown: .markdown(digits: digits)
    case .html: .html(digits: digits)
    }
  }
}

/// What stands around the cells of a form.
private struct RowForm {
  var opening: [UInt8] = []
  var closing: [UInt8] = []
  var rowStart: [UInt8] = []
  /// Before the cell of each column.
  var before: [[UInt8]] = []
  var rowEnd: [UInt8] = []
  var betweenRows: [UInt8] = []

  init(_ format: MachineFormat, _ schema: Schema) {
    switch format {
    case .csv: delimited(schema, UInt8(ascii: ","))
    case .tsv: delimited(schema, UInt8(ascii: "\t"))
    case .json:
      objects(schema)
      opening = Array("[".utf8)
      rowEnd = Array("}".utf8)
      betweenRows = Array(",".utf8)
      closing = Array("]\n".utf8)
    case .jsonl:
      objects(schema)
      rowEnd = Array("}\n".utf8)
    case .markdown: markdown(schema)
    case .html: html(schema)
    }
  }

  private mutating func delimited(_ schema: Schema, _ delimiter: UInt8) {
    for (at, name) in schema.names.enumerated() {
      if at > 0 { opening.append(delimiter) }
      DelimitedText.append(name, delimiter: delimiter, to: &opening)
      before.append(at > 0 ? [delimiter] : [])
    }
    opening.append(UInt8(ascii: "\n"))
    rowEnd = [UInt8(ascii: "\n")]
  }

  private mutating func objects(_ schema: Schema) {
    rowStart = Array("{".utf8)
    for (at, name) in schema.names.enumerated() {
      var key: [UInt8] = at > 0 ? Array(",".utf8) : []
      JSONText.append(name, to: &key)
      key.append(UInt8(ascii: ":"))
      before.append(key)
    }
  }

  private mutating func markdown(_ schema: Schema) {
    rowStart = Array("|".utf8)
    rowEnd = Array(" |\n".utf8)
    opening = rowStart
    var rule = rowStart
    for (at, field) in schema.fields.enumerated() {
      before.append(Array((at > 0 ? " | " : " ").utf8))
      opening += before[at]
      MarkdownText.append(field.name, to: &opening)
      if at > 0 { rule.append(UInt8(ascii: "|")) }
      rule += Array((isRight(field.type) ? "---:" : "---").utf8)
    }
    opening += rowEnd + rule + Array("|\n".utf8)
  }

  private mutating func html(_ schema: Schema) {
    opening = Array("<table>\n<thead><tr>".utf8)
    for (at, field) in schema.fields.enumerated() {
      let number = isRight(field.type) ? " class=\"number\"" : ""
      opening += Array("<th\(number)>".utf8)
      HTMLText.append(field.name, to: &opening)
      opening += Array(
        "<br><small>\(HTMLText.escaped(CellText.label(field.type)))</small></th>".utf8)
      before.append(Array(((at > 0 ? "</td>" : "") + "<td\(number)>").utf8))
    }
    opening += Array("</tr></thead>\n<tbody>\n".utf8)
    rowStart = Array("<tr>".utf8)
    rowEnd = Array((schema.count > 0 ? "</td></tr>\n" : "</tr>\n").utf8)
    closing = Array("</tbody>\n</table>\n".utf8)
  }

  private func isRight(_ type: ColumnType) -> Bool { type.isNumeric || type == .duration }

  /// The rows of a piece, each cell with what stands before it.
  func rows(_ cells: EncodedCells, count: Int, isFirst: Bool) -> [UInt8] {
    var glue: [UInt8] = []
    let glueEnds = before.map { part -> Int in
      glue += part
      return glue.count
    }
    let size =
      cells.bytes.count + count * (betweenRows.count + rowStart.count + glue.count + rowEnd.count)
    return [UInt8](unsafeUninitializedCapacity: size) { target, filled in
      guard let base = target.baseAddress else { return }
      cells.bytes.withUnsafeBufferPointer { bytes in
        cells.ends.withUnsafeBufferPointer { ends in
          glue.withUnsafeBufferPointer { glue in
            var at = 0
            func copy(_ source: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int) {
              guard to > from, let first = source.baseAddress else { return }
              (base + at).update(from: first + from, count: to - from)
              at += to - from
            }
            func copy(_ part: [UInt8]) {
              part.withUnsafeBufferPointer { copy($0, 0, $0.count) }
            }
            for row in 0..<count {
              if row > 0 || !isFirst { copy(betweenRows) }
              copy(rowStart)
              for column in glueEnds.indices {
                copy(glue, column == 0 ? 0 : glueEnds[column - 1], glueEnds[column])
                let cell = column * count + row
                copy(bytes, cell == 0 ? 0 : ends[cell - 1], ends[cell])
              }
              copy(rowEnd)
            }
            filled = at
          }
        }
      }
    }
  }
}
