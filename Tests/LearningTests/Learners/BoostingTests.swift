import Columns
import Foundation
import Learning
import Testing

struct BoostingTests {
  // MARK: Helpers

  func learner(_ given: [String: Value] = [:]) throws -> Boosting {
    try Boosting(
      Settings(
        ["trees": .int(10), "min_leaf": .int(5)].merging(given) { $1 }, of: Boosting.parameters))
  }

  func fit(
    _ features: Table, _ target: Target, _ given: [String: Value] = [:], weights: [Double]? = nil,
    seed: UInt64 = 1, threads: Int = 1
  ) throws -> BoostedTrees {
    let data = TrainingData(features: features, target: target, weights: weights, seed: seed)
    let model = try learner(given).fit(data, workers: Workers(threads: threads), progress: .silent)
    return try #require(model as? BoostedTrees)
  }

  func numbers(_ model: BoostedTrees, _ table: Table) throws -> [Double] {
    guard case .numbers(let all) = try model.predict(table, workers: .serial) else { return [] }
    return all
  }

  func probabilities(_ model: BoostedTrees, _ table: Table) throws -> [Double] {
    guard case .classes(let all, _) = try model.predict(table, workers: .serial) else { return [] }
    return all
  }

  func random(_ count: Int, seed: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed)
    return (0..<count).map { _ in stream.uniform() }
  }

  func column(_ values: [Double?]) -> Column {
    .number(Values(values.map { $0 ?? 0 }, valid: values.map { $0 != nil }))
  }

  /// Rows with numbers, gaps and a category, and a target that depends on all of them.
  func mixed(_ count: Int) -> (table: Table, truth: [Double], codes: [Int32]) {
    let x = random(count, seed: 1)
    let gaps = random(count, seed: 2)
    let kind = random(count, seed: 3).map { Int($0 * 5) }
    let truth = (0..<count).map { row in
      (x[row] > 0.4 ? 2.0 : 0) + (gaps[row] < 0.2 ? 1.5 : gaps[row]) + (kind[row] == 3 ? -2 : 0)
    }
    let table = Table([
      ("x", .number(Values(x))),
      ("gaps", column(gaps.map { $0 < 0.2 ? nil : $0 })),
      ("whole", .int(Values(x.map { Int64($0 * 7) }))),
      ("kind", .text(TextValues(kind.map { "k\($0)" }))),
      ("flag", .bool(Values(gaps.map { $0 > 0.6 }))),
    ])
    return (table, truth, truth.map { $0 > 1 ? 1 : 0 })
  }

  let twoLabels: [Value] = [.text("no"), .text("yes")]

  // MARK: Learning

  @Test func `numbers with gaps and categories are learned`() throws {
    let (table, truth, _) = mixed(600)
    let model = try fit(
      table, .numbers(truth), ["trees": .int(40), "min_category_group": .int(10)])
    let found = try numbers(model, table)
    let error = zip(found, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / 600
    #expect(error < 0.03)
    #expect(model.gainImportance.map(\.feature) == ["x", "gaps", "whole", "kind", "flag"])
    #expect(model.gainImportance.allSatisfy { ($0.gain > 0) == ($0.splits > 0) })
    #expect(model.facts.first { $0.name == "trees" }?.value == "40")
    #expect(model.warnings.isEmpty && model.terms == nil)
  }

  @Test func `two classes are told apart`() throws {
    let (table, _, codes) = mixed(600)
    let model = try fit(
      table, .classes(codes: codes, labels: twoLabels),
      ["trees": .int(30), "min_category_group": .int(10)])
    let found = try probabilities(model, table)
    let right = codes.indices.filter { (found[2 * $0 + 1] > 0.5) == (codes[$0] == 1) }.count
    #expect(right > 580)
    for row in codes.indices { #expect(abs(found[2 * row] + found[2 * row + 1] - 1) < 1e-12) }
  }

  @Test func `three classes are told apart`() throws {
    let x = random(300, seed: 4)
    let codes = x.map { Int32($0 * 3) }
    let model = try fit(
      Table([("x", .number(Values(x)))]),
      .classes(codes: codes, labels: [.int(1), .int(2), .int(3)]), ["trees": .int(30)])
    let found = try probabilities(model, Table([("x", .number(Values(x)))]))
    for row in codes.indices {
      let shares = found[3 * row..<3 * row + 3]
      #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
    }
    let right = codes.indices.filter { row in
      (0..<3).max { found[3 * row + $0] < found[3 * row + $1] } == Int(codes[row])
    }
    #expect(right.count > 290)
  }

  @Test func `a single tree at rate one gives the means of its leaves`() throws {
    let x = (0..<40).map(Double.init)
    let model = try fit(
      Table([("x", .number(Values(x)))]), .numbers(x.map { $0 < 9 ? 3 : 7 }),
      ["trees": .int(1), "rate": .number(1), "leaves": .int(2)])
    let found = try numbers(model, Table([("x", .number(Values([0, 8.4, 8.6, 100])))]))
    for (value, truth) in zip(found, [3.0, 3, 7, 7]) { #expect(abs(value - truth) < 1e-5) }
  }

  @Test func `no leaf has fewer rows than it may, and depth is kept`() throws {
    let (table, truth, _) = mixed(300)
    for minimum in [20, 60] {
      let model = try fit(
        table, .numbers(truth), ["trees": .int(1), "min_leaf": .int(Int64(minimum))])
      let groups = Dictionary(grouping: try numbers(model, table)) { $0 }
      #expect(groups.values.allSatisfy { $0.count >= minimum })
      #expect(groups.count > 1)
    }
    let flat = try fit(table, .numbers(truth), ["trees": .int(1), "depth": .int(2)])
    #expect(Set(try numbers(flat, table)).count <= 4)
  }

  // MARK: The same answer

  @Test func `the number of threads changes no bit`() throws {
    let count = 36_000
    let x = random(count, seed: 7)
    let y = random(count, seed: 8)
    let table = Table([("x", .number(Values(x))), ("y", .number(Values(y)))])
    let codes = (0..<count).map { Int32(x[$0] * y[$0] > 0.25 ? 1 : 0) }
    let given: [String: Value] = ["trees": .int(2), "leaves": .int(6), "bins": .int(31)]
    let models = try [1, 2, 5].map {
      try fit(table, .classes(codes: codes, labels: twoLabels), given, threads: $0)
    }
    let texts = try models.map { try JSONEncoder.sorted.encode($0) }
    #expect(texts[0] == texts[1] && texts[0] == texts[2])
  }

  @Test func `the seed decides about sampled rows and columns`() throws {
    let (table, truth, _) = mixed(300)
    let given: [String: Value] = [
      "rows": .number(0.6), "columns": .number(0.5), "trees": .int(30),
    ]
    let one = try numbers(try fit(table, .numbers(truth), given, seed: 1), table)
    #expect(try numbers(try fit(table, .numbers(truth), given, seed: 1), table) == one)
    #expect(try numbers(try fit(table, .numbers(truth), given, seed: 2), table) != one)
    let error = zip(one, truth).reduce(0) { $0 + abs($1.0 - $1.1) } / 300
    #expect(error < 0.6)
  }

  @Test func `rows of weight zero have no say`() throws {
    let (table, truth, _) = mixed(200)
    let weights = (0..<200).map { $0 % 4 == 0 ? 0.0 : 2.0 }
    let other = truth.enumerated().map { $0 % 4 == 0 ? 0.5 : $1 }
    let one = try numbers(try fit(table, .numbers(truth), weights: weights), table)
    let two = try numbers(try fit(table, .numbers(other), weights: weights), table)
    for (a, b) in zip(one, two) { #expect(abs(a - b) < 1e-9) }
  }

  @Test func `it stops early where nothing more is learned`() throws {
    let x = random(400, seed: 9)
    let noise = random(400, seed: 10)
    let model = try fit(
      Table([("x", .number(Values(x)))]), .numbers(noise),
      ["trees": .int(200), "stop": .int(3)])
    let best = try #require(model.facts.first { $0.name == "best iteration" })
    #expect(try #require(Int(best.value)) < 40)
    #expect(model.facts[0].value == best.value)
  }

  // MARK: Predicting

  @Test func `columns are found by name in any order and of any kind of number`() throws {
    let (table, truth, _) = mixed(300)
    let model = try fit(table, .numbers(truth), ["min_category_group": .int(10)])
    let found = try numbers(model, table)
    #expect(try numbers(model, table.selecting(table.schema.names.reversed())) == found)
    guard case .int(let whole) = table["whole"], case .bool(let flag) = table["flag"] else {
      return
    }
    let other = table.setting([
      ("whole", .number(Values(whole.elements.map(Double.init)))),
      ("flag", .int(Values(flag.elements.map { $0 ? 1 : 0 }))),
    ])
    #expect(try numbers(model, other) == found)
  }

  @Test func `missing columns and other types are named`() throws {
    let (table, truth, _) = mixed(100)
    let model = try fit(table, .numbers(truth), ["trees": .int(2)])
    let fewer = table.selecting(["x", "gaps", "whole", "flag"])
    let missing = #expect(throws: DataError.self) { _ = try model.predict(fewer, workers: .serial) }
    #expect(missing?.code == "missing-column" && missing?.column == "kind")
    let wrong = table.setting([("kind", .int(Values([Int64](repeating: 1, count: 100))))])
    let type = #expect(throws: DataError.self) { _ = try model.predict(wrong, workers: .serial) }
    #expect(type?.code == "column-type" && type?.column == "kind")
  }

  @Test func `unseen categories and nulls are predicted, text and category alike`() throws {
    let (table, truth, _) = mixed(300)
    let model = try fit(table, .numbers(truth), ["min_category_group": .int(10)])
    let few = table.slice(0..<2)
    let strange = few.setting([("kind", .text(TextValues(["never seen", nil])))])
    #expect(try numbers(model, strange).allSatisfy(\.isFinite))
    let heap = TextHeap(["k0", "k1", "k2", "k3", "k4", "k9"], isDistinct: true)
    let codes = TextValues(heap: heap, rows: .codes([3, 0]))
    let texts = few.setting([("kind", .text(TextValues(["k3", "k0"])))])
    let category = few.setting([("kind", .category(codes))])
    #expect(try numbers(model, category) == numbers(model, texts))
  }

  @Test func `a slice is predicted as the whole`() throws {
    let (table, truth, _) = mixed(300)
    let model = try fit(table, .numbers(truth))
    #expect(try numbers(model, table.slice(130..<290)) == Array(numbers(model, table)[130..<290]))
    #expect(try numbers(model, table.slice(0..<0)).isEmpty)
  }

  // MARK: Odd data

  enum Odd: String, CaseIterable {
    case oneRow, twoRows, constant, allNull, infinite, huge, noColumns, manyLevels, tinyTarget
    case constantTarget
  }

  @Test(arguments: Odd.allCases)
  func `odd data is learned without a trap`(odd: Odd) throws {
    var x: [Double?] = (0..<30).map { Double($0) }
    var truth = (0..<30).map { Double($0 % 7) }
    switch odd {
    case .oneRow: (x, truth) = ([1], [2])
    case .twoRows: (x, truth) = ([1, 2], [2, 3])
    case .constant: x = x.map { _ in 5 }
    case .allNull: x = x.map { _ in nil }
    case .infinite: for row in 0..<8 { x[row] = row % 2 == 0 ? .infinity : -.infinity }
    case .huge:
      x = x.map { $0.map { $0 * 1e300 } }
      truth = truth.map { ($0 - 3) * 5e307 }
    case .tinyTarget: truth = truth.map { $0 * .leastNonzeroMagnitude }
    case .constantTarget: truth = truth.map { _ in 5 }
    case .noColumns, .manyLevels: break
    }
    var columns: [(name: String, column: Column)] = [("x", column(x))]
    if odd == .noColumns { columns = [] }
    if odd == .manyLevels { columns.append(("t", .text(TextValues(x.map { "\($0 ?? 0)" })))) }
    let table = Table(columns, rowCount: x.count)
    let found = try numbers(try fit(table, .numbers(truth), ["min_leaf": .int(1)]), table)
    #expect(found.count == x.count && found.allSatisfy(\.isFinite))
    if odd == .constantTarget { #expect(found == truth) }
    let most = truth.map(abs).max() ?? 0
    #expect(found.allSatisfy { abs($0) <= most * 1.01 + 1e-300 })
    let codes = truth.indices.map { Int32($0 % 3) }
    let labels = (0..<50).map { Value.int($0) }
    let shares = try probabilities(
      try fit(
        table, .classes(codes: codes, labels: labels), ["min_leaf": .int(1), "trees": .int(1)]),
      table)
    #expect(shares.count == 50 * x.count && shares.allSatisfy { $0 >= 0 && $0 <= 1 })
  }

  @Test func `infinite values fall on the side they were learned on`() throws {
    let x: [Double] = (0..<41).map { $0 < 10 ? -.infinity : $0 < 20 ? .infinity : Double($0) }
    let truth = x.map { $0 == -.infinity ? 1.0 : $0 == .infinity ? 5 : 3 }
    let table = Table([("x", .number(Values(x)))])
    let found = try numbers(
      try fit(table, .numbers(truth), ["trees": .int(60), "rate": .number(0.3)]), table)
    for (value, real) in zip(found, truth) { #expect(abs(value - real) < 0.01) }
  }

  @Test(arguments: [2, 3])
  func `one class that occurs is certain`(labels: Int) throws {
    let table = Table([("x", .number(Values((0..<30).map(Double.init))))])
    let model = try fit(
      table,
      .classes(
        codes: [Int32](repeating: 1, count: 30), labels: (0..<labels).map { .int(Int64($0)) }))
    let shares = try probabilities(model, table)
    #expect(shares.count == 30 * labels)
    #expect((0..<30).allSatisfy { shares[$0 * labels + 1] == 1 })
    #expect(model.warnings.count >= 1)
  }

  @Test func `more than 65,535 categories are taken`() throws {
    let count = 66_000
    let table = Table([("t", .text(TextValues((0..<count).map { "c\($0 % 65_900)" })))])
    let truth = (0..<count).map { Double($0 % 65_900 < 100 ? 1 : 0) }
    let model = try fit(
      table, .numbers(truth), ["trees": .int(1), "category_smoothing": .number(0)])
    #expect(try numbers(model, table.slice(0..<100)).allSatisfy(\.isFinite))
  }

  @Test func `what cannot be learned is refused in words`() throws {
    let table = Table([("x", .number(Values([1.0, 2])))])
    func code(_ body: () throws -> BoostedTrees) -> String? {
      let error = #expect(throws: DataError.self) { _ = try body() }
      return error?.code
    }
    #expect(code { try fit(table.slice(0..<0), .numbers([])) } == "no-rows")
    #expect(code { try fit(table, .numbers([1, .infinity])) } == "target-not-finite")
    #expect(code { try fit(table, .numbers([1, 2]), weights: [0, 0]) } == "weights-zero")
    #expect(code { try fit(table, .numbers([1, 2]), weights: [-1, 0]) } == "weight-range")
    #expect(code { try fit(table, .none) } == "no-target")
    let dates = Table([("d", .date(Values([1, 2])))])
    #expect(code { try fit(dates, .numbers([1, 2])) } == "column-type")
  }

  @Test func `a cancelled fit ends`() throws {
    let (table, truth, _) = mixed(100)
    let cancellation = Cancellation()
    let data = TrainingData(features: table, target: .numbers(truth))
    let stopping = Progress { share, _ in if share > 0.3 { cancellation.cancel() } }
    #expect(throws: Cancelled.self) {
      _ = try learner().fit(
        data, workers: Workers(threads: 2, cancellation: cancellation), progress: stopping)
    }
  }

  // MARK: Files

  @Test func `a model comes back from a file bit for bit`() throws {
    let (table, truth, codes) = mixed(300)
    for target in [Target.numbers(truth), .classes(codes: codes, labels: twoLabels)] {
      let model = try fit(table, target, ["min_category_group": .int(10)])
      let text = try JSONEncoder.sorted.encode(model)
      let back = try JSONDecoder().decode(BoostedTrees.self, from: text)
      #expect(try back.predict(table, workers: .serial) == model.predict(table, workers: .serial))
      #expect(try JSONEncoder.sorted.encode(back) == text)
      #expect(back.facts.map(\.value) == model.facts.map(\.value))
    }
  }

  @Test func `a damaged model is refused`() throws {
    let (table, truth, _) = mixed(200)
    let model = try fit(table, .numbers(truth), ["trees": .int(2), "min_category_group": .int(10)])
    let text = String(decoding: try JSONEncoder.sorted.encode(model), as: UTF8.self)
    let whole = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let trees = try #require(whole["trees"] as? [String: Any])
    for key in trees.keys {
      let packed = Array(try #require(trees[key] as? String).utf8)
      for at in stride(from: 0, to: packed.count, by: max(1, packed.count / 40)) {
        for letter in [UInt8(ascii: "A"), UInt8(ascii: "/"), UInt8(ascii: "!")] {
          var other = packed
          other[at] = letter
          var damaged = trees
          damaged[key] = String(decoding: other, as: UTF8.self)
          try survives(whole.merging(["trees": damaged]) { $1 }, table)
        }
      }
      var short = trees
      short[key] = String(decoding: packed.dropLast(4), as: UTF8.self)
      try survives(whole.merging(["trees": short]) { $1 }, table)
    }
    for key in whole.keys {
      for other in [[] as [Any], "", 7, ["levels": [1]]] as [Any] {
        try survives(whole.merging([key: other]) { $1 }, table)
      }
    }
  }

  /// Either an error or a model that predicts; never a trap or an endless walk.
  func survives(_ object: [String: Any], _ table: Table) throws {
    let data = try JSONSerialization.data(withJSONObject: object)
    guard let model = try? JSONDecoder().decode(BoostedTrees.self, from: data) else { return }
    _ = try? model.predict(table.slice(0..<8), workers: .serial)
  }
}

extension JSONEncoder {
  static var sorted: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return encoder
  }
}
