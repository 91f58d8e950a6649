import Columns
import Execution
import Foundation
import Pipeline
import Sessions
import Syntax
import Testing
import Text

/// Every code of the pipeline's catalogue, by the shortest script that causes it, with the text it points to.
struct DiagnosticCodesTests {
  struct Case: CustomTestStringConvertible {
    var code: String
    var script: String
    var covered: String
    var testDescription: String { code }
    init(_ code: String, _ script: String, _ covered: String) {
      self.code = code
      self.script = script
      self.covered = covered
    }
  }

  private static let host = SealedHost([
    Field("x", .number), Field("n", .int), Field("c", .text), Field("y", .bool), Field("d", .date),
  ])
  private static let start = "t = load \"t.csv\"\n"
  private static let split = "t = load \"t.csv\" | split\nm = t | fit y ~ x, model: logistic\n"

  /// Told before any row is read.
  static let early: [Case] = [
    Case("aggregate-wanted", "t | aggregate a = x", "x"),
    Case("binding-not-taken", "t | select a = x", "a = x"),
    Case("clause-not-taken", "t | head 3 by c", "by"),
    Case("derive-in-two", "t | derive a = x, b = a - mean(a)", "derive"),
    Case("duplicate-column", "table a = [1], a = [2]", "a"),
    Case("equals-sign", "t | filter x = 3", "="),
    Case("formula-not-taken", "t | head y ~ x", "y ~ x"),
    Case("formula-term", "t | fit y ~ x * 2, model: logistic", "x * 2"),
    Case("formula-wanted", "t | fit y, model: logistic", "y"),
    Case("item-missing", "t | sort", "sort"),
    Case("item-not-taken", "t | derive x + 1", "x + 1"),
    Case("keys-wanted", "t | join t", "join"),
    Case("learned-before-boundary", "t | scale x | split", "scale x"),
    Case("mixed-types", "table a = [1, \"b\"]", "[1, \"b\"]"),
    Case("name-not-found", "u | head 1", "u"),
    Case("name-wanted", "t | join 3 on x", "3"),
    Case("no-columns", "t | drop all() | scale all()", "scale"),
    Case("no-features", "t | fit y ~ x - x, model: logistic", "y ~ x - x"),
    Case("no-parts", "t.train | head 1", "train"),
    Case("no-registry", "t | save \"model:x\"", "\"model:x\""),
    Case("one-column", "t | split stratify: numeric()", "numeric()"),
    Case("option-colon", "t | split test = 20%", "test"),
    Case("option-missing", "t | impute x", "impute"),
    Case("option-not-found", "t | head 3, sede: 1", "sede"),
    Case("option-twice", "t | split test: 20%, test: 30%", "test"),
    Case("option-value", "t | split test: 2", "2"),
    Case("options-exclude", split + "t | evaluate m, folds: 3, on: train", "train"),
    Case("part-not-found", split + "t.tests | head 1", "tests"),
    Case("path-wanted", "load 3", "3"),
    Case("recipe-cycle", "r = head 1\nr = apply r\nt | apply r", "apply r"),
    Case("recipe-as-table", "r = head 1\nr | head 2", "r"),
    Case(
      "replayed-twice",
      split + "r = t | scale x\ns = r | fit y ~ x, model: logistic\nr | predict s", "predict s"),
    Case("source-in-pipeline", "t | load \"x.csv\"", "load"),
    Case("target-as-feature", "t | fit y ~ x + y, model: logistic", "y"),
    Case("target-wanted", "t | fit x + 1 ~ n, model: linear", "x + 1"),
    Case("too-many-items", "t | head 1, 2", "2"),
    Case("unequal-lengths", "table a = [1], b = [1, 2]", "[1, 2]"),
    Case("unknown-format", "t | save \"x.xlsx\"", "\"x.xlsx\""),
    Case("value-as-table", "p = param 3\np | head 1", "p"),
    Case("verb-as-name", "head = t", "head"),
    Case("verb-not-found", "t | fliter x > 1", "fliter"),
    Case("wrong-amount", "t | head \"a\"", "\"a\""),
    Case("wrong-formula", "t | fit ~ x, model: linear", "~ x"),
    Case("wrong-kind", split + "m | head 1", "head"),
    Case("wrong-metric", split + "t | evaluate m, metrics: [rmse]", "[rmse]"),
    Case("wrong-target", "t | fit c ~ x, model: linear", "c"),
    Case("wrong-type", "t | filter x", "x"),
  ]

  /// Told when the rows are there.
  static let late: [Case] = [
    Case("check-failed", "table x = [1] | check x > 2", "table x = [1] | check x > 2"),
    Case(
      "no-rows", "table x = [1], y = [true] | filter x > 5 | fit y ~ x, model: majority",
      "fit y ~ x, model: majority"),
  ]

  /// What no script causes: a guard, and the last resort for errors of others.
  static let unreached: Set<String> = ["no-input", "failed"]

