import Columns

/// Where the records of a delimited text are, as work items that do not depend on the number of
/// threads.
struct RecordPlan: Sendable {
  var items: [WorkItem] = []
  var rows = 0
  /// Cells of the longest record.
  var width = 0
  var blanks = 0
  /// Every record was read; otherwise quotes were taken on trust.
  var isExact = false

  /// From the surveys of consecutive pieces: the first begins outside quotes.
  init(_ surveys: [Survey], body: Range<Int>, endsInLine: Bool, width: Int) {
    self.width = width
    var isInside = false
    var start = body.lowerBound
    var firstRow = 0
    var lines = 0
    for (number, survey) in surveys.enumerated() {
      let first = isInside ? survey.firstInside : survey.firstOutside
      if number > 0 && first >= 0 {
        // The first line end of a piece ends a record that began before it.
        add(start..<first + 1, rows: lines + 1, firstRow: &firstRow)
        start = first + 1
        lines = -1
      }
      lines += isInside ? survey.inside : survey.outside
      if survey.flips { isInside.toggle() }
    }
    add(start..<body.upperBound, rows: lines + (endsInLine ? 1 : 0), firstRow: &firstRow)
    rows = firstRow
  }

  private mutating func add(_ range: Range<Int>, rows: Int, firstRow: inout Int) {
    // Bytes without a record are kept too: reading them shows that the quotes were not in order.
    guard !range.isEmpty else { return }
    items.append(WorkItem(range: range, firstRow: firstRow, rows: rows))
    firstRow += rows
  }

  /// By reading every record, in order. Throws for the first that is not well-formed.
  init(
    exactly text: TextSource, body: Range<Int>, dialect: Dialect, width: Int, fillsRagged: Bool,
    piece: Int, workers: Workers
  ) throws {
    self.width = width
    isExact = true
    var start = body.lowerBound
    var window = piece
    var scanner = RecordScanner(dialect)
    while start < body.upperBound {
      try workers.check()
      let range = start..<min(start + window, body.upperBound)
      let isLast = range.upperBound == body.upperBound
      var found = 0
      let used = try text.store.withBytes(range) { bytes in
        var at = 0
        while at < range.count {
          let outcome = scanner.scan(bytes, from: at, end: range.count, isLast: isLast)
          switch outcome {
          case .record: found += 1
          case .blank where width > 1: blanks += 1
          case .blank: found += 1
          case .comment: break
          case .incomplete: return at
          case .unclosed(let offset):
            throw try RecordPlan.unclosed(text, start + offset, dialect)
          case .afterQuote(let offset):
            throw try RecordPlan.afterQuote(text, start + offset, dialect)
          }
          if outcome == .record && scanner.cells.count != width {
            guard fillsRagged else {
              throw try RecordPlan.ragged(
                text, start + at, dialect, cells: scanner.cells.count, width: width)
            }
            self.width = max(self.width, scanner.cells.count)
          }
          at = scanner.next
        }
        return at
      }
      if used == 0 {
        window *= 2
        continue
      }
      if found > 0 {
        items.append(WorkItem(range: start..<start + used, firstRow: rows, rows: found))
      }
      rows += found
      start += used
      window = piece
    }
  }

  private static func unclosed(
    _ text: TextSource, _ offset: Int, _ dialect: Dialect
  ) throws -> DataError {
    let line = try text.lineNumber(at: offset, newline: dialect.newline)
    return DataError(
      "unclosed-quote", "line \(line) of \(text.path) opens a quote that is never closed",
      help: "mend the line, or take quotes as ordinary characters with `quote: none`", row: line)
  }

  private static func afterQuote(
    _ text: TextSource, _ offset: Int, _ dialect: Dialect
  ) throws -> DataError {
    let line = try text.lineNumber(at: offset, newline: dialect.newline)
    return DataError(
      "after-quote",
      "line \(line) of \(text.path) has text after a closing quote, where a delimiter was wanted",
      help: "mend the line, or take quotes as ordinary characters with `quote: none`", row: line)
  }

  private static func ragged(
    _ text: TextSource, _ offset: Int, _ dialect: Dialect, cells: Int, width: Int
  ) throws -> DataError {
    let line = try text.lineNumber(at: offset, newline: dialect.newline)
    return DataError(
      "ragged-row",
      "line \(line) of \(text.path) has \(cells) \(cells == 1 ? "cell" : "cells") where \(width) were wanted",
      help: "mend the line, or fill short lines with nulls with `ragged: fill`", row: line)
  }
}
