package import Columns

/// Tables written as text, for tests: a header of `name:type`, a line for each row, two or more
/// spaces between cells, `null` for null. Text that is empty or has spaces stands in quotes.
///
///     id:int  name:text  amount:number
///     1       Ann        2.5
///     2       "A  B"     null
package enum TableText {
  package static func table(_ text: String) throws -> Table {
    let lines = text.split(separator: "\n").map { cells(of: String($0)) }.filter { !$0.isEmpty }
    guard let header = lines.first else { throw DataError("test-table", "a header is wanted") }
    let fields = try header.map { cell in
      let parts = cell.split(separator: ":")
      guard parts.count == 2, let type = ColumnType(rawValue: String(parts[1])) else {
        throw DataError("test-table", "name:type is wanted in a header and came with \(cell)")
      }
      return Field(String(parts[0]), type)
    }
    for (row, line) in lines.enumerated().dropFirst() where line.count != fields.count {
      throw DataError("test-table", "row \(row) has \(line.count) cells, not \(fields.count)")
    }
    let columns = try fields.enumerated().map { position, field in
      let values = try lines.dropFirst().map { try value(of: $0[position], field.type) }
      return (name: field.name, column: try Column(values: values, type: field.type))
    }
    return Table(columns, rowCount: lines.count - 1)
  }

  /// The table as `table` reads it, cells aligned.
  package static func text(_ table: Table) -> String {
    var rows = [table.schema.fields.map { "\($0.name):\($0.type)" }]
    for row in 0..<table.rowCount { rows.append(table.columns.map { cell($0, row) }) }
    let widths = table.columns.indices.map { position in
      rows.map { $0[position].count }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (cell, width) in zip(row, widths) {
        line += cell + String(repeating: " ", count: width - cell.count + 2)
      }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }

  private static func cells(of line: String) -> [String] {
    var cells: [String] = []
    var cell = ""
    var isQuoted = false
    var blanks = 0
    for letter in line {
      if letter == "\"" { isQuoted.toggle() }
      if letter == " ", !isQuoted {
        blanks += 1
        continue
      }
      if blanks >= 2, !cell.isEmpty {
        cells.append(cell)
        cell = ""
      } else if blanks == 1, !cell.isEmpty {
        cell.append(" ")
      }
      blanks = 0
      cell.append(letter)
    }
    return cell.isEmpty ? cells : cells + [cell]
  }

  private static func value(of cell: String, _ type: ColumnType) throws -> Value {
    if cell == "null" { return .null }
    let value: Value? =
      switch type {
      case .bool: cell == "true" ? .bool(true) : cell == "false" ? .bool(false) : nil
      case .int: NumberText.int(cell).map(Value.int)
      case .number: NumberText.number(cell).map(Value.number)
      case .date: DateText.date(cell).map(Value.date)
      case .time: DateText.time(cell).map(Value.time)
      case .duration:
        DurationText.duration(cell).map { .duration(months: 0, microseconds: $0) }
      case .text, .category:
        .text(
          cell.count >= 2 && cell.hasPrefix("\"") && cell.hasSuffix("\"")
            ? String(cell.dropFirst().dropLast()) : cell)
      case .vector:
        .vector(
          cell.split { "[], ".contains($0) }.compactMap { NumberText.number(String($0)) }
            .map { Float($0) })
      case .image: nil
      }
    guard let value else { throw DataError("test-table", "\(cell) is no \(type)") }
    return value
  }

  private static func cell(_ column: Column, _ row: Int) -> String {
    switch column[row] {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): "\(value)"
    case .number(let value): NumberText.text(value, point: false)
    case .date(let value): DateText.text(date: value)
    case .time(let value): DateText.text(time: value)
    case .duration(_, let value): DurationText.text(value)
    case .text(let value):
      value.isEmpty || value == "null" || value.contains(where: { " \n\"".contains($0) })
        ? "\"\(value)\"" : value
    case .vector(let value): "[" + value.map { "\($0)" }.joined(separator: ", ") + "]"
    case .list, .dictionary: "?"
    }
  }
}
