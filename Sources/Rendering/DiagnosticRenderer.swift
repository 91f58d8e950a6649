package import Text

/// Diagnostics as people read them, with the source and a caret under the place, and as JSON.
package enum DiagnosticRenderer {
  /// Errors to tell at once; after them most are consequences.
  static let most = 5

  /// The diagnostics one after the other, without a line break at the end.
  ///
  /// `others` holds the text of other sources that diagnostics name. `firstLine` is what to call
  /// the first line of the source: the number of the input in a session, as in `input 2:17`.
  package static func text(
    _ diagnostics: [Diagnostic], source: String, name: String, style: TableStyle,
    others: [String: String] = [:], firstLine: Int = 1
  ) -> String {
    let own = SourceText(name: name, source)
    let shown = diagnostics.prefix(most)
    var blocks = shown.map { diagnostic in
      if let other = diagnostic.source, other != name {
        let text = others[other].map { SourceText(name: other, $0) }
        return DiagnosticBlock(diagnostic, other, text, firstLine: 1, style: style).lines()
      }
      return DiagnosticBlock(diagnostic, name, own, firstLine: firstLine, style: style).lines()
    }
    if diagnostics.count > shown.count {
      blocks.append(["\(style.unicode ? "…" : "...") and \(diagnostics.count - shown.count) more"])
    }
    return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
  }

  /// One object a line, every diagnostic, for `--errors json`.
  ///
  /// Lines and columns count from 1, columns in graphemes; the end is the place after the last
  /// grapheme. What there is not is null.
  package static func json(
    _ diagnostics: [Diagnostic], source: String, name: String, others: [String: String] = [:],
    firstLine: Int = 1
  ) -> String {
    let own = SourceText(name: name, source)
    return diagnostics.map { diagnostic in
      guard let other = diagnostic.source, other != name else {
        return json(diagnostic, name, own, firstLine: firstLine)
      }
      return json(
        diagnostic, other, others[other].map { SourceText(name: other, $0) }, firstLine: 1)
    }.joined(separator: "\n")
  }

  private static func json(
    _ diagnostic: Diagnostic, _ name: String, _ source: SourceText?, firstLine: Int
  ) -> String {
    var start: LineTable.Position?
    var end: LineTable.Position?
    if let source, let span = diagnostic.span {
      let place = placed(span, in: source)
      start = source.lines.position(of: place.lower)
      end = source.lines.position(of: place.upper)
    }
    func line(_ position: LineTable.Position?) -> String {
      position.map { String($0.line + firstLine - 1) } ?? "null"
    }
    return JSONText.object([
      ("severity", JSONText.string(diagnostic.severity.rawValue)),
      ("code", JSONText.string(diagnostic.code)),
      ("message", JSONText.string(diagnostic.message)),
      ("file", JSONText.string(name)),
      ("line", line(start)), ("column", start.map { String($0.column) } ?? "null"),
      ("end_line", line(end)), ("end_column", end.map { String($0.column) } ?? "null"),
      ("label", JSONText.string(diagnostic.label.isEmpty ? nil : diagnostic.label)),
      ("notes", JSONText.array(diagnostic.notes)),
      ("fix", JSONText.string(diagnostic.fix)),
    ])
  }

  /// The span within the source. An empty one after the last word stands right after that word,
  /// not on the empty lines that follow.
  static func placed(_ span: Span, in source: SourceText) -> Span {
    let size = source.bytes.count
    let lower = min(max(0, span.lower), size)
    let upper = min(max(lower, span.upper), size)
    guard lower == upper, lower > 0, source.bytes[lower...].allSatisfy({ isBlank($0) }) else {
      return Span(lower, upper)
    }
    var at = lower
    // Blanks before the place on its own line stay when there is a word before them.
    while at > 0, isBlank(source.bytes[at - 1]) { at -= 1 }
    let crossesLine = source.bytes[at..<lower].contains { $0 == 0x0a || $0 == 0x0d }
    return crossesLine && at > 0 ? Span(at, at) : Span(lower, upper)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0d).contains(byte)
  }
}

