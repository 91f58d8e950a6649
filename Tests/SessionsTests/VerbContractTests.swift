import Columns
import Execution
import Foundation
import Pipeline
import Sessions
import Syntax
import Testing
import Text

/// What every verb of the catalogue keeps to.
struct VerbContractTests {
  /// Stages over `raw`, one or more for each verb; sources and models are whole scripts.
  static let stages: [(verb: String, stage: String)] = [
    ("head", "head 2"), ("tail", "tail 2"), ("describe", "describe"), ("count", "count"),
    ("count", "count by c"), ("show", "show"), ("plot", "plot x by y, kind: histogram"),
    ("filter", "filter x > 3"), ("sort", "sort -x, c"), ("top", "top 2, x"),
    ("top", "top 1, x by c"), ("sample", "sample 50%"), ("distinct", "distinct c"),
    ("select", "select numeric()"), ("drop", "drop x, c"), ("rename", "rename new = x"),
    ("derive", "derive a = x * 2, b = upper(c), k = id + 1, s = id / 2"),
    ("derive", "derive a = x - mean(x), b = count() by c"), ("cast", "cast id, to: text"),
    ("cast", "cast x, to: text"), ("replace", "replace c, old: \"red\", with: \"r\""),
    ("fill", "fill x, with: 0"),
    ("aggregate", "aggregate n = count(), m = mean(x), s = sum(id), w = min(c), u = sd(x) by y"),
    ("aggregate", "aggregate n = count(), m = mean(x), s = sum(id), w = max(c), q = median(z)"),
    ("join", "join raw on id"), ("join", "join raw on c, kind: left"),
    ("join", "join raw on id, kind: full"), ("join", "join raw on id, kind: anti"),
    ("append", "append raw"), ("check", "check z >= 0"),
    ("impute", "impute x, with: median"), ("impute", "impute x, with: mean"),
    ("impute", "impute c, with: mode"), ("scale", "scale z"), ("scale", "scale x, method: robust"),
    ("scale", "scale id, method: minmax"), ("encode", "encode c, method: onehot"),
    ("encode", "encode c, method: ordinal"), ("encode", "encode c, method: frequency"),
    ("apply", "apply prep"), ("split", "split test: 30%"),
    ("split", "split test: 30%, stratify: y"),
    ("split", "split test: 30%, group: c"), ("split", "split test: 30%, order: z"),
    ("fit", "fit t ~ z + c, model: linear"), ("fit", "fit y ~ z, model: logistic"),
    ("fit", "fit y ~ ., model: boosting, trees: 3"), ("fit", "fit ~ z, model: kmeans, clusters: 2"),
    ("fit", "fit y ~ z, model: majority"), ("fit", "fit t ~ z, model: mean"),
    ("predict", "predict numbers"), ("predict", "predict classes"),
    ("predict", "predict classes, classes: all"), ("predict", "predict clusters"),
    ("evaluate", "evaluate numbers"), ("evaluate", "evaluate classes"),
    ("evaluate", "evaluate classes, show: confusion"), ("evaluate", "evaluate numbers, folds: 2"),
    ("evaluate", "evaluate classes by c"), ("compare", "compare numbers"),
    ("compare", "compare classes, folds: 2"), ("explain", "fit t ~ z, model: linear | explain"),
    ("explain", "fit y ~ z + c, model: boosting, trees: 3 | explain"),
    ("load", "count"), ("table", "count"), ("param", "head $few"), ("save", "save \"out.csv\""),
  ]

  static let start =
    Made.mixed(60, seed: 9) + """
      few = param 2
      prep = impute x, with: mean | scale z
      train = raw
      numbers = train | fit t ~ z + c, model: linear
      classes = train | fit y ~ z + c, model: logistic
      clusters = train | fit ~ z, model: kmeans, clusters: 2

      """

  @Test func `every verb has a stage here`() {
    let verbs = Set(Self.stages.map(\.verb))
    #expect(VerbCatalog.all.map { $0.signature.name }.filter { !verbs.contains($0) } == [])
  }

