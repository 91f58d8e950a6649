import Columns
import Glibc
import Pipeline
import Rendering
import Sessions
import Text

/// How entries of the REPL are registered with the session.
enum InputName {
  static func of(_ entry: Int) -> String { "input \(entry)" }

  static func number(of source: String) -> Int? {
    source.hasPrefix("input ") ? Int(source.dropFirst(6)) : nil
  }
}

/// Writes what cells came to: results to standard output, everything else to standard error.
struct Printer {
  var format: OutputFormat
  var errors: ErrorFormat
  var quiet: Bool
  var style: TableStyle
  var errorStyle: TableStyle

  init(_ options: CommonOptions) {
    format = options.format
    errors = options.errors
    quiet = options.quiet
    style = options.style(of: STDOUT_FILENO)
    errorStyle = options.style(of: STDERR_FILENO)
  }

  func show(_ outcome: Outcome) {
    if let machine = format.machine {
      guard let table = OutcomeRenderer.table(outcome) else { return }
      machine.write(table) { Output.write($0) }
    } else if let text = OutcomeRenderer.text(outcome, style: style) {
      Output.line(text)
    }
    if case .done(let words) = outcome, !quiet { Output.problem(words) }
  }

  func tell(_ notices: [Notice]) {
    guard !quiet else { return }
    let palette = Palette(isColored: errorStyle.color)
    for notice in notices {
      let word =
        notice.weight == .warning ? palette("warning:", .warning) : palette("note:", .note)
      Output.problem("\(word) \(SafeText.escaped(notice.text))")
      for detail in notice.details { Output.problem("  \(SafeText.escaped(detail))") }
    }
  }

  func tell(_ diagnostics: [Diagnostic], in session: Session, source: String) {
    guard !diagnostics.isEmpty else { return }
    if let entry = InputName.number(of: source) {
      tell(diagnostics, in: session, entry: entry)
    } else {
      tell(diagnostics, in: session, source: source, name: source, firstLine: 1)
    }
  }

  /// What is wrong in entries of the REPL, each called by its number: `input 2:17`.
  private func tell(_ diagnostics: [Diagnostic], in session: Session, entry: Int) {
    var rest = diagnostics[...]
    while let first = rest.first {
      let source = first.source ?? InputName.of(entry)
      let together = rest.prefix { ($0.source ?? InputName.of(entry)) == source }
      rest = rest.dropFirst(together.count)
      let number = InputName.number(of: source)
      let shown = together.map { diagnostic in
        var diagnostic = diagnostic
        diagnostic.source = nil
        return diagnostic
      }
      tell(
        shown, in: session, source: source, name: number == nil ? source : "input",
        firstLine: number ?? 1)
    }
  }

  private func tell(
    _ diagnostics: [Diagnostic], in session: Session, source: String, name: String, firstLine: Int
  ) {
    let text = session.sources[source] ?? ""
    let rendered =
      errors == .json
      ? DiagnosticRenderer.json(
        diagnostics, source: text, name: name, others: session.sources, firstLine: firstLine)
      : DiagnosticRenderer.text(
        diagnostics, source: text, name: name, style: errorStyle, others: session.sources,
        firstLine: firstLine)
    Output.problem(rendered)
  }

  /// What a headless run prints of a cell.
  func print(_ cell: Cell, in session: Session) {
    tell(cell.notices)
    for outcome in cell.printed { show(outcome) }
    tell(cell.diagnostics, in: session, source: cell.source)
    if cell.wasCancelled { Output.problem("cancelled") }
  }
}
