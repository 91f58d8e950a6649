import Columns
import Execution
import Pipeline
import Sessions
import Testing
import Text

/// A name stands for its pipeline: cutting one into named steps changes nothing.
struct NamesTests {
  /// A chain of stages and what it ends in.
  private struct Chain {
    var stages: [String] = []
    /// Features of the fit at its end; nil for a chain that ends as a table.
    var formula: String?
    var learner = ""

    init(seed: UInt64) {
      var random = RandomStream(seed: seed)
      func draw(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
      var features = ["x", "z", "c"]
      var hasNulls = true
      var isOrdered = false
      var isEncoded = false
      /// Columns that are made before the split are no part of the model, so only rows change there.
      func free(_ number: Int) -> String? {
        let words = !isEncoded
        switch number < 3 ? [0, 5, 6][draw(3)] : draw(7) {
        case 0: return "filter id > \(draw(60))"
        case 1:
          features.append("d\(number)")
          return "derive d\(number) = z * \(draw(5) + 1) - id / 100"
        case 2:
          isOrdered = true
          return "sort \(["z, id", "-id", words ? "c, -id" : "id"][draw(3)])"
        case 3: return "derive z = z + \(draw(9)) / 2"
        case 4 where words:
          features.append("f\(number)")
          return "derive f\(number) = if(c == \"red\", z, 1), g\(number) = 2 * z"
        case 5: return "sample \(60 + draw(40))%, seed: \(draw(9))"
        default:
          return isOrdered ? "head \(50 + draw(30))" : "filter x is null or x < \(15 + draw(5))"
        }
      }
      func learned(_ number: Int) -> String? {
        switch draw(6) {
        case 0 where hasNulls:
          hasNulls = false
          return "impute x, with: \(["median", "mean", "constant, value: 3"][draw(3)])"
        case 1: return "scale z\(["", ", method: minmax", ", method: robust"][draw(3)])"
        case 2 where !isEncoded:
          features.removeAll { $0 == "c" }
          let method = ["onehot", "ordinal", "frequency"][draw(3)]
          features.append(method == "onehot" ? "." : "c")
          isEncoded = true
          return "encode c, method: \(method)"
        case 3:
          features.append("m\(number)")
          return "derive m\(number) = z - mean(z)"
        case 4 where !isEncoded:
          features.append("q\(number)")
          return "derive q\(number) = max(z) - z by c"
        default: return free(number)
        }
      }
      for number in 0..<draw(3) { if let stage = free(number) { stages.append(stage) } }
      stages.append("split test: 30%, seed: \(draw(5))")
      for number in 3..<(5 + draw(4)) { if let stage = learned(number) { stages.append(stage) } }
      guard draw(4) > 0 else { return }
      if hasNulls { stages.append("impute x, with: median") }
      let target = ["t", "y"][draw(2)]
      formula =
        features.contains(".")
        ? "\(target) ~ . - id - \(target == "t" ? "y" : "t")"
        : "\(target) ~ " + features.joined(separator: " + ")
      learner =
        draw(2) == 0
        ? "boosting, trees: 4" : target == "t" ? "linear" : "logistic, l2: 1"
    }

    /// The script with the chain cut before the stages named.
    func script(cuts: Set<Int>) -> String {
      var text = "raw"
      var names = 0
      for (number, stage) in stages.enumerated() {
        if cuts.contains(number) {
          names += 1
          text = text.replacingTail("n\(names) = ") + "\nn\(names)"
        }
        text += " | " + stage
      }
      guard let formula else { return text }
      text = text.replacingTail("m = ") + " | fit \(formula), model: \(learner)\n"
      return text + "raw | predict m"
    }
  }

  private static let raw = Made.mixed(90, seed: 4)

