import Columns
import Execution
import Foundation
import Learning
import Pipeline
import Sessions
import Testing
import Text

/// Models that go to a file and come back.
struct ModelFileTests {
  static let raw = Made.mixed(90, seed: 6)
  static let look = "look = table c = [\"red\", \"green\", \"blue\"], w = [1.5, 2.5, null]\n"

  /// Every learner, every transform and every kind of step, as stages that end in a fit.
  static let pipelines = [
    "fit t ~ z + c, model: linear", "fit y ~ z + c, model: logistic",
    "fit c ~ z + t, model: logistic", "fit t ~ x + z + c, model: boosting, trees: 5",
    "fit y ~ x + z + c, model: boosting, trees: 5", "fit c ~ z, model: boosting, trees: 3",
    "fit ~ z + t, model: kmeans, clusters: 3", "fit y ~ z, model: majority",
    "fit t ~ z, model: mean",
    "impute x, with: median | fit t ~ x, model: linear",
    "impute x, with: mean | fit t ~ x, model: linear",
    "impute c, with: mode | fit t ~ c, model: linear",
    "impute x, with: constant, value: 4 | fit t ~ x, model: linear",
    "scale z, method: standard | fit t ~ z, model: linear",
    "scale z, method: minmax | fit t ~ z, model: linear",
    "scale z, method: maxabs | fit t ~ z, model: linear",
    "scale z, method: robust | fit t ~ z, model: linear",
    "encode c, method: onehot | fit t ~ . - id - y - x, model: linear, l2: 1",
    "encode c, method: ordinal | fit t ~ c, model: linear",
    "encode c, method: frequency | fit t ~ c, model: linear",
    "encode c, method: target | fit t ~ c + z, model: linear",
    "encode c, method: target | fit y ~ c + z, model: logistic",
    "derive `a b` = log(z + 1), w = if(c == \"red\", z, -z) | fit t ~ `a b` + w, model: linear",
    "derive w = z - mean(z), v = z / sd(z) | fit t ~ w + v, model: linear, l2: 1",
    "derive w = z - mean(z) by c | fit t ~ w, model: linear",
    "join look on c, kind: left, expect: one | impute w, with: mean | fit t ~ w + z, model: linear",
    "rename zed = z | fit t ~ zed, model: linear",
    "cast id, to: number | fill x, with: 0 | replace c, old: \"red\", with: \"r\" | fit t ~ id + x + c, model: linear",
  ]

  @Test(arguments: pipelines)
  func `a model that was saved and loaded predicts the same bits`(_ pipeline: String) throws {
    let folder = try Folder()
    let host = LocalHost(folder: folder.path)
    let script =
      Self.raw + Self.look
      + "data = raw | split seed: 2\nm = data | \(pipeline)\nm | save \"m.model\"\n"
    let first = run(script + "raw | predict m", host: host)
    #expect(first.codes == [], "\(first.diagnostics.map(\.message))")
    guard case .table(let before)? = first.outcome else { return }
    let after = try answer(
      Self.raw + "l = load \"m.model\"\nraw | predict l", host: LocalHost(folder: folder.path))
    #expect(same(before, after))
  }

  @Test func `every learner and every transform is among them`() {
    for learner in LearnerCatalog.all {
      #expect(Self.pipelines.contains { $0.contains("model: \(learner.name)") }, "\(learner.name)")
    }
    for transform in TransformCatalog.all {
      let words = transform.name.split(separator: ".")
      #expect(
        Self.pipelines.contains {
          $0.contains("\(words[0]) ") && $0.contains(": \(words[1])")
        }, "\(transform.name)")
    }
  }

  @Test(arguments: [4, 1, 3, 6, 20, 24, 25])
  func `a damaged file is refused in words`(_ number: Int) throws {
    let script = Self.raw + Self.look + "data = raw | split seed: 2\nm = data | "
    let made = try model(script + Self.pipelines[number])
    let rows = try answer(Self.raw + "raw | head 20")
    let bytes = try ModelFile.encode(made)
    var random = RandomStream(seed: UInt64(number))
    for round in 0..<60 {
      var broken = bytes
      let at = Int(random.next() % UInt64(bytes.count))
      switch round % 4 {
      case 0: broken.removeSubrange(at...)
      case 1: broken[at] ^= 1 << UInt8(random.next() % 7)
      case 2:
        let digits = broken.indices.filter { (48...57).contains(broken[$0]) }
        for _ in 0..<3 {
          broken[digits[Int(random.next() % UInt64(digits.count))]] =
            48 + UInt8(random.next() % 10)
        }
      default: broken.removeSubrange(at..<min(bytes.count, at + 1 + Int(random.next() % 30)))
      }
      do {
        let read = try ModelFile.decode(broken)
        _ = try read.predict(rows, workers: .serial)
        _ = read.fitted.terms
      } catch let error as DataError {
        #expect(!error.code.isEmpty && !error.message.isEmpty)
      } catch {
        Issue.record("\(type(of: error)): \(error)")
      }
    }
  }

  @Test(arguments: ["", "{}", "[]", "null", "{\"kind\":\"other\"}", "x,y\n1,2\n"])
  func `what is no model is refused in words`(_ text: String) {
    #expect(throws: DataError.self) { try ModelFile.decode(Array(text.utf8)) }
  }

  // MARK: Rows that differ from those of training

  private static let fitted =
    raw + "m = raw | impute x, with: mean | fit t ~ x + z + c, model: linear\n"

  @Test func `a missing column and one of another type are named`() {
    let missing = run(Self.fitted + "raw | drop z | predict m").diagnostics
    #expect(missing.map(\.code) == ["missing-column"])
    #expect(missing.first?.message.contains("`z`") == true)
    let retyped = run(Self.fitted + "raw | cast z, to: text | predict m").diagnostics
    #expect(retyped.map(\.code) == ["retyped-column"])
    #expect(retyped.first?.message.contains("`z` is text here, but was number") == true)
  }

  @Test func `columns in another order, and more of them, change nothing`() throws {
    let usual = try answer(Self.fitted + "raw | predict m | select predicted")
    let other = try answer(
      Self.fitted + "raw | derive more = id | select more, c, z, x | predict m | select predicted")
    #expect(same(usual, other))
  }

  @Test(arguments: pipelines)
  func `unknown words, nulls and no rows at all are no reason to stop`(_ pipeline: String) {
    let script =
      Self.raw + Self.look + "m = raw | \(pipeline)\n"
      + "new = table id = [1, 2], x = [null, 3.5], z = [1.5, 0], c = [\"mauve\", null], "
      + "y = [true, null], t = [null, 1.5]\n"
    let got = run(script + "new | predict m")
    if case .table(let table)? = got.outcome, got.codes.isEmpty {
      #expect(table.rowCount == 2)
    } else {
      #expect(got.codes == ["nulls-in-features"] || got.codes.count == 1, "\(got.diagnostics)")
    }
    let empty = run(script + "new | filter z > 100 | predict m")
    #expect(empty.codes == [], "\(empty.diagnostics.map(\.message))")
  }
}