  @Test(arguments: early)
  func `a code is told by the shortest script, at the right place, before any row is read`(
    _ test: Case
  ) throws {
    let needsTable = !test.script.hasPrefix("t = ")
    let script = needsTable ? Self.start + test.script : test.script
    let told = problems(script, host: Self.host)
    #expect(told.map(\.code) == [test.code], "\(told.map { "\($0.code): \($0.message)" })")
    if let first = told.first { #expect(covered(first, script) == test.covered) }
  }

  @Test(arguments: late)
  func `a code is told when the rows are there`(_ test: Case) throws {
    let told = run(test.script).diagnostics
    #expect(told.map(\.code) == [test.code], "\(told.map { "\($0.code): \($0.message)" })")
    if let first = told.first { #expect(covered(first, test.script) == test.covered) }
  }

  @Test func `every code of the catalogue has a case`() {
    let codes = DiagnosticCatalog.pipeline.entries.map(\.code)
    let cases = Set((Self.early + Self.late).map(\.code)).union(Self.unreached)
    #expect(Set(codes).count == codes.count)
    #expect(codes.filter { !cases.contains($0) } == [])
    #expect(cases.subtracting(codes).sorted() == [])
  }

  @Test func `every code that a check uses is in the catalogue`() throws {
    let known = Set(DiagnosticCatalog.all.entries.map(\.code))
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Pipeline").standardizedFileURL
    let pattern = #/(?:\bcode: |refuse\(\s*)"(?<code>[a-z]+(?:-[a-z]+)+)"/#
    var unknown: Set<String> = []
    var count = 0
    for folder in ["Analysis", "Verbs"] {
      let path = sources.appending(path: folder).path
      for file in try FileManager.default.contentsOfDirectory(atPath: path) {
        let text = try String(contentsOfFile: path + "/" + file, encoding: .utf8)
        for match in text.matches(of: pattern) {
          count += 1
          if !known.contains(String(match.code)) { unknown.insert(String(match.code)) }
        }
      }
    }
    #expect(count > 60)
    #expect(unknown.sorted() == [])
  }

  // MARK: Checks of a whole script

  @Test func `several errors of a script are told in its order, each once`() {
    let script = """
      t = load "t.csv"
      a = t | filter xx > 1
      b = a | head 3
      b | fliter x > 1
      t | head 3, sede: 1
      t | select xx, zz
      """
    let codes = problems(script, host: Self.host).map(\.code)
    #expect(
      codes == [
        "column-not-found", "option-not-found", "column-not-found", "column-not-found",
      ]
        || codes == [
          "column-not-found", "verb-not-found", "option-not-found", "column-not-found",
          "column-not-found",
        ])
  }

  @Test func `a statement whose names failed is not told again`() {
    let script = "t = load \"t.csv\"\na = t | filter xx > 1\nb = a | sort x\nb | head 1\na"
    #expect(problems(script, host: Self.host).map(\.code) == ["column-not-found"])
  }

  @Test func `a near miss is offered, and mends the script`() throws {
    for (script, mended) in [
      ("t | fliter x > 1", "t | filter x > 1"), ("t | filter xy > 1", nil),
      ("t | split test: 20%, sede: 1", "t | split test: 20%, seed: 1"),
      ("t | fit y ~ x, model: logistc", "t | fit y ~ x, model: logistic"),
      ("tt | head 1", "t | head 1"), ("t | filter x = 3", "t | filter x == 3"),
      ("t | impute x, with: medain", "t | impute x, with: median"),
    ] as [(String, String?)] {
      let script = Self.start + script
      let told = problems(script, host: Self.host)
      #expect(told.count == 1)
      guard let mended else { continue }
      let first = try #require(told.first)
      let span = try #require(first.span)
      let fix = try #require(first.fix, "\(script)")
      var bytes = Array(script.utf8)
      bytes.replaceSubrange(span.lower..<span.upper, with: Array(fix.utf8))
      #expect(String(decoding: bytes, as: UTF8.self) == Self.start + mended)
      #expect(problems(Self.start + mended, host: Self.host).isEmpty)
    }
  }

  @Test func `a verb from elsewhere is answered with the one to use`() {
    let verbs = Set(VerbCatalog.all.map { $0.signature.name })
    for (word, verb) in ForeignWords.verbs.sorted(by: { $0.key < $1.key })
    where verbs.contains(verb) {
      let script = Self.start + "t | \(word) x"
      let told = problems(script, host: Self.host)
      #expect(told.count == 1, "\(word): \(told.map(\.code))")
      let first = told.first
      let parts: [String] = [first?.label ?? "", first?.message ?? "", first?.fix ?? ""]
      let words = (parts + (first?.notes ?? [])).joined(separator: " ")
      #expect(words.contains(verb), "\(word): \(words)")
    }
  }

  @Test func `options and values from elsewhere are answered with the one to use`() {
    for (script, word) in [
      ("load \"t.csv\", sep: \";\"", "delimiter"), ("load \"t.csv\", na_values: [\"?\"]", "nulls"),
      ("t | split test_size: 20%", "test"), ("t | split random_state: 3", "seed"),
      ("t | fit y ~ x, model: xgboost", "boosting"), ("t | fit y ~ x, model: logit", "logistic"),
      ("t | fit y ~ x, model: boosting, n_estimators: 3", "trees"),
      ("t | join t on x, how: left", "kind"), ("t | cast x, to: str", "text"),
    ] {
      let told = problems(Self.start + script, host: Self.host)
      #expect(told.count == 1, "\(script): \(told.map(\.code))")
      #expect(told.first?.label.contains("`\(word)`") == true, "\(script)")
    }
  }

  @Test func `nothing is read where a check fails, and reading is what runs otherwise`() {
    #expect(run(Self.start + "t | filter xx > 1", host: Self.host).codes == ["column-not-found"])
    #expect(run(Self.start + "t | head 1", host: Self.host).codes == ["failed"])
  }
}
