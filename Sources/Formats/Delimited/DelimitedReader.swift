import Columns

/// Reads delimited text into a table: finds the dialect, plans where the records are, guesses the
/// types from a sample, parses all cells straight into their columns, and reads again, with a wider
/// type, the columns in which some cell did not fit.
struct DelimitedReader {
  private(set) var text: TextSource
  private let options: DelimitedOptions
  private let encoding: String?
  private let isCut: Bool
  private let piece: Int
  private let workers: Workers
  private let usual: UInt8
  private(set) var notes: [ReadNote] = []

  private var dialect = Dialect()
  private var body = 0..<0
  private var hashes: [UInt64]?

  init(
    _ input: Input, options: DelimitedOptions, encoding: String?, usual: UInt8, workers: Workers
  ) throws {
    text = try TextSource(input, encoding: encoding, workers: workers)
    self.options = options
    self.encoding = encoding
    self.usual = usual
    self.workers = workers
    isCut = input.isCut
    piece = input.pieceSize
  }

  mutating func read() throws -> Loaded {
    notes = []
    let (names, isPlanned) = try prepare()
    guard let names else { return try finished([], rows: 0) }
    var width = names.count
    var plan = isPlanned ? try survey(width: width) : nil
    // The text turned out to be in another encoding: its bytes are others now.
    if isPlanned && plan == nil { return try read() }
    if plan == nil || dialect.comment != 0 || options.fillsRagged { plan = try exactPlan(width) }
    guard var plan else { return try finished([], rows: 0) }
    for _ in 0..<2 {
      width = plan.width
      let all = Header.unique(padded(names, to: width), notes: &notes)
      do {
        var columns = ColumnReader(
          reader: ItemReader(
            store: text.store, dialect: dialect, width: width, isExact: plan.isExact,
            fillsRagged: options.fillsRagged),
          plan: plan, names: all, options: options, workers: workers)
        let table = try columns.read()
        notes += columns.notes
        if plan.blanks > 0 {
          notes.append(
            ReadNote(
              "blank-lines",
              plan.blanks == 1 ? "1 blank line left out" : "\(plan.blanks) blank lines left out",
              count: plan.blanks))
        }
        return try finished(table, rows: plan.rows)
      } catch ItemReader.Obstacle.irregular where !plan.isExact {
        notes.removeAll { $0.code.hasSuffix("-name") }
        plan = try exactPlan(width)
      }
    }
    throw FileProblem.changed(text.path)
  }

  private func padded(_ names: [String], to width: Int) -> [String] {
    names + [String](repeating: "", count: max(0, width - names.count))
  }

  // MARK: Dialect, header, body

  /// Names of the columns (nil for a text without any), and whether a quick plan is worth a try.
  private mutating func prepare() throws -> (names: [String]?, isPlain: Bool) {
    let count = text.store.count
    var sample = 1 << 18
    while true {
      let end = min(count, text.start + sample)
      let isWhole = end == count && !isCut
      let found = try text.store.withBytes(text.start..<end) { bytes in
        let sniffer = Sniffer(
          bytes: bytes, count: end - text.start, isWhole: isWhole, options: options, usual: usual)
        let (dialect, isLiteral) = sniffer.dialect()
        return (dialect, isLiteral, Header(sniffer, dialect: dialect, options: options))
      }
      let (dialect, isLiteral, header) = found
      // A first record longer than the sample: look at more.
      if header.width == 0 && end < count {
        sample *= 4
        continue
      }
      self.dialect = dialect
      if isLiteral { noteLiteralQuotes() }
      guard header.width > 0 else { return (nil, false) }
      if header.isFoundMissing {
        notes.append(
          ReadNote(
            "no-header", "the first line is data, so the columns are called c1, c2, …",
            values: []))
      }
      let start = text.start + header.bodyStart
      body = start..<(try trimmedEnd(start, width: header.width))
      let names =
        header.names ?? (0..<header.width).map { "c\($0 + 1)" }
      return (names, true)
    }
  }

  private mutating func noteLiteralQuotes() {
    notes.removeAll { $0.code == "literal-quotes" }
    notes.append(
      ReadNote(
        "literal-quotes",
        "quotes are ordinary characters here: they do not enclose whole cells"))
  }

  /// Without the blank lines at the end. In a text of one column a blank line is a null.
  private func trimmedEnd(_ start: Int, width: Int) throws -> Int {
    var end = text.store.count
    if isCut {
      end = try lastRecordEnd(start)
    }
    guard width > 1 else { return end }
    while end > start {
      let range = max(start, end - 4096)..<end
      let blanks = try text.store.withBytes(range) { bytes in
        var at = range.count
        while at > 0 && (bytes[at - 1] == Byte.newline || bytes[at - 1] == Byte.carriageReturn) {
          at -= 1
        }
        return range.count - at
      }
      end -= blanks
      if blanks < range.count { break }
    }
    return end
  }