  @Test(arguments: 0..<40)
  func `cut anywhere and run on any number of threads, a pipeline gives the same bits`(
    _ number: Int
  ) throws {
    let chain = Chain(seed: UInt64(number) &+ 100)
    var random = RandomStream(seed: UInt64(number))
    let cuts = Set((1..<max(2, chain.stages.count)).filter { _ in random.next() % 2 == 0 })
    let uncut = chain.script(cuts: [])
    let cut = chain.script(cuts: cuts)
    let first = run(Self.raw + uncut, threads: 1)
    guard case .table(let whole)? = first.outcome, first.codes.isEmpty else {
      Issue.record("\(uncut): \(first.diagnostics.map(\.message))")
      return
    }
    for threads in [2, 5] {
      let parts = try answer(Self.raw + cut, threads: threads)
      #expect(same(whole, parts), "\(cut)")
    }
    guard chain.formula != nil else { return }
    #expect(whole.rowCount == 90)
    let judge = { (script: String) in
      String(script.dropLast("raw | predict m".count)) + "raw | split seed: 3 | evaluate m"
    }
    let a = try answer(Self.raw + judge(uncut), threads: 1)
    let b = try answer(Self.raw + judge(cut), threads: 5)
    #expect(same(a, b))
  }

  @Test func `a recipe is the same as its stages`() throws {
    let script = Self.raw + "data = raw | split seed: 1\n"
    let stages = "impute x, with: mean | scale z | derive w = x * z"
    let end = " | fit t ~ x + z + w, model: linear\nraw | predict m"
    let written = try answer(script + "m = data | \(stages)" + end)
    let applied = try answer(script + "prep = \(stages)\nm = data | apply prep" + end)
    #expect(same(written, applied))
  }

  @Test func `two names for one result are one result, and a name keeps what it stood for`() throws
  {
    let script = Self.raw + "a = raw | filter z > 3\nb = a\n"
    let a = try answer(script + "a")
    let b = try answer(script + "b")
    #expect(same(a, b))
    let rebound = try answer(script + "a = raw | head 1\nb | count").cell("count")
    let kept = try answer(script + "a | count").cell("count")
    #expect(rebound == kept)
  }

  @Test func `more rows than one piece of work give the same bits on any number of threads`() throws
  {
    var random = RandomStream(seed: 8)
    let lines = (0..<30_000).map { row in
      let x = (random.uniform() * 1e4).rounded() / 100
      let word = ["red", "green", "blue"][Int(random.next() % 3)]
      return "\(row % 97),\(row % 50 == 0 ? "" : "\(x)"),\(word),\(x + random.uniform() * 50)"
    }
    let folder = try Folder()
    try folder.write("id,x,c,t\n" + lines.joined(separator: "\n") + "\n", to: "big.csv")
    let script = """
      m = load "big.csv" | split test: 30%, seed: 3 | impute x, with: mean | encode c, method: target
        | fit t ~ x + c, model: linear
      p = load "big.csv" | predict m
      p | aggregate n = count(), s = sum(predicted), d = sd(predicted), q = median(x) by id | sort id
      """
    let host = LocalHost(folder: folder.path)
    let one = try answer(script, threads: 1, host: host)
    for threads in [2, 5] {
      let other = try answer(script, threads: threads, host: host)
      #expect(same(one, other))
    }
  }
}

/// Equal names, types and bits.
func same(_ a: Table, _ b: Table) -> Bool {
  guard a.schema == b.schema, a.rowCount == b.rowCount else { return false }
  return zip(a.columns, b.columns).allSatisfy { a, b in
    (0..<a.count).allSatisfy { row in
      if case (.number(let x), .number(let y)) = (a[row], b[row]) {
        return x.bitPattern == y.bitPattern
      }
      return a[row] == b[row]
    }
  }
}

extension String {
  /// Puts words before the last line.
  fileprivate func replacingTail(_ words: String) -> String {
    var lines = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines[lines.count - 1] = words + lines[lines.count - 1]
    return lines.joined(separator: "\n")
  }
}
