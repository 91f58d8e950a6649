package import Learning
package import Columns
package import Execution
package import Pipeline
package import Syntax
package import Text
import Synchronization

/// A notebook: names, cells and what they came to. The REPL, headless runs, a server and tests all use it.
package final class Session {
  package struct Options: Sendable {
    package var seed: UInt64 = 0
    package var threads: Int = 2
    /// Texts given by `--set name=value`.
    package var given: [String: String] = [:]
    /// Refuses results that cannot be shown, before their statement counts as done.
    package var examine: @Sendable (Outcome) throws -> Void = { _ in }
    package init() {}
  }

  package let options: Options
  package let host: any Host
  package let engine: LocalEngine
  package let cancellation = Cancellation()
  package private(set) var names: [String: Binding] = [:]
  package private(set) var cells: [Cell] = []
  /// Which cell a name was bound by.
  private var makers: [String: Int] = [:]
  /// Texts that diagnostics may point into, by name.
  package private(set) var sources: [String: String] = [:]
  /// How far a running stage is; set by whoever shows it.
  package var progress: Progress = .silent

  package init(options: Options = Options(), host: any Host = LocalHost()) {
    self.options = options
    self.host = host
    engine = LocalEngine()
  }

  package var workers: Workers {
    Workers(threads: options.threads, cancellation: cancellation)
  }

  /// Values for `$name`.
  package var values: [String: Value] {
    names.compactMapValues { if case .value(let value) = $0 { value } else { nil } }
  }

  package func register(source: String, name: String) { sources[name] = source }

  // MARK: Checking

  /// What a statement would do, against the names of now or the given ones.
  package func checked(
    _ statement: StatementSyntax, source: String, number: Int, names: [String: Binding]? = nil
  ) -> CheckedStatement {
    let isNow = names == nil
    let names = names ?? self.names
    var checker = Checker(
      names: names,
      values: names.compactMapValues { if case .value(let value) = $0 { value } else { nil } },
      host: host, workers: workers, seed: options.seed,
      place: Place(statement: number, source: source, span: statement.span))
    if isNow { checker.recipeSources = makers.mapValues { cells[$0 - 1].source } }
    checker.overrides = overrides(statement, checker)
    checker.text = Array((sources[source] ?? "").utf8)
    return Analyzer.check(statement, checker)
  }

  /// Values from the command line, read by the type of the parameter's default.
  private func overrides(_ statement: StatementSyntax, _ checker: Checker) -> [String: Value] {
    guard let name = statement.name?.text, let text = options.given[name],
      let standard = ScriptParameters.standard(of: statement, values: checker.values)
    else { return [:] }
    guard let value = ScriptParameters.value(text, like: standard) else { return [:] }
    return [name: value]
  }

  /// Checks a whole script without reading rows: diagnostics in the order of the script.
  package func check(_ script: ScriptSyntax, source: String) -> [Diagnostic] {
    var names = self.names
    var all: [Diagnostic] = []
    var saves = false
    for (number, statement) in script.statements.enumerated() {
      let checked = checked(statement, source: source, number: number + 1, names: names)
      let expected = statement.expectedFailure
      let isExpected = expected != nil && checked.diagnostics.contains { $0.code == expected }
      // A file that an earlier statement writes is not there yet.
      let isLater = saves && checked.diagnostics.allSatisfy { $0.code == "file-not-found" }
      if !isExpected && !isLater { all.append(contentsOf: checked.diagnostics) }
      if let name = checked.name, !isExpected { names[name] = checked.binding }
      saves = saves || statement.pipeline.stages.contains { $0.verb.text == "save" }
    }
    return all
  }

  // MARK: Running

  /// Runs one statement and keeps it as a cell. An assignment is looked at only if `previews` says so; a model
  /// is fitted in any case.
  package func run(
    _ statement: StatementSyntax, source: String, previews: Bool
  ) -> Cell {
    let number = cells.count + 1
    let started = host.now()
    let collector = Collector()
    var cell = Cell(
      number: number, statement: statement, source: source, dependsOn: dependencies(of: statement))
    do {
      let checked = try resolve(statement, source: source, number: number, collector)
      cell.diagnostics = checked.diagnostics
      guard checked.isFine else { throw Refused() }
      let result = try result(of: checked, previews: previews, collector)
      for outcome in collector.shown { try options.examine(outcome) }
      if case .outcome(let outcome) = result { try options.examine(outcome) }
      cell.result = result
      if let name = checked.name {
        names[name] = checked.binding
        makers[name] = number
      }
      cell.succeeded = true
    } catch {
      cell.note(error, place: Place(statement: number, source: source, span: statement.span))
    }
    cell.notices = collector.notices
    cell.shown = collector.shown
    cell.milliseconds = host.now() - started
    cells.append(cell)
    return cell
  }

  /// Checks a statement; where a source was only sampled so far it is read first, so that types are exact.
  private func resolve(
    _ statement: StatementSyntax, source: String, number: Int, _ collector: Collector
  ) throws -> CheckedStatement {
    let first = checked(statement, source: source, number: number)
    guard let node = first.node ?? partialLoad(statement, source, number) else { return first }
    let sampled = node.chain.filter { $0.verb is any SourceVerb && !$0.flow.isExact }
    guard !sampled.isEmpty else { return first }
    for load in sampled {
      _ = try engine.outcome(of: load.lowered(), columns: nil, context(collector))
    }
    return checked(statement, source: source, number: number)
  }

  /// The load that a statement begins with, where the rest of it was refused for types that were guessed.
  private func partialLoad(
    _ statement: StatementSyntax, _ source: String, _ number: Int
  ) -> Node? {
    guard case .stage(let stage) = statement.pipeline.head, stage.verb.text == "load" else {
      return nil
    }
    var alone = statement
    alone.pipeline.stages = []
    return checked(alone, source: source, number: number).node
  }

  private func result(
    of checked: CheckedStatement, previews: Bool, _ collector: Collector
  ) throws -> Cell.Result {
    switch checked.binding {
    case .value(let value): return .outcome(.value(value))
    case .recipe(let stages): return .recipe(stages.map { Formatter.text(of: $0) })
    case .failed: throw Refused()
    case .node(let node):
      let isAssignment = checked.name != nil
      guard !isAssignment || previews || node.flow.kind == .model || node.actsAtOnce else {
        return .deferred
      }
      let outcome = try engine.outcome(
        of: node.lowerable, columns: nil, context(collector))
      return .outcome(outcome)
    }
  }

  private func context(_ collector: Collector) -> RunContext {
    RunContext(
      engine: engine, host: host, workers: workers, progress: progress,
      notice: { collector.add($0) }, display: { collector.show($0) })
  }

  /// Cells that a statement reads from: those that bound the names it mentions.
  private func dependencies(of statement: StatementSyntax) -> Set<Int> {
    Set(statement.mentionedNames.compactMap { makers[$0] })
  }

  /// Takes a name away, as if it had never been bound.
  package func forget(name: String) {
    names[name] = nil
    makers[name] = nil
  }
}

extension Node {
  /// Whether the pipeline saves, checks or shows something on its way to a name: that is not put off until
  /// somebody reads the name.
  fileprivate var actsAtOnce: Bool {
    chain.contains {
      $0.verb is any ActingVerb && $0.place.statement == place.statement
        && $0.place.source == place.source
    }
  }
}

/// Gathers what a running statement tells.
private final class Collector: Sendable {
  private let state = Mutex((notices: [Notice](), shown: [Outcome]()))
  func add(_ notice: Notice) {
    state.withLock { if !$0.notices.contains(notice) { $0.notices.append(notice) } }
  }
  func show(_ outcome: Outcome) { state.withLock { $0.shown.append(outcome) } }
  var notices: [Notice] { state.withLock { $0.notices } }
  var shown: [Outcome] { state.withLock { $0.shown } }
}
