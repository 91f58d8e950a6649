import Columns
import Testing

@testable import Learning

struct EncodeTargetTests {
  static let table = Table([
    ("row", .int(Values((0..<12).map { Int64($0) }))),
    ("t", .texts(["a", "a", "b", "a", "b", "c", "a", "c", "b", "b", "c", "a"])),
  ])
  static let numbers = Target.numbers((1...12).map { Double($0) })
  static let two = Target.classes(
    codes: [0, 1, 1, 0, 1, 0, 1, 1, 0, 0, 1, 1], labels: [.text("no"), .text("yes")])
  static let three = Target.classes(
    codes: [0, 1, 2, 0, 1, 2, 0, 1, 2, 1, 1, 0], labels: [.text("k"), .text("l"), .text("m")])

  /// What the levels a, b, c and one that was not seen become.
  static func means(
    _ target: Target, _ settings: [String: Value] = [:], column: String = "t"
  ) throws -> Column {
    let fitted = try prepare("encode.target", table, settings, columns: ["t"], target: target)
    let asked = Table([("t", .texts(["a", "b", "c", "unseen"]))])
    return try #require(try fitted.apply(asked, workers: .serial)[column])
  }

  @Test func `means are drawn to the mean of all as in other programs`() throws {
    #expect(
      near(
        try Self.means(Self.numbers), [5.4719285050657, 6.713353226408056, 8.139680333564975, 6.5]))
    #expect(
      near(
        try Self.means(Self.numbers, ["smoothing": .number(3)]),
        [5.6875, 6.642857142857143, 7.416666666666667, 6.5]))
    #expect(
      near(
        try Self.means(Self.two),
        [0.59725138385188, 0.5170454545454546, 0.6472019464720195, 7.0 / 12]))
    #expect(
      near(
        try Self.means(Self.two, ["smoothing": .number(3)]),
        [0.59375, 0.5357142857142857, 0.625, 7.0 / 12]))
  }

  @Test func `several classes have a column each`() throws {
    let right: [(String, [Double])] = [
      ("t_k", [0.7412587412587412, 0, 0, 1.0 / 3]),
      ("t_l", [0.22520702888305397, 0.48295454545454547, 0.608272506082725, 5.0 / 12]),
      ("t_m", [0, 0.4375, 0.30973451327433627, 0.25]),
    ]
    for (column, values) in right {
      #expect(near(try Self.means(Self.three, column: column), values))
    }
  }

  @Test func `a training row is coded by the other folds alone`() throws {
    let fitted = try prepare(
      "encode.target", Self.table, ["smoothing": .number(0)], columns: ["t"], target: Self.numbers,
      seed: 4)
    let coded = try #require(try fitted.applyToTraining(Self.table, workers: .serial)["t"]).cells
    let folds = TargetEncoded.folds(of: Self.table, seed: 4)
    let levels = Self.table["t"]?.textCells ?? []
    #expect(Set(folds).count > 2)
    for row in 0..<12 {
      let others = (0..<12).filter { folds[$0] != folds[row] }
      let own = others.filter { levels[$0] == levels[row] }
      let rows = own.isEmpty ? others : own
      let mean = rows.reduce(0.0) { $0 + Double($1 + 1) } / Double(rows.count)
      #expect(abs((coded[row] ?? .nan) - mean) < 1e-12)
    }
    // Another target for one row changes nothing in its own code.
    guard case .numbers(var values) = Self.numbers else { return }
    values[3] = 1000
    let other = try prepare(
      "encode.target", Self.table, ["smoothing": .number(0)], columns: ["t"],
      target: .numbers(values), seed: 4)
    let moved = try #require(try other.applyToTraining(Self.table, workers: .serial)["t"]).cells
    #expect(moved[3] == coded[3] && moved != coded)
  }

  @Test func `null is a level of its own, and a target is needed`() throws {
    let table = Table([("t", .texts([nil, nil, "a", "a"]))])
    let fitted = try prepare(
      "encode.target", table, ["smoothing": .number(0)], target: .numbers([1, 2, 5, 6]))
    #expect(
      near(try #require(try fitted.apply(table, workers: .serial)["t"]), [1.5, 1.5, 5.5, 5.5]))
    #expect(errorCode { _ = try prepare("encode.target", table) } == "no-target")
  }
}
