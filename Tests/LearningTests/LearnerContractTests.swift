import Columns
import Foundation
import Testing

@testable import Learning

/// What every learner keeps to, whichever it is.
struct LearnerContractTests {
  struct Entry: Sendable, CustomTestStringConvertible {
    let learner: any Learner.Type
    var name: String { learner.name }
    var testDescription: String { learner.name }
  }

  static let all = LearnerCatalog.all.map(Entry.init)

  /// Small options, so that debug builds are quick.
  static func settings(_ learner: any Learner.Type) -> Settings {
    var given: [String: Value] = [:]
    for (name, value) in [("clusters", 3), ("trees", 10), ("starts", 3)] as [(String, Int64)]
    where learner.parameters.contains(where: { $0.name == name }) {
      given[name] = .int(value)
    }
    return Settings(given, of: learner.parameters)
  }

  static func fit(_ entry: Entry, _ data: TrainingData, threads: Int = 1) throws -> any FittedModel
  {
    try entry.learner.init(settings(entry.learner)).fit(
      data, workers: Workers(threads: threads), progress: .silent)
  }

  /// Learners whose bins and leaves count rows, whatever the rows weigh.
  static let countsRows: Set<String> = ["boosting"]

  /// Whether the body throws a `DataError`.
  static func refused(_ body: () throws -> Void) -> Bool {
    let code = errorCode(body)
    return !code.isEmpty && code.allSatisfy { $0.isLowercase || $0 == "-" }
  }

  // MARK: Data

  static let rows = 120
  static let features: Table = {
    var random = RandomStream(seed: 11)
    let x = (0..<rows).map { _ in random.uniform() * 4 - 2 }
    let levels = ["red", "green", "blue"]
    return Table([
      ("x", .number(Values(x))),
      ("n", .int(Values((0..<rows).map { Int64($0 % 7) }))),
      ("flag", .bool(Values((0..<rows).map { ($0 / 3) % 2 == 0 }))),
      ("colour", .text(TextValues((0..<rows).map { _ in levels[Int(random.uniform() * 3)] }))),
    ])
  }()

  static func target(_ learner: any Learner.Type, classes: Int = 2) -> Target {
    let x = features["x"]?.cells.map { $0 ?? 0 } ?? []
    var random = RandomStream(seed: 5)
    if learner.tasks.contains(.classes) {
      let names = ["no", "yes", "zebra"].prefix(classes).map { Value.text($0) }
      return .classes(
        codes: x.map { value in
          let noisy = value + (random.uniform() - 0.5) * 3
          return Int32(noisy < -0.3 ? 0 : classes == 2 || noisy < 0.8 ? 1 : 2)
        }, labels: names)
    }
    if learner.tasks.contains(.numbers) {
      return .numbers(x.enumerated().map { 3 * $1 + Double($0 % 7) + random.uniform() })
    }
    return .none
  }

  static func data(_ entry: Entry, classes: Int = 2, weights: [Double]? = nil) -> TrainingData {
    TrainingData(
      features: features, target: target(entry.learner, classes: classes), weights: weights, seed: 3
    )
  }