  /// The end of the last whole record of a text that was cut off.
  private func lastRecordEnd(_ start: Int) throws -> Int {
    try text.store.withBytes(start..<text.store.count) { bytes in
      var scanner = RecordScanner(dialect)
      var at = 0
      while at < text.store.count - start {
        let outcome = scanner.scan(bytes, from: at, end: text.store.count - start, isLast: false)
        if outcome == .incomplete { break }
        if case .afterQuote = outcome { break }
        at = scanner.next
      }
      return start + at
    }
  }

  // MARK: Plans

  /// Surveys all pieces side by side. Nil when the text had to be converted.
  private mutating func survey(width: Int) throws -> RecordPlan? {
    let (store, body, dialect) = (text.store, body, dialect)
    let hashesHere = text.fingerprint == nil && piece == Fingerprint.block
    let surveys = try workers.morsels(of: store.count, size: piece) { range in
      try store.withBytes(range) { bytes in
        let first = body.lowerBound.clamped(to: range) - range.lowerBound
        let last = body.upperBound.clamped(to: range) - range.lowerBound
        var survey = Survey(
          bytes, count: last, skipping: first, offset: range.lowerBound, dialect: dialect)
        if hashesHere { survey.hash = Fingerprint.ofBlock(bytes, range.count) }
        return survey
      }
    }
    if hashesHere { hashes = surveys.map(\.hash) }
    // Header and skipped lines were not surveyed, so their pieces are always checked.
    let pieces = surveys.enumerated().filter {
      $0.offset * piece <= body.lowerBound || !$0.element.isASCII
    }.map {
      $0.offset * piece..<min(($0.offset + 1) * piece, store.count)
    }
    guard try text.check(pieces, encoding: encoding, workers: workers) else { return nil }
    if dialect.delimiter == Byte.tab && options.quote == nil && dialect.quote != 0,
      surveys.contains(where: { $0.flips || ($0.inside > 0 && $0.outside > 0) }),
      try isRegularWithoutQuotes(width)
    {
      self.dialect.quote = 0
      noteLiteralQuotes()
      return try survey(width: width)
    }
    let endsInLine = try body.isEmpty ? false : lastByte() != dialect.newline
    return RecordPlan(surveys, body: body, endsInLine: endsInLine, width: width)
  }

  private func lastByte() throws -> UInt8 {
    try text.store.withBytes(body.upperBound - 1..<body.upperBound) { $0[0] }
  }

  /// Whether each line has `width` cells if quotes mean nothing, and cells in quotes would span
  /// lines if they did.
  private func isRegularWithoutQuotes(_ width: Int) throws -> Bool {
    var literal = dialect
    literal.quote = 0
    var spans = false
    do {
      _ = try RecordPlan(
        exactly: text, body: body, dialect: literal, width: width, fillsRagged: false,
        piece: piece, workers: workers)
    } catch is DataError {
      return false
    }
    var scanner = RecordScanner(dialect)
    try text.store.withBytes(body) { bytes in
      var at = 0
      while at < body.count && !spans {
        let outcome = scanner.scan(bytes, from: at, end: body.count, isLast: true)
        if case .unclosed = outcome { spans = true }
        if case .afterQuote = outcome { spans = true }
        spans = spans || scanner.spansLines
        at = scanner.next
      }
    }
    return spans
  }

  private mutating func exactPlan(_ width: Int) throws -> RecordPlan {
    do {
      return try RecordPlan(
        exactly: text, body: body, dialect: dialect, width: width,
        fillsRagged: options.fillsRagged, piece: piece, workers: workers)
    } catch let problem as DataError {
      guard dialect.delimiter == Byte.tab, dialect.quote != 0, options.quote == nil,
        problem.code == "unclosed-quote" || problem.code == "after-quote"
      else { throw problem }
      dialect.quote = 0
      noteLiteralQuotes()
      return try exactPlan(width)
    }
  }

  // MARK: The end

  private mutating func finished(
    _ columns: [(name: String, column: Column)], rows: Int
  ) throws -> Loaded {
    try text.store.checkUnchanged()
    let fingerprint =
      try text.fingerprint
      ?? hashes.map { Fingerprint.combined($0, count: text.store.count) }
      ?? Fingerprint.of(text.store, workers: workers)
    return Loaded(
      table: Table(columns, rowCount: rows), fingerprint: fingerprint, notes: text.notes + notes)
  }
}

extension Int {
  fileprivate func clamped(to range: Range<Int>) -> Int {
    Swift.max(range.lowerBound, Swift.min(self, range.upperBound))
  }
}