/// One diagnostic as lines.
private struct DiagnosticBlock {
  var diagnostic: Diagnostic
  var name: String
  var source: SourceText?
  var firstLine: Int
  var unicode: Bool
  var width: Int?
  var palette: Palette
  /// Of the line numbers.
  var gutter = 1
  /// What is underlined on each line of the source.
  var marks: [Mark] = []

  struct Mark {
    var line: Int
    /// Screen columns of the shown line.
    var from: Int
    var to: Int
  }

  init(
    _ diagnostic: Diagnostic, _ name: String, _ source: SourceText?, firstLine: Int,
    style: TableStyle
  ) {
    self.diagnostic = diagnostic
    self.name = name
    self.source = source
    self.firstLine = firstLine
    unicode = style.unicode
    width = style.lineWidth
    palette = Palette(isColored: style.color)
    if let source, let span = diagnostic.span {
      marks = DiagnosticBlock.marks(DiagnosticRenderer.placed(span, in: source), source.lines)
      gutter = marks.map { String($0.line + firstLine - 1).count }.max() ?? 1
    }
  }

  private var ink: Palette.Ink {
    switch diagnostic.severity {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }

  /// From the first to the last line of the span; lines of blanks between have no mark.
  private static func marks(_ span: Span, _ lines: LineTable) -> [Mark] {
    let first = lines.position(of: span.lower)
    var end = lines.position(of: span.upper)
    if end.line > first.line, end.column == 1 {
      // A span that ends with a line break ends on the line before.
      end = lines.position(of: lines.range(ofLine: end.line - 1).upper)
    }
    if first.line == end.line {
      return [Mark(line: first.line, from: first.width, to: max(end.width, first.width + 1))]
    }
    return (first.line...end.line).map { line in
      let text = lines.displayText(ofLine: line)
      let indent = text.prefix { $0 == " " }.count
      let from = line == first.line ? first.width : indent
      let to = line == end.line ? end.width : displayWidth(of: text)
      return Mark(line: line, from: from, to: max(to, line == first.line ? from + 1 : from))
    }
  }

  func lines() -> [String] {
    var lines = header()
    if source != nil, !marks.isEmpty {
      lines.append(arrow())
      lines.append(bar())
      lines += excerpt()
    } else if diagnostic.span != nil {
      lines.append(arrow())
    }
    for note in diagnostic.notes {
      for (at, part) in note.split(separator: "\n").enumerated() {
        let lead = space(gutter + 2) + (at == 0 ? "= " : "  ")
        lines += hanging(lead, String(part))
      }
    }
    return lines
  }

  private func space(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  /// A line and where it goes on, under the beginning of its text.
  private func hanging(_ lead: String, _ text: String) -> [String] {
    let size = displayWidth(of: lead)
    let room = width.map { max(1, $0 - size) }
    let parts = DisplayText.wrapped(SafeText.escaped(text), to: room)
    return parts.enumerated().map { at, part in
      let start = at == 0 ? lead : space(size)
      return width.map { $0 <= size ? part : start + part } ?? (start + part)
    }
  }

  private func header() -> [String] {
    let title = "\(diagnostic.severity.rawValue)[\(SafeText.escaped(diagnostic.code))]"
    let lines = DisplayText.wrapped(
      "\(title): \(SafeText.escaped(diagnostic.message))", to: width, indent: "  ")
    guard let first = lines.first, first.hasPrefix(title) else {
      return lines.map { palette($0, ink) }
    }
    return [palette(title, ink) + palette(String(first.dropFirst(title.count)), .bold)]
      + lines.dropFirst().map { palette($0, .bold) }
  }

  /// `--> input 2:17`, or `--> path/to.bight:2:17` as editors follow it.
  private func arrow() -> String {
    var place = SafeText.escaped(name)
    if let source, let span = diagnostic.span, let mark = marks.first {
      let column = source.lines.position(of: DiagnosticRenderer.placed(span, in: source).lower)
        .column
      let isPath = name.contains(".") || name.contains("/")
      place += "\(isPath ? ":" : " ")\(mark.line + firstLine - 1):\(column)"
    }
    let lead = space(gutter + 1) + "--> "
    guard let width else { return palette(lead, .gutter) + place }
    let room = width - displayWidth(of: lead)
    if room < 8 { return cutFront(place, to: width) }
    return palette(lead, .gutter) + cutFront(place, to: room)
  }

  /// The end of a text, since a place is told at the end.
  private func cutFront(_ text: String, to room: Int) -> String {
    if displayWidth(of: text) <= room { return text }
    var kept = Substring()
    for start in text.indices.reversed() {
      let tail = text[start...]
      if displayWidth(of: String(tail)) > max(0, room - 1) { break }
      kept = tail
    }
    return (unicode ? "…" : "~") + kept
  }

  private func bar(_ text: String = "") -> String {
    palette(space(gutter + 2) + "|", .gutter) + text
  }

  private func excerpt() -> [String] {
    guard let source else { return [] }
    var lines: [String] = []
    for (at, mark) in marks.enumerated() {
      // Of a long span the first two lines and the last.
      if marks.count > 5, at >= 2, at < marks.count - 1 {
        if at == 2 { lines.append(bar(unicode ? " …" : " :")) }
        continue
      }
      let text = source.lines.displayText(ofLine: mark.line)
      let window = window(text, mark)
      let number = String(mark.line + firstLine - 1)
      let lead = " " + space(gutter - number.count) + number + " |"
      lines.append(palette(lead, .gutter) + (window.text.isEmpty ? "" : " " + window.text))
      let isLast = at == marks.count - 1
      guard mark.to > mark.from || isLast else { continue }
      lines += underline(window.from, max(1, window.to - window.from), label: isLast ? label : "")
    }
    return lines
  }

  private var label: String {
    if diagnostic.label.isEmpty, let fix = diagnostic.fix, !fix.isEmpty { return "write `\(fix)`" }
    return diagnostic.label
  }

  /// Carets, with the label beside them, or below them where the screen ends.
  private func underline(_ from: Int, _ count: Int, label: String) -> [String] {
    let carets = palette(String(repeating: "^", count: count), ink)
    let label = SafeText.escaped(label)
    let line = bar(" " + space(from) + carets)
    if label.isEmpty { return [line] }
    let used = gutter + 4 + from + count + 1
    if used + displayWidth(of: label) <= width ?? Int.max {
      return [line + " " + palette(label, ink)]
    }
    let room = max(1, (width ?? 80) - gutter - 4)
    return [line]
      + DisplayText.wrapped(label, to: room).map { bar(" " + palette($0, ink)) }
  }

  /// The part of a long line around the mark that the screen has room for, and where the mark
  /// stands in it.
  private func window(_ text: String, _ mark: Mark) -> (text: String, from: Int, to: Int) {
    let size = displayWidth(of: text)
    guard let width else { return (text, mark.from, mark.to) }
    let room = max(1, width - gutter - 4)
    // The caret at the end of a line stands after it.
    if max(size, mark.to) <= room { return (text, mark.from, mark.to) }
    var start = 0
    if mark.to > room - 1 {
      // The mark in the middle, or its beginning at the left end when it is long.
      let spare = max(0, room - (mark.to - mark.from))
      start = mark.from - max(0, spare / 2 - 1)
      if start <= 1 { start = 0 }
    }
    var shown = start > 0 ? (unicode ? "…" : "~") : ""
    var used = start > 0 ? 1 : 0
    var at = 0
    var begin = start
    var isCut = false
    for character in text {
      let cell = displayWidth(of: String(character))
      if at >= start {
        if at == start || shown.count <= 1 { begin = min(begin, at) }
        if used + cell > room - (at + cell < size ? 1 : 0) {
          isCut = true
          break
        }
        // A wide character on the edge may leave one column over.
        if used == (start > 0 ? 1 : 0) { begin = at }
        shown.append(character)
        used += cell
      }
      at += cell
    }
    if isCut, used < room { shown += unicode ? "…" : "~" }
    let offset = (start > 0 ? 1 : 0) - begin
    let from = min(room - 1, max(0, mark.from + offset))
    let to = min(room, max(from + 1, mark.to + offset))
    return (shown, from, to)
  }
}