  @Test(arguments: ["filter z > 1000", "head 1", "head 2", "filter x is null", "head 60"])
  func `few rows or none are answered or refused in words`(_ rows: String) throws {
    let folder = try Folder()
    let host = LocalHost(folder: folder.path)
    let session = Session(host: host)
    for statement in Parser.parse(Self.start + "few_rows = raw | \(rows)\n").script.statements {
      _ = session.run(statement, source: "start", previews: false)
    }
    for (_, stage) in Self.stages {
      let parsed = Parser.parse("few_rows | \(stage)")
      let statement = try #require(parsed.script.statements.first)
      let foretold = session.checked(statement, source: "test", number: 99)
      let cell = session.run(statement, source: "test", previews: false)
      let errors = cell.diagnostics.filter { $0.severity == .error }
      #expect(cell.succeeded == errors.isEmpty, "\(rows) | \(stage)")
      for error in errors {
        #expect(error.code != "failed", "\(rows) | \(stage): \(error.message)")
        #expect(!error.message.isEmpty && error.span != nil, "\(rows) | \(stage)")
      }
      if rows == "head 60" { #expect(errors.isEmpty, "\(stage): \(errors.map(\.message))") }
      guard case .outcome(.table(let table))? = cell.result, let flow = foretold.node?.flow else {
        continue
      }
      let known = flow.schema.fields.count
      if flow.isExact, flow.open.isEmpty {
        #expect(table.schema == flow.schema, "\(rows) | \(stage)")
      } else if flow.isExact {
        #expect(
          flow.schema.fields.allSatisfy { table.schema.type(of: $0.name) == $0.type }
            && table.schema.names.filter { !flow.schema.contains($0) }.allSatisfy { name in
              flow.open.contains { name.hasPrefix($0) }
            }, "\(rows) | \(stage): \(known)")
      }
    }
  }

  /// Bytes of scripts, broken in small ways.
  @Test func `five thousand broken scripts are parsed and checked`() throws {
    let repository = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../..").standardizedFileURL.path
    let host = LocalHost(folder: repository)
    let scripts = VerbCatalog.all.flatMap { $0.signature.examples.map { Array($0.script.utf8) } }
    let pieces = [
      "|", "(", ")", "[", "]", "~", "=", ":", ",", "..", "-", "null", "by", "on", "not", "1e400",
      "9223372036854775807", "\"", "`", "$", "@2024", "20%", "all()", "mean(", "\u{e9}", "\n",
      " ", "filter", "fit", "split", "0", "-1", "true", "is", "in", "{", ";",
    ].map { Array($0.utf8) }
    var random = RandomStream(seed: 20)
    func draw(_ count: Int) -> Int { Int(random.next() % UInt64(max(1, count))) }
    var told = 0
    for _ in 0..<5_000 {
      var bytes = scripts[draw(scripts.count)]
      for _ in 0...draw(3) where !bytes.isEmpty {
        let at = draw(bytes.count)
        switch draw(5) {
        case 0: bytes.remove(at: at)
        case 1: bytes.removeSubrange(at..<min(bytes.count, at + 1 + draw(12)))
        case 2: bytes.insert(contentsOf: pieces[draw(pieces.count)], at: at)
        case 3: bytes[at] = UInt8(32 + draw(95))
        default:
          let other = scripts[draw(scripts.count)]
          let from = draw(other.count)
          bytes.insert(contentsOf: other[from..<min(other.count, from + draw(30))], at: at)
        }
      }
      // The standard input is not for tests.
      let source = String(decoding: bytes, as: UTF8.self)
      guard !source.contains("\"-\"") else { continue }
      let parsed = Parser.parse(source)
      let session = Session(host: host)
      session.register(source: source, name: "test")
      let all = parsed.diagnostics + session.check(parsed.script, source: "test")
      told += all.isEmpty ? 0 : 1
      for diagnostic in all {
        #expect(!diagnostic.message.isEmpty && diagnostic.code != "failed", "\(source)")
        if let span = diagnostic.span, diagnostic.source == nil {
          #expect(span.upper <= source.utf8.count, "\(source)")
        }
      }
    }
    #expect(told > 2_500)
  }
}
