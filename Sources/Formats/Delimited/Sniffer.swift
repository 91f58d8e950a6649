/// Finds delimiter, quote, line end and header from the beginning of a text.
struct Sniffer {
  let bytes: UnsafePointer<UInt8>
  let count: Int
  /// The sample is all there is.
  let isWhole: Bool
  let options: DelimitedOptions
  /// What the file's ending says, for texts of one column.
  let usual: UInt8

  /// Records looked at; the first thousand lines tell.
  static let records = 1000

  private struct Trial {
    var dialect: Dialect
    var width = 0
    /// Share of the records that have the commonest number of cells.
    var regular = 0.0
    var firstWidth = 0
    var typed = 0.0
    var spansLines = false
    var isBroken = false

    /// Compared from left to right.
    var merits: [Double] {
      [
        isBroken ? 0 : 1, width >= 2 && regular > 0.3 ? 1 : 0, regular,
        firstWidth == width ? 1 : 0, typed,
      ]
    }
  }

  /// The dialect, and whether quotes turned out to be ordinary characters.
  func dialect() -> (dialect: Dialect, hasLiteralQuotes: Bool) {
    var base = Dialect()
    base.comment = options.comment
    base.newline = newline()
    base.quote = options.quote ?? Byte.quote
    let delimiters =
      options.delimiter.map { [$0] }
      ?? [Byte.comma, Byte.semicolon, Byte.tab, Byte.pipe]
    var best: Trial?
    for delimiter in delimiters {
      base.delimiter = delimiter
      let trial = quoteTrial(base)
      if best.map({ $0.merits.lexicographicallyPrecedes(trial.merits) }) ?? true { best = trial }
    }
    guard var found = best else { return (base, false) }
    if found.width < 2 && options.delimiter == nil {
      found = quoteTrial(with(base, delimiter: usual))
    }
    let isLiteral = found.dialect.quote == 0 && options.quote == nil
    return (found.dialect, isLiteral)
  }

  private func with(_ dialect: Dialect, delimiter: UInt8) -> Dialect {
    var dialect = dialect
    dialect.delimiter = delimiter
    return dialect
  }

  /// A line feed anywhere makes it the line end.
  private func newline() -> UInt8 {
    let sample = UnsafeBufferPointer(start: bytes, count: count)
    return sample.contains(Byte.newline) || !sample.contains(Byte.carriageReturn)
      ? Byte.newline : Byte.carriageReturn
  }

  /// The trial with double quotes, or with what the quotes turn out to be.
  private func quoteTrial(_ base: Dialect) -> Trial {
    let plain = trial(base)
    if options.quote != nil { return plain }
    if base.delimiter == Byte.tab && (plain.isBroken || plain.spansLines) {
      var literal = base
      literal.quote = 0
      let other = trial(literal)
      if other.regular == 1 && other.width >= 2 { return other }
    }
    var single = base
    single.quote = 0x27
    if isWrapped(in: 0x27, base) {
      let other = trial(single)
      if !other.isBroken && other.regular >= plain.regular && other.width >= 2 { return other }
    }
    return plain
  }

  /// Whether cells stand in this kind of quotes: some begin with it, each of them also ends with it
  /// before a delimiter or line end, and there are no double quotes.
  private func isWrapped(in quote: UInt8, _ dialect: Dialect) -> Bool {
    let sample = UnsafeBufferPointer(start: bytes, count: count)
    if sample.contains(Byte.quote) || !sample.contains(quote) { return false }
    var opened = 0
    var closed = 0
    for at in 0..<count where sample[at] == quote {
      if at == 0 || sample[at - 1] == dialect.delimiter || sample[at - 1] == dialect.newline {
        opened += 1
      } else if at + 1 == count || sample[at + 1] == dialect.delimiter
        || sample[at + 1] == dialect.newline || sample[at + 1] == Byte.carriageReturn
      {
        closed += 1
      }
    }
    return opened > 0 && opened == closed
  }

  private func trial(_ dialect: Dialect) -> Trial {
    var trial = Trial(dialect: dialect)
    var widths: [Int: Int] = [:]
    var records = 0
    var cells = 0
    var typed = 0
    eachRecord(dialect) { outcome, scanner in
      switch outcome {
      case .record, .blank:
        let width = scanner.cells.count
        if outcome == .blank && width == 1 && records > 0 { return true }
        if records == 0 { trial.firstWidth = width }
        widths[width, default: 0] += 1
        records += 1
        cells += width
        if scanner.spansLines { trial.spansLines = true }
        for cell in scanner.cells.prefix(64) {
          if !options.rules.types(bytes + cell.start, cell.end - cell.start).isEmpty { typed += 1 }
        }
        return records < Sniffer.records
      case .unclosed, .afterQuote:
        trial.isBroken = true
        return false
      case .comment: return true
      case .incomplete: return false
      }
    }
    // The commonest width; of equally common ones the larger.
    if let common = widths.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
      trial.width = common.key
      trial.regular = Double(common.value) / Double(max(1, records))
    }
    trial.typed = Double(typed) / Double(max(1, cells))
    return trial
  }

  /// Calls `body` for the records of the sample until it says false.
  func eachRecord(
    _ dialect: Dialect, from: Int? = nil, _ body: (RecordScanner.Outcome, RecordScanner) -> Bool
  ) {
    var scanner = RecordScanner(dialect)
    var at = from ?? skipped(dialect.newline)
    while at < count {
      let outcome = scanner.scan(bytes, from: at, end: count, isLast: isWhole)
      if outcome == .incomplete || !body(outcome, scanner) { return }
      if case .unclosed = outcome { return }
      if case .afterQuote = outcome { return }
      at = scanner.next
    }
  }

  /// Where the text begins after the lines to be skipped.
  func skipped(_ newline: UInt8) -> Int {
    var at = 0
    for _ in 0..<options.skip {
      while at < count && bytes[at] != newline { at += 1 }
      at = min(at + 1, count)
    }
    return at
  }
}
