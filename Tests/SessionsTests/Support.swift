import Columns
import Execution
import Formats
import Foundation
import Learning
import Pipeline
import Sessions
import Syntax
import Testing
import Text

/// A script that has been run to its end, or to its first failure.
struct Run {
  var session: Session
  var cells: [Cell] = []
  /// What was said before anything ran.
  var refused: [Diagnostic] = []

  var diagnostics: [Diagnostic] { refused + cells.flatMap(\.diagnostics) }
  var codes: [String] { diagnostics.map(\.code) }
  var notices: [Notice] { cells.flatMap(\.notices) }
  var warnings: [String] { notices.filter { $0.weight == .warning }.map(\.text) }
  var outcome: Outcome? {
    for cell in cells.reversed() { if case .outcome(let outcome)? = cell.result { return outcome } }
    return nil
  }
}

/// Runs a script; static problems stop it before its first statement.
func run(_ script: String, threads: Int = 2, host: any Pipeline.Host = LocalHost()) -> Run {
  var options = Session.Options()
  options.threads = threads
  let session = Session(options: options, host: host)
  var all = Run(session: session)
  let replay = Replay(script, name: "test", session: session)
  _ = replay.run(refused: { all.refused = $0 }, each: { all.cells.append($0) })
  return all
}

/// What was said of a script, before or while it ran.
func diagnostics(_ script: String, host: any Pipeline.Host = LocalHost()) -> [Diagnostic] {
  run(script, host: host).diagnostics
}

/// What a script is refused for before any row is read.
func problems(_ script: String, host: any Pipeline.Host = LocalHost()) -> [Diagnostic] {
  Replay(script, name: "test", session: Session(host: host)).problems()
}

/// The table that the last statement of a script comes to.
func answer(_ script: String, threads: Int = 2, host: any Pipeline.Host = LocalHost()) throws
  -> Table
{
  let run = run(script, threads: threads, host: host)
  guard case .table(let table)? = run.outcome, run.refused.isEmpty,
    run.cells.allSatisfy({ $0.succeeded })
  else { throw Failed(words: run.diagnostics.map { "\($0.code): \($0.message)" }) }
  return table
}

/// The model that the last statement of a script comes to.
func model(_ script: String, threads: Int = 2, host: any Pipeline.Host = LocalHost()) throws
  -> Model
{
  let run = run(script, threads: threads, host: host)
  guard case .model(let model)? = run.outcome, run.refused.isEmpty,
    run.cells.allSatisfy({ $0.succeeded })
  else { throw Failed(words: run.diagnostics.map { "\($0.code): \($0.message)" }) }
  return model
}

struct Failed: Error, CustomStringConvertible {
  var words: [String]
  var description: String { words.joined(separator: "; ") }
}

extension Table {
  /// A cell in words.
  func cell(_ name: String, _ row: Int = 0) -> Value { self[name]?[row] ?? .null }
  func numbers(_ name: String) -> [Double] { (0..<rowCount).map { cell(name, $0).double ?? .nan } }
  func texts(_ name: String) -> [String] { (0..<rowCount).map { cell(name, $0).plainText } }
  /// The value of `value` in the row that has `key` in `column`.
  func value(_ column: String, where key: String, is word: String) -> Double? {
    (0..<rowCount).first { cell(key, $0).plainText == word }.flatMap { cell(column, $0).double }
  }
}

/// Small tables to learn from, written as a statement of the language.
enum Made {
  /// `x`, `z` numbers (some null in `x`), `c` text of three words, `id` whole numbers, `y` true where x + z
  /// is high, with noise; `t` a number.
  static func mixed(_ count: Int, seed: UInt64 = 1, named name: String = "raw") -> String {
    var random = RandomStream(seed: seed)
    var cells: [String: [String]] = [:]
    for row in 0..<count {
      let x = (random.uniform() * 2000).rounded() / 100
      let z = (random.uniform() * 1000).rounded() / 100
      let word = ["red", "green", "blue"][Int(random.next() % 3)]
      let noise = random.uniform() * 6
      cells["id", default: []].append("\(row * 7 + 3)")
      cells["x", default: []].append(random.uniform() < 0.1 ? "null" : "\(x)")
      cells["z", default: []].append("\(z)")
      cells["c", default: []].append("\"\(word)\"")
      cells["y", default: []].append(x + z + noise > 18 ? "true" : "false")
      cells["t", default: []].append("\(((x * 2 - z + noise) * 100).rounded() / 100)")
    }
    let lists = ["id", "x", "z", "c", "y", "t"].map {
      "\($0) = [" + (cells[$0] ?? []).joined(separator: ", ") + "]"
    }
    return "\(name) = table " + lists.joined(separator: ", ") + "\n"
  }
}

/// A host whose sources have a schema and no rows: reading one fails.
struct SealedHost: Pipeline.Host {
  let schema: Schema
  private let inner = LocalHost()

  init(_ fields: [Field]) { schema = Schema(fields) }

  struct WasRead: Error {}

  func inspect(_ request: ReadRequest, workers: Workers) throws -> Inspection {
    Inspection(schema: schema, isExact: true, notes: [], format: "csv", bytes: 0)
  }
  func read(_ request: ReadRequest, workers: Workers) throws -> ReadResult { throw WasRead() }
  func identity(of request: ReadRequest) -> UInt64 { 1 }
  func write(_ table: Table, path: String, format: String?, settings: Settings) throws {
    throw WasRead()
  }
  func write(_ model: Model, path: String) throws { throw WasRead() }
  func readModel(path: String) throws -> Model { throw WasRead() }
  func countTestLook(split: UInt64) -> Int { inner.countTestLook(split: split) }
  func now() -> Double { inner.now() }
}

/// A folder that is there for one test.
final class Folder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "bight-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
  }
}
