package import Columns
package import Formats
package import Learning

/// Runs operators. The local one is in Execution; another may send them elsewhere, so nothing above may
/// assume that rows are in this process.
package protocol Engine: Sendable {
  /// The result of an operator; `columns` names those that are read (nil for all).
  func outcome(of operation: Operator, columns: [String]?, _ run: RunContext) throws -> Outcome
}

extension Engine {
  package func table(
    of operation: Operator, columns: [String]? = nil, _ run: RunContext
  ) throws -> Table {
    guard case .table(let table) = try outcome(of: operation, columns: columns, run) else {
      throw DataError("not-a-table", "a table was wanted here")
    }
    return table
  }
}

/// What a running statement may use: everything that is not a pure function of its plan comes through here.
package struct RunContext: Sendable {
  package var engine: any Engine
  package var host: any Host
  package var workers: Workers
  package var progress: Progress
  /// Told beside the result, in order.
  package var notice: @Sendable (Notice) -> Void
  /// Shows what passes through a transparent stage in mid-pipeline.
  package var display: @Sendable (Outcome) -> Void

  package init(
    engine: any Engine, host: any Host, workers: Workers, progress: Progress = .silent,
    notice: @escaping @Sendable (Notice) -> Void = { _ in },
    display: @escaping @Sendable (Outcome) -> Void = { _ in }
  ) {
    self.engine = engine
    self.host = host
    self.workers = workers
    self.progress = progress
    self.notice = notice
    self.display = display
  }

  package func tell(_ text: String, details: [String] = []) {
    notice(Notice(.note, text, details: details))
  }

  package func warn(_ text: String, details: [String] = []) {
    notice(Notice(.warning, text, details: details))
  }
}

/// The outside world: files, and what is remembered between statements. Pipeline itself does no input or output.
package protocol Host: Sendable {
  /// Names and types, from a sample where the source is large.
  func inspect(_ request: ReadRequest, workers: Workers) throws -> Inspection
  /// Reads a source whole.
  func read(_ request: ReadRequest, workers: Workers) throws -> ReadResult
  /// Something that changes when the source does (path, size, time); cheap.
  func identity(of request: ReadRequest) -> UInt64
  func write(_ table: Table, path: String, format: String?, settings: Settings) throws
  func write(_ model: Model, path: String) throws
  func readModel(path: String) throws -> Model
  /// Counts one look at the test rows of a split, and says how many there have been.
  func countTestLook(split: UInt64) -> Int
  /// Milliseconds of a clock that only goes forward.
  func now() -> Double
}
