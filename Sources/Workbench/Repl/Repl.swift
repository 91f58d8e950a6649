import ArgumentParser
import Columns
import Glibc
import LineEditing
import Pipeline
import Rendering
import Sessions
import Syntax
import Text

/// The interactive session on a terminal.
final class Repl {
  let options: CommonOptions
  let session: Session
  var printer: Printer
  private var history: HistoryFile?
  private var editor: LineEditor?
  /// Entries so far, for the names of sources in messages.
  private var entries = 0
  var isLeaving = false
  private let progressLine: ProgressLine?
  /// The last table that was shown, for `.last`.
  var lastShown: Outcome?

  init(options: CommonOptions) {
    self.options = options
    session = options.session()
    printer = Printer(options)
    progressLine = ProgressLine.ifSeen(options)
    if let progressLine { session.progress = progressLine.progress }
  }

  func run() throws {
    let history = HistoryFile.standard()
    self.history = history
    let completer = Completer(session: session)
    let isColored = printer.style.color
    let callbacks = EditorCallbacks(
      isComplete: { Self.isComplete($0) },
      complete: { text, offset in completer.complete(text, at: offset) },
      highlight: isColored ? { Coloring.ranges(of: $0) } : nil)
    let editor: LineEditor
    do {
      editor = try LineEditor(
        prompt: "bight> ", history: history, callbacks: callbacks, color: isColored)
    } catch {
      throw ValidationError("the terminal cannot be used: \(error)")
    }
    self.editor = editor
    if !options.quiet { Output.line("bight \(Version.text) · ? for help") }
    while !isLeaving {
      switch editor.readStatement() {
      case .text(let text): enter(text)
      case .interrupted: continue
      case .end: isLeaving = true
      case .failed(let number):
        Output.problem("the terminal cannot be read: \(String(cString: strerror(number)))")
        throw ExitCode(Status.failed)
      }
    }
    try TimingsFile.write(session, to: options.timings)
  }

  /// One entry: a dot-command, a question, or statements.
  func enter(_ text: String) {
    let entry = text.trimmed
    if entry.isEmpty { return }
    if entry.hasPrefix("?") {
      help(String(entry.dropFirst()).trimmed)
    } else if entry.hasPrefix(".") && !entry.hasPrefix("..") {
      CommandCatalog.run(entry, in: self)
    } else {
      run(extended(text))
    }
  }

  func help(_ topic: String) {
    Output.line(HelpPages.page(topic) ?? HelpPages.unknown(topic))
  }

  /// A leading `|` goes on with the statement before it, its name included.
  private func extended(_ text: String) -> String {
    guard text.trimmed.hasPrefix("|"), let last = session.cells.last(where: \.succeeded) else {
      return text
    }
    var statement = last.statement
    statement.leading = []
    statement.recorded = []
    return Formatter.text(of: statement) + "\n  " + text.trimmed
  }

  private func run(_ text: String) {
    entries += 1
    let name = InputName.of(entries)
    session.register(source: text, name: name)
    let parsed = Parser.parse(text)
    guard parsed.diagnostics.allSatisfy({ $0.severity != .error }) else {
      printer.tell(parsed.diagnostics, in: session, source: name)
      return
    }
    for statement in parsed.script.statements {
      let cell = Interrupts.shared.whileRunning(session.cancellation) {
        let run = { self.session.run(statement, source: name, previews: true) }
        return progressLine?.during(run) ?? run()
      }
      session.cancellation.reset()
      show(cell)
      if !cell.succeeded { return }
    }
  }

  private func show(_ cell: Cell) {
    for outcome in cell.shown { printer.show(outcome) }
    printer.tell(cell.notices)
    switch cell.result {
    case .outcome(let outcome)?:
      lastShown = outcome
      if let name = cell.name { preview(outcome, name: name, cell) } else { printer.show(outcome) }
    case .recipe(let stages)?:
      Output.line("\(cell.name ?? "recipe")  recipe: " + stages.joined(separator: " | "))
    case .deferred?, nil: break
    }
    printer.tell(cell.diagnostics, in: session, source: cell.source)
    if cell.wasCancelled { Output.problem("cancelled; every name is as it was") }
  }

  private func preview(_ outcome: Outcome, name: String, _ cell: Cell) {
    switch outcome {
    case .table(let table):
      Output.line(
        TableRenderer.preview(
          table.slice(0..<min(table.rowCount, TableRenderer.previewRows)), name: name,
          rowCount: table.rowCount, milliseconds: cell.milliseconds, style: printer.style))
    default: printer.show(outcome)
    }
  }

  static func isComplete(_ text: String) -> Bool {
    let entry = text.trimmed
    if entry.hasPrefix("?") || (entry.hasPrefix(".") && !entry.hasPrefix("..")) { return true }
    return !Parser.parse(text).needsMore
  }
}
