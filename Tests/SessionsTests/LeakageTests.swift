import Columns
import Execution
import Foundation
import Pipeline
import Sessions
import Syntax
import Testing
import Text

/// The rules of the language that keep test rows out of training.
struct LeakageTests {
  private static let learned = [
    "impute x, with: median", "impute x, with: mean", "scale x", "scale x, method: minmax",
    "encode c, method: onehot", "encode c, method: ordinal", "encode c, method: frequency",
    "derive m = x - mean(x)", "derive m = mean(x) by c",
  ]
  private static let boundaries = [
    "split test: 25%", "aggregate n = count() by z", "join other on z", "append more",
    "join other on z, kind: left",
  ]
  private static let start = """
    raw = table x = [1, null, 3, 4], z = [1, 2, 3, 4], c = ["a", "b", "a", "b"]
    other = table z = [1, 2], w = [5, 6]
    more = table z = [9]

    """

  @Test func `a selector in a formula is refused where rows decide the columns`() {
    let table = "t = table c = [\"a\", \"b\", \"a\"], z = [1, 2, 3], y = [true, false, true]\n"
    let fit = "t | encode c, method: onehot | fit y ~ z + matches(\"^c\"), model: logistic"
    #expect(problems(table + fit).map(\.code) == ["formula-term"])
    #expect(problems(table + "t | fit y ~ matches(\"^z\"), model: logistic").isEmpty)
    #expect(
      problems(table + "t | encode c, method: onehot | fit y ~ ., model: logistic").isEmpty)
  }

  @Test(arguments: learned, boundaries)
  func `a learned stage before a boundary is refused`(_ learned: String, _ boundary: String) {
    let kept = learned.hasPrefix("encode c, method: onehot") ? learned : learned
    let uncut = problems(Self.start + "raw | \(kept) | \(boundary)")
    #expect(uncut.map(\.code) == ["learned-before-boundary"], "\(uncut)")
    let cut = problems(Self.start + "a = raw | \(kept)\nb = a\nb | head 3 | \(boundary)")
    #expect(cut.map(\.code) == ["learned-before-boundary"], "\(cut)")
    let recipe = problems(Self.start + "prep = \(kept)\nraw | apply prep | \(boundary)")
    #expect(recipe.map(\.code) == ["learned-before-boundary"], "\(recipe)")
    let both = problems(Self.start + "cuts = \(kept) | \(boundary)\nraw | apply cuts")
    #expect(both.map(\.code) == ["learned-before-boundary"], "\(both)")
  }

  @Test(arguments: boundaries)
  func `what stands beside a boundary is held to the same`(_ boundary: String) {
    guard boundary.hasPrefix("join") else { return }
    let right = problems(Self.start + "other2 = other | scale w\nraw | join other2 on z")
    #expect(right.map(\.code) == ["learned-before-boundary"])
  }

  @Test
  func `the caret stands under the learned stage, or names it where it is in another statement`()
    throws
  {
    let script = Self.start + "raw | scale x | split"
    let here = try #require(problems(script).first)
    #expect(covered(here, script) == "scale x")
    let cut = Self.start + "a = raw | scale x\na | split seed: 3"
    let there = try #require(problems(cut).first)
    #expect(covered(there, cut) == "split seed: 3")
    #expect(there.label.contains("scale x"))
  }

  @Test func `a join that looks up one row, column stages and filters may stand before a split`() {
    let script =
      Self.start + """
        raw | filter z > 0 | derive d = x * 2 | fill x, with: 0 | join other on z, kind: left, expect: one
          | sort z | split test: 50%
        """
    #expect(problems(script).isEmpty, "\(problems(script))")
  }

  // MARK: What fit sees

  private static func data(_ seed: UInt64 = 3) -> String {
    Made.mixed(120, seed: seed) + "data = raw | split test: 30%, seed: 5\n"
  }

  @Test func `a median is that of the training rows`() throws {
    let script = Self.data()
    let train = try answer(script + "data.train | filter x is not null")
    let all = try answer(script + "raw | filter x is not null")
    let right = median(train.numbers("x"))
    #expect(right != median(all.numbers("x")))
    let filled = try answer(script + "data | impute x, with: median | filter id is not null")
    let raw = try answer(script + "data | select x")
    let row = try #require((0..<raw.rowCount).first { raw.cell("x", $0).isNull })
    #expect(filled.cell("x", row).double == right)
    let fitted = try model(script + "data | impute x, with: median | fit t ~ x, model: linear")
    let replayed = try fitted.replay(raw, wanted: ["x"], workers: .serial)
    #expect(replayed.cell("x", row).double == right)
  }

  @Test func `an aggregate in a derive is that of the training rows`() throws {
    let script = Self.data()
    let train = try answer(script + "data.train")
    let values = train.numbers("z")
    let fitted = try model(script + "data | derive d = z - mean(z) | fit t ~ d, model: linear")
    let raw = try answer(script + "raw")
    let replayed = try fitted.replay(raw, wanted: ["d"], workers: .serial)
    let mean = values.reduce(0, +) / Double(values.count)
    #expect(abs(replayed.numbers("d")[0] - (raw.numbers("z")[0] - mean)) < 1e-12)
  }

  @Test func `the train part and the split table give the same model`() throws {
    for stages in [
      "", " | impute x, with: mean | scale z", " | filter z > 2 | impute x, with: median",
    ] {
      let formula = stages.isEmpty ? "t ~ z + c" : "t ~ x + z + c"
      let tail = "\(stages) | fit \(formula), model: linear\nraw | predict m"
      let whole = try answer(Self.data() + "m = data" + tail)
      let part = try answer(Self.data() + "m = data.train" + tail)
      #expect(whole == part)
    }
  }

  @Test func `rows of the test part alone cannot be learned from`() {
    let codes = run(Self.data() + "data.test | fit t ~ z, model: linear").codes
    #expect(codes == ["no-rows"])
  }

  @Test(arguments: [
    "filter z > 4", "sample 50%", "head 40", "tail 30", "distinct c", "top 20 by z",
  ])
  func `a stage that chooses training rows drops none at predict`(_ stage: String) throws {
    let stage = stage == "top 20 by z" ? "top 20, -z" : stage
    let script = Self.data() + "m = data | \(stage) | fit t ~ z, model: linear\n"
    let run = run(script + "raw | predict m")
    #expect(run.codes == [], "\(run.diagnostics)")
    guard case .table(let predicted)? = run.outcome else { return }
    #expect(predicted.rowCount == 120)
    let fitted = try model(script)
    #expect(fitted.trainingRows < 84)
    #expect(fitted.replayed.isEmpty)
    #expect(fitted.trainingOnly.count == 1)
  }

  // MARK: What judging sees

  @Test func `evaluate judges test rows, on: others, and all where there are no parts`() throws {
    let script =
      Made.mixed(120, seed: 3) + "data = raw | split test: 30%, valid: 20%, seed: 5\n"
      + "m = data | fit t ~ z, model: linear\n"
    let predictions = try answer(script + "raw | predict m")
    func rmse(of part: String) throws -> Double {
      let rows = try answer(script + "\(part) | predict m")
      let errors = zip(rows.numbers("t"), rows.numbers("predicted")).map { ($0 - $1) * ($0 - $1) }
      return (errors.reduce(0, +) / Double(errors.count)).squareRoot()
    }
    #expect(predictions.rowCount == 120)
    for (option, part) in [
      ("", "data.test"), (", on: test", "data.test"), (", on: valid", "data.valid"),
      (", on: train", "data.train"), (", on: all", "raw"),
    ] {
      let judged = try answer(script + "data | evaluate m, metrics: [rmse]\(option)")
      let right = try rmse(of: part)
      #expect(abs((judged.cell("value").double ?? 0) - right) < 1e-9, "\(option)")
    }
    let compared = try answer(script + "data | compare m, metrics: [rmse]")
    let value = try #require(compared.value("rmse", where: "model", is: "m"))
    let onTest = try rmse(of: "data.test")
    #expect(abs(value - onTest) < 1e-9)
    let bare = try answer(script + "raw | evaluate m, metrics: [rmse]")
    let onAll = try rmse(of: "raw")
    #expect(abs((bare.cell("value").double ?? 0) - onAll) < 1e-9)
  }

  @Test func `judging rows that a model was trained on says how many`() {
    let script = Self.data() + "m = data | fit t ~ z, model: linear\n"
    #expect(run(script + "data | evaluate m").warnings == [])
    #expect(run(script + "data | compare m").warnings == [])
    for verb in ["evaluate", "compare"] {
      let onTrain = run(script + "data.train | \(verb) m").warnings
      #expect(onTrain.contains { $0.contains("trained on 84 of these 84 rows") }, "\(onTrain)")
      let onAll = run(script + "data | \(verb) m, on: all").warnings
      #expect(onAll.contains { $0.contains("trained on 84 of these 120 rows") }, "\(onAll)")
    }
  }

  @Test func `each look at a test part is counted`() {
    let script =
      Self.data() + """
        m = data | fit t ~ z, model: linear
        data | evaluate m
        data | evaluate m, on: train
        data | compare m
        data | evaluate m, folds: 3
        data | evaluate m
        """
    let told = run(script).notices.map(\.text).filter { $0.contains("evaluated") }
    #expect(
      told == [
        "test part: evaluated 1 time", "test part: evaluated 2 times",
        "test part: evaluated 3 times",
      ])
  }

  @Test func `folds are made of training rows, and the whole pipeline is fitted in each`() throws {
    // The test rows carry a target far from the others: were they seen, the error would be large.
    let script = """
      raw = table x = [\((0..<60).map { "\($0 % 10)" }.joined(separator: ", "))],
        t = [\((0..<60).map { $0 < 45 ? "\(2 * ($0 % 10))" : "100000" }.joined(separator: ", "))],
        part = [\((0..<60).map { $0 < 45 ? "\"train\"" : "\"test\"" }.joined(separator: ", "))]
      data = raw | split from: part
      m = data | scale x | fit t ~ x, model: linear

      """
    let judged = try answer(script + "data | evaluate m, folds: 5, metrics: [rmse]")
    #expect((judged.cell("value").double ?? 1) < 1e-6)
    let compared = try answer(script + "data | compare m, folds: 5, metrics: [rmse]")
    #expect((compared.value("rmse", where: "model", is: "m") ?? 1) < 1e-6)
    #expect(run(script + "data | evaluate m, folds: 5, on: test").codes == ["options-exclude"])
  }

  // MARK: Warnings

  @Test func `a feature that repeats the target is named`() {
    let script = Made.mixed(100) + "m = raw | derive alive = if(y, \"yes\", \"no\") | "
    let named = run(script + "fit y ~ z + alive, model: logistic, l2: 1")
    guard case .model(let fitted)? = named.outcome else {
      Issue.record("\(named.diagnostics)")
      return
    }
    #expect(fitted.warnings.contains { $0.contains("`alive` alone predicts") })
    #expect(!fitted.warnings.contains { $0.contains("`z`") })
  }

  @Test func `a target of pure noise stays noise behind target encoding`() throws {
    var random = RandomStream(seed: 11)
    let count = 400
    let words = (0..<count).map { _ in "\"w\(random.next() % 80)\"" }.joined(separator: ", ")
    let truth = (0..<count).map { _ in random.next() % 2 == 0 ? "true" : "false" }
      .joined(separator: ", ")
    let script = """
      raw = table id = [\((0..<count).map { "\($0)" }.joined(separator: ", "))], c = [\(words)], y = [\(truth)]
      data = raw | split test: 50%, seed: 2
      m = data | encode c, method: target | fit y ~ c, model: logistic, l2: 1
      data | evaluate m, metrics: [auc]
      """
    let auc = try #require(try answer(script).cell("value").double)
    #expect(abs(auc - 0.5) < 0.12, "\(auc)")
    let folded = try answer(script + ", folds: 4")
    #expect(abs((folded.cell("value").double ?? 0) - 0.5) < 0.12)
  }

  @Test func `a table that has been scaled is not scaled again unasked`() throws {
    let script =
      Self.data() + """
        ready = data | scale z
        m = ready | fit t ~ z, model: linear

        """
    let right = try answer(script + "data | evaluate m, metrics: [rmse]")
    let again = run(script + "ready | evaluate m, metrics: [rmse]")
    if case .table(let table)? = again.outcome, again.codes.isEmpty {
      #expect(table.numbers("value") == right.numbers("value"))
    } else {
      #expect(again.codes == ["replayed-twice"])
    }
  }

  private func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}

/// The text of a script that a diagnostic points to.
func covered(_ diagnostic: Diagnostic, _ script: String) -> String? {
  guard let span = diagnostic.span else { return nil }
  let bytes = Array(script.utf8)
  guard span.lower <= span.upper, span.upper <= bytes.count else { return "outside" }
  return String(decoding: bytes[span.lower..<span.upper], as: UTF8.self)
}
