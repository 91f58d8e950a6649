import Execution
import ArgumentParser
import Columns
import Glibc
import LineEditing
import Rendering
import Sessions
import Syntax

/// One script, run from its first statement to its last or to its first error.
struct Headless {
  let options: CommonOptions

  func run(_ source: String, name: String) throws -> Never {
    let session = options.session()
    let progressLine = ProgressLine.ifSeen(options)
    if let progressLine { session.progress = progressLine.progress }
    let printer = Printer(options)
    var replay = Replay(source, name: name, session: session)
    if let progressLine { replay.around = { progressLine.during($0) } }
    try refuseUnknownParameters(ScriptParameters(replay.parsed.script))
    try? Interrupts.shared.install()
    let end = Interrupts.shared.whileRunning(session.cancellation) {
      replay.run {
        printer.tell($0, in: session, source: name)
      } each: { cell in
        // An error that the script expects is not told.
        var cell = cell
        if !cell.succeeded, cell.failure == cell.statement.expectedFailure { cell.diagnostics = [] }
        printer.print(cell, in: session)
      }
    }
    try TimingsFile.write(session, to: options.timings)
    throw ExitCode(Self.status(of: end))
  }

  static func status(of end: Replay.End) -> Int32 {
    switch end {
    case .finished: Status.fine
    case .unreadable: Status.usage
    case .failed: Status.failed
    case .checkFailed: Status.differs
    case .cancelled: Status.interrupted
    }
  }

  /// A value for a parameter that no statement declares, or that it cannot have, is a mistake in the call.
  private func refuseUnknownParameters(_ parameters: ScriptParameters) throws {
    for pair in options.set {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard let declared = parameters.declared.first(where: { $0.name == name }) else {
        let known = parameters.declared.map(\.name)
        throw CallProblem(
          code: "parameter-not-found",
          message: known.isEmpty
            ? "the script declares no parameters, so '\(name)' cannot be set"
            : "the script has no parameter '\(name)'; it has: " + known.joined(separator: ", "))
      }
      guard ScriptParameters.value(String(parts[1]), like: declared.standard) != nil else {
        throw CallProblem(
          code: "wrong-type",
          message:
            "'\(parts[1])' cannot be read like \(CellText.plain(declared.standard)), the default of '\(name)'"
        )
      }
    }
  }
}

/// One JSON line a stage.
enum TimingsFile {
  static func write(_ session: Session, to path: String?) throws {
    guard let path else { return }
    var text = ""
    for stage in session.engine.timings.stages {
      text += JSONText.object([
        ("statement", "\(stage.statement)"), ("stage", JSONText.string(stage.stage)),
        ("rows", "\(stage.rows)"),
        ("ms", "\((stage.milliseconds * 1_000).rounded() / 1_000)"), ("bytes", "\(stage.bytes)"),
      ])
      text += "\n"
    }
    try TextFile.write(text, to: path)
  }
}
