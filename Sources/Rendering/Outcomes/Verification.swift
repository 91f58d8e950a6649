package import Sessions
import Syntax
package import Text

/// A script replayed and compared with what it has recorded.
package struct Verification: Sendable {
  package struct Difference: Sendable {
    /// 1-based number of the statement.
    package var statement: Int
    /// 1-based line of the script.
    package var line: Int
    package var expected: String?
    package var actual: String?
  }

  package private(set) var compared = 0
  package private(set) var differences: [Difference] = []
  package private(set) var end = Replay.End.finished
  package private(set) var diagnostics: [Diagnostic] = []
  /// The script with what came now in the place of what was recorded.
  package private(set) var updated: String

  package var isFine: Bool { end == .finished && differences.isEmpty }

  /// Runs the whole script. `updating` notes for every statement that prints what it prints.
  package init(_ source: String, name: String, session: Session, updating: Bool = false) {
    let replay = Replay(source, name: name, session: session)
    let lines = LineTable(Array(source.utf8))
    var recordings: [[String]] = []
    updated = source
    var compared = 0
    var differences: [Difference] = []
    var diagnostics: [Diagnostic] = []
    var statements = replay.parsed.script.statements
    let end = replay.run(stopAtError: !updating) {
      diagnostics.append(contentsOf: $0)
    } each: { cell in
      recordings.append(Self.recording(of: cell))
      if !cell.succeeded, cell.failure != cell.statement.expectedFailure {
        diagnostics.append(contentsOf: cell.diagnostics)
      }
      guard !cell.statement.recorded.isEmpty else { return }
      compared += 1
      if let found = Self.compare(cell, lines, number: recordings.count) {
        differences.append(found)
      }
    }
    self.compared = compared
    self.differences = differences
    self.diagnostics = diagnostics
    self.end = end
    guard updating, recordings.count == statements.count else { return }
    for (index, recording) in recordings.enumerated() {
      statements[index].recorded = Self.merged(recording, into: statements[index].recorded)
    }
    var script = replay.parsed.script
    script.statements = statements
    updated = Formatter.format(script)
  }

  private static func recording(of cell: Cell) -> [String] {
    if let failure = cell.failure, !cell.succeeded { return ["#>! \(failure)"] }
    return cell.recordedLines.map { $0.isEmpty ? "#>" : "#> \($0)" }
  }

  private static func compare(_ cell: Cell, _ lines: LineTable, number: Int) -> Difference? {
    let recorded = cell.statement.recorded
    let place = { (index: Int) -> Int in
      let span = recorded[min(index, recorded.count - 1)].span
      return lines.position(of: span.lower).line
    }
    if let expected = cell.statement.expectedFailure {
      guard cell.failure != expected else { return nil }
      return Difference(
        statement: number, line: place(0), expected: "error \(expected)",
        actual: cell.failure.map { "error \($0)" } ?? "no error")
    }
    let outputs = recorded.filter { $0.kind == .output }
    let expected = outputs.map { String($0.text.dropFirst(2)).droppingOneSpace }
    guard
      let found = Recording.compare(
        expected: expected, actual: cell.recordedLines, tolerance: tolerance(recorded))
    else { return nil }
    let at = recorded.firstIndex { $0.kind == .output } ?? 0
    return Difference(
      statement: number, line: place(at + found.line), expected: found.expected,
      actual: found.actual)
  }

  /// The share that `#>~ 2%` allows.
  private static func tolerance(_ recorded: [CommentSyntax]) -> Double? {
    guard let line = recorded.first(where: { $0.kind == .tolerance }) else { return nil }
    let text = String(line.text.dropFirst(3)).trimmed
    guard text.hasSuffix("%"), let percent = Double(text.dropLast()) else { return nil }
    return percent / 100
  }

  /// New lines, with the tolerance that was there. A block with `…` is left as it was written.
  private static func merged(
    _ lines: [String], into recorded: [CommentSyntax]
  ) -> [CommentSyntax] {
    if recorded.contains(where: { $0.kind == .output && $0.text.trimmed == "#> …" }) {
      return recorded
    }
    let kept = recorded.filter { $0.kind == .tolerance && !lines.isEmpty }
    return kept
      + lines.map {
        CommentSyntax(
          kind: $0.hasPrefix("#>!") ? .failure : .output, text: $0, span: Span(0, 0),
          trailsCode: false, blankBefore: false)
      }
  }
}

extension String {
  fileprivate var droppingOneSpace: String { hasPrefix(" ") ? String(dropFirst()) : self }
}