  static func close(_ a: Prediction, _ b: Prediction, _ tolerance: Double) -> Bool {
    func near(_ a: [Double], _ b: [Double]) -> Bool {
      a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($0)) }
    }
    switch (a, b) {
    case (.classes(let p, let l), .classes(let q, let m)): return l == m && near(p, q)
    case (.numbers(let p), .numbers(let q)): return near(p, q)
    case (.clusters(let k, let p), .clusters(let l, let q)): return k == l && near(p, q)
    default: return false
    }
  }

  static func kind(_ prediction: Prediction) -> Task {
    switch prediction {
    case .classes: .classes
    case .numbers: .numbers
    case .clusters: .clusters
    }
  }

  static func picked(_ prediction: Prediction, _ rows: [Int]) -> Prediction {
    switch prediction {
    case .classes(let all, let labels):
      .classes(
        probabilities: rows.flatMap { all[$0 * labels.count..<($0 + 1) * labels.count] },
        labels: labels)
    case .numbers(let all): .numbers(rows.map { all[$0] })
    case .clusters(let labels, let distances):
      .clusters(labels: rows.map { labels[$0] }, distances: rows.map { distances[$0] })
    }
  }

  // MARK: Fitting

  @Test(arguments: all)
  func `the same seed gives the same bits on any number of threads and any time`(entry: Entry)
    throws
  {
    let one = try Self.fit(entry, Self.data(entry))
    let again = try Self.fit(entry, Self.data(entry), threads: 3)
    let features = Self.features
    #expect(
      try one.predict(features, workers: .serial)
        == again.predict(features, workers: Workers(threads: 3)))
    #expect(one.terms == again.terms)
    #expect(one.facts.map(\.value) == again.facts.map(\.value))
  }

  @Test(arguments: all)
  func `a model is the same after writing and reading, to the bit`(entry: Entry) throws {
    for classes in [2, 3] {
      let model = try Self.fit(entry, Self.data(entry, classes: classes))
      let read = try Self.roundTrip(model)
      #expect(type(of: read).learner == entry.name)
      #expect(
        try read.predict(Self.features, workers: .serial)
          == model.predict(Self.features, workers: .serial))
      #expect(read.terms == model.terms)
      #expect(read.facts.map(\.name) == model.facts.map(\.name))
      #expect(read.warnings == model.warnings)
    }
  }

  static func roundTrip(_ model: any FittedModel) throws -> any FittedModel {
    let text = try JSONEncoder().encode(model)
    let kind = try #require(LearnerCatalog.model(of: type(of: model).learner))
    return try JSONDecoder().decode(kind, from: text)
  }

  @Test(arguments: all)
  func `a damaged file is refused, or says the same as before`(entry: Entry) throws {
    let model = try Self.fit(entry, Self.data(entry))
    let kind = try #require(LearnerCatalog.model(of: entry.name))
    let whole = try JSONSerialization.jsonObject(with: JSONEncoder().encode(model))
    let parts = try #require(whole as? [String: Any])
    #expect(!parts.isEmpty)
    let right = try model.predict(Self.features, workers: .serial)
    func check(_ broken: [String: Any], _ key: String) throws {
      let data = try JSONSerialization.data(withJSONObject: broken)
      do {
        let read = try JSONDecoder().decode(kind, from: data)
        let said = try read.predict(Self.features, workers: .serial)
        // Without its labels a model may rightly be one for numbers.
        #expect(said == right || Self.kind(said) != Self.kind(right), "\(key)")
      } catch let error as DataError {
        #expect(error.code == "damaged-model", "\(key)")
      } catch is DecodingError {}
    }
    for key in parts.keys {
      var broken = parts
      broken[key] = nil
      try check(broken, key)
      // One number more than there should be.
      if let list = parts[key] as? [Double], !list.isEmpty {
        broken[key] = list + [0.5]
        try check(broken, key)
      }
    }
  }

  @Test(arguments: all)
  func `a weight of 0 is an absent row, a weight of 2 is a row twice`(entry: Entry) throws {
    if entry.learner.tasks == [.clusters] || Self.countsRows.contains(entry.name) { return }
    let whole = Self.data(entry)
    var weights = [Double](repeating: 1, count: Self.rows)
    weights[4] = 0
    weights[7] = 2
    weights[9] = 2
    let rows = (0..<Self.rows).filter { $0 != 4 } + [7, 9]
    let weighted = try Self.fit(entry, Self.data(entry, weights: weights))
    let plain = try Self.fit(
      entry,
      TrainingData(
        features: whole.features.picking(rows), target: whole.target.picking(rows), seed: 3))
    let a = try weighted.predict(Self.features, workers: .serial)
    let b = try plain.predict(Self.features, workers: .serial)
    #expect(Self.close(a, b, 1e-8))
  }

  @Test(arguments: all)
  func `bad input is refused in words`(entry: Entry) throws {
    let data = Self.data(entry)
    func isRefused(_ data: TrainingData) -> Bool {
      Self.refused { _ = try Self.fit(entry, data) }
    }
    var empty = data
    empty.features = data.features.slice(0..<0)
    empty.target = data.target.picking([])
    #expect(isRefused(empty))
    #expect(
      isRefused(Self.data(entry, weights: [Double](repeating: 0, count: Self.rows))))
    var negative = [Double](repeating: 1, count: Self.rows)
    negative[3] = -1
    #expect(isRefused(Self.data(entry, weights: negative)))
    negative[3] = .nan
    #expect(isRefused(Self.data(entry, weights: negative)))
    var other = data
    other.target =
      switch data.target {
      case .none: .numbers([Double](repeating: 1, count: Self.rows))
      default: .none
      }
    #expect(isRefused(other))
    if case .numbers(var values) = data.target {
      values[2] = .infinity
      other.target = .numbers(values)
      #expect(isRefused(other))
    }
    guard !entry.learner.takesNulls else { return }
    var holed = data
    holed.features = data.features.setting([
      ("x", .numbers([nil] + [Double](repeating: 1, count: Self.rows - 1))),
      ("colour", .texts([nil, nil] + [String](repeating: "red", count: Self.rows - 2))),
    ])
    do {
      _ = try Self.fit(entry, holed)
      Issue.record("nulls were taken")
    } catch let error as DataError {
      #expect(error.code == "nulls-in-features")
      #expect(error.message.contains("x (1), colour (2)"))
      #expect(error.help?.contains("impute x, with: median | impute colour, with: mode") == true)
    }
    var endless = data
    endless.features = data.features.setting([
      ("x", .number(Values([Double](repeating: 1, count: Self.rows - 1) + [.infinity])))
    ])
    #expect(isRefused(endless))
  }

  @Test(arguments: all)
  func `degenerate input works or is refused in words, and never traps`(entry: Entry) throws {
    let data = Self.data(entry)
    func attempt(_ data: TrainingData) throws {
      do {
        let model = try Self.fit(entry, data)
        let said = try model.predict(data.features, workers: .serial)
        #expect(said.rowCount == data.features.rowCount)
        _ = try Self.roundTrip(model)
      } catch is DataError {}
    }
    // One row, one column, constants, the same column twice, far too large and small numbers.
    var one = data
    one.features = data.features.slice(0..<1)
    one.target = data.target.picking([0])
    try attempt(one)
    let x = data.features["x"]?.cells.map { $0 ?? 0 } ?? []
    for columns in [
      [("x", Column.number(Values(x)))],
      [("c", Column.number(Values([Double](repeating: 3, count: Self.rows))))],
      [("t", Column.text(TextValues([String](repeating: "a", count: Self.rows))))],
      [("x", .number(Values(x))), ("y", .number(Values(x)))],
      [("x", .number(Values(x.map { $0 * 1e300 })))],
      [("x", .number(Values(x.map { $0 * 1e-300 })))],
      [("x", .number(Values(x.map { $0 * 1e-300 * 1e-20 })))],
      [("x", .number(Values(x.map { $0 > 0 ? 1.7e308 : -1.7e308 })))],
    ] {
      var other = data
      other.features = Table(columns.map { (name: $0.0, column: $0.1) })
      try attempt(other)
    }
    if case .classes(let codes, let labels) = data.target {
      var single = data
      single.target = .classes(codes: codes.map { _ in 1 }, labels: labels)
      try attempt(single)
    }
    if case .numbers(let values) = data.target {
      for scale in [0, 1e300, 1e-300] {
        var other = data
        other.target = .numbers(values.map { $0 * scale })
        try attempt(other)
      }
    }
  }

  @Test(arguments: all)
  func `integers and truth values are as good as numbers`(entry: Entry) throws {
    let data = Self.data(entry)
    var plain = data
    let counts = data.features["n"]?.cells.map { $0 ?? 0 } ?? []
    let flags = data.features["flag"]?.cells.map { $0 ?? 0 } ?? []
    plain.features = data.features.setting([
      ("n", .number(Values(counts))), ("flag", .number(Values(flags))),
    ])
    let a = try Self.fit(entry, data).predict(data.features, workers: .serial)
    let b = try Self.fit(entry, plain).predict(plain.features, workers: .serial)
    #expect(a == b)
  }

  @Test(arguments: all)
  func `a cancelled fit stops`(entry: Entry) throws {
    let stop = Cancellation()
    stop.cancel()
    let learner = try entry.learner.init(Self.settings(entry.learner))
    do {
      _ = try learner.fit(
        Self.data(entry), workers: Workers(threads: 2, cancellation: stop), progress: .silent)
      // A baseline is done before it can be stopped.
      #expect(entry.learner.takesNulls && entry.learner.parameters.isEmpty)
    } catch is Cancelled {}
  }

  // MARK: Predicting

  @Test(arguments: all)
  func `each row is judged for itself: order and company of rows do not matter`(entry: Entry) throws
  {
    let model = try Self.fit(entry, Self.data(entry, classes: 3))
    let all = try model.predict(Self.features, workers: .serial)
    let rows = [5, 3, 3, 117, 0]
    #expect(
      try model.predict(Self.features.picking(rows), workers: .serial) == Self.picked(all, rows))
    let turned = Array((0..<Self.rows).reversed())
    #expect(
      try model.predict(Self.features.picking(turned), workers: Workers(threads: 2))
        == Self.picked(all, turned))
    #expect(try model.predict(Self.features.slice(0..<0), workers: .serial).rowCount == 0)
  }

  @Test(arguments: all)
  func `columns are found by name, others are ignored, missing ones named`(entry: Entry) throws {
    let model = try Self.fit(entry, Self.data(entry))
    let all = try model.predict(Self.features, workers: .serial)
    let mixed = Self.features.selecting(["colour", "flag", "x", "n"]).setting([
      ("more", .number(Values([Double](repeating: .nan, count: Self.rows))))
    ])
    #expect(try model.predict(mixed, workers: .serial) == all)
    guard !entry.learner.parameters.isEmpty else { return }
    do {
      _ = try model.predict(Self.features.selecting(["x", "n", "flag"]), workers: .serial)
      Issue.record("a column was missing")
    } catch let error as DataError {
      #expect(error.column == "colour" || error.message.contains("colour"))
    }
    let swapped = Self.features.setting([("x", Self.features["colour"] ?? .texts([]))])
    #expect(Self.refused { _ = try model.predict(swapped, workers: .serial) })
  }

  @Test(arguments: all)
  func `unseen levels are taken`(entry: Entry) throws {
    let model = try Self.fit(entry, Self.data(entry))
    let odd = Self.features.slice(0..<2).setting([("colour", .texts(["mauve", "red"]))])
    #expect(try model.predict(odd, workers: .serial).rowCount == 2)
  }

  @Test(arguments: all)
  func `probabilities are shares of 1 and labels are those of the target`(entry: Entry) throws {
    guard entry.learner.tasks.contains(.classes) else { return }
    for classes in [2, 3] {
      let data = Self.data(entry, classes: classes)
      let model = try Self.fit(entry, data)
      guard case .classes(let all, let labels) = try model.predict(data.features, workers: .serial),
        case .classes(_, let asked) = data.target
      else {
        Issue.record("no classes")
        return
      }
      #expect(labels == asked)
      #expect(all.count == Self.rows * classes)
      for row in 0..<Self.rows {
        let own = all[row * classes..<(row + 1) * classes]
        #expect(own.allSatisfy { $0 >= 0 && $0 <= 1 })
        #expect(abs(own.reduce(0, +) - 1) < 1e-12)
      }
    }
    // Labels of other types.
    for labels in [[Value.bool(false), .bool(true)], [.int(3), .int(7)]] {
      var data = Self.data(entry)
      guard case .classes(let codes, _) = data.target else { return }
      data.target = .classes(codes: codes, labels: labels)
      let model = try Self.fit(entry, data)
      guard case .classes(_, let said) = try model.predict(data.features, workers: .serial) else {
        return
      }
      #expect(said == labels)
    }
  }

  @Test(arguments: all)
  func `a learner that looks at the features does better than the baseline`(entry: Entry) throws {
    guard !entry.learner.parameters.isEmpty, !entry.learner.tasks.contains(.clusters) else {
      return
    }
    let data = Self.data(entry)
    let isClasses = entry.learner.tasks.contains(.classes)
    let metric = isClasses ? Metric.logLoss : Metric.rmse
    func score(_ learner: Entry) throws -> Double {
      let model = try Self.fit(learner, data)
      let judgement = try Judgement(
        actual: data.target, predicted: model.predict(data.features, workers: .serial))
      return try #require(metric.compute(judgement).value)
    }
    let base = Entry(learner: isClasses ? Majority.self : Mean.self)
    let (own, plain) = try (score(entry), score(base))
    #expect(own < 0.9 * plain)
  }

  // MARK: What is told

  @Test(arguments: all)
  func `names, summaries and parameters are fit for the help page`(entry: Entry) throws {
    #expect(entry.name == entry.name.lowercased() && !entry.name.contains(" "))
    #expect(!entry.learner.summary.isEmpty && !entry.learner.summary.hasSuffix("."))
    #expect(!entry.learner.tasks.isEmpty)
    let names = entry.learner.parameters.map(\.name)
    #expect(Set(names).count == names.count)
    for parameter in entry.learner.parameters {
      #expect(!parameter.summary.isEmpty && !parameter.summary.hasSuffix("."))
      #expect(parameter.standard != nil || parameter.defaultNote != nil)
    }
    let model = try Self.fit(entry, Self.data(entry))
    #expect(!model.facts.isEmpty)
    if let terms = model.terms {
      #expect(
        terms.schema.names.suffix(7) == [
          "term", "estimate", "std_error", "statistic", "p_value", "low", "high",
        ])
      #expect(terms["term"]?[0] == .text("intercept"))
    }
  }
}
