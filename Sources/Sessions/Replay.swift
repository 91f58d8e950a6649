import Pipeline
package import Syntax
package import Text

/// A script run from its first statement to its last or to its first error.
package struct Replay {
  package enum End: Sendable, Equatable {
    case finished
    /// The text could not be read.
    case unreadable
    /// A statement was refused or failed.
    case failed
    /// A `check` did not hold.
    case checkFailed
    case cancelled
  }

  package let session: Session
  package let source: String
  package let name: String
  package let parsed: Parsed
  /// Called for every statement with the work to do.
  package var around: ((() -> Cell) -> Cell)?

  package init(_ source: String, name: String, session: Session) {
    self.session = session
    self.source = source
    self.name = name
    parsed = Parser.parse(source)
    session.register(source: source, name: name)
  }

  /// Everything that can be said before any row is read.
  package func problems() -> [Diagnostic] {
    parsed.diagnostics.isEmpty
      ? session.check(parsed.script, source: name) : parsed.diagnostics
  }

  /// Runs the statements; `each` is called after every one. Static problems are given to `refused` first, and
  /// then nothing runs.
  package func run(
    stopAtError: Bool = true, refused: ([Diagnostic]) -> Void, each: (Cell) -> Void
  ) -> End {
    guard parsed.diagnostics.allSatisfy({ $0.severity != .error }) else {
      refused(parsed.diagnostics)
      return .unreadable
    }
    let problems = problems().filter { $0.severity == .error }
    guard problems.isEmpty else {
      refused(problems)
      return .failed
    }
    var end = End.finished
    for statement in parsed.script.statements {
      let run = { session.run(statement, source: name, previews: false) }
      let cell = around?(run) ?? run()
      each(cell)
      if cell.succeeded || cell.failure == statement.expectedFailure { continue }
      end = cell.wasCancelled ? .cancelled : cell.checkFailed ? .checkFailed : .failed
      if stopAtError || cell.wasCancelled { return end }
    }
    return end
  }
}
