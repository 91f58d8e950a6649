import Columns
import Glibc
import Pipeline
import Rendering
import Sessions
import Text

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

  func tell(_ diagnostics: [Diagnostic], in session: Session, source: String, firstLine: Int = 1) {
    guard !diagnostics.isEmpty else { return }
    let text = session.sources[source] ?? ""
    let rendered =
      errors == .json
      ? DiagnosticRenderer.json(
        diagnostics, source: text, name: source, others: session.sources, firstLine: firstLine)
      : DiagnosticRenderer.text(
        diagnostics, source: text, name: source, style: errorStyle, others: session.sources,
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
