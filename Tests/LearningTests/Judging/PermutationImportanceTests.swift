import Columns
import Testing

@testable import Learning

struct PermutationImportanceTests {
  static let features: Table = {
    var random = RandomStream(seed: 1)
    return Table([
      ("idle", .number(Values((0..<80).map { _ in random.uniform() }))),
      ("strong", .number(Values((0..<80).map { _ in random.uniform() }))),
      ("weak", .number(Values((0..<80).map { _ in random.uniform() }))),
    ])
  }()

  static let target: Target = {
    let strong = features["strong"]?.cells.map { $0 ?? 0 } ?? []
    let weak = features["weak"]?.cells.map { $0 ?? 0 } ?? []
    return .numbers(zip(strong, weak).map { 5 * $0 + $1 })
  }()

  static func importance(
    _ features: Table = features, seed: UInt64 = 0, threads: Int = 1, repeats: Int = 5,
    metric: Metric = .rmse
  ) throws -> Table {
    let model = try fit("linear", features, target)
    return try PermutationImportance.compute(
      model, features: features, actual: target, metric: metric, repeats: repeats, seed: seed,
      workers: Workers(threads: threads))
  }

  @Test func `features come in the order of what the model loses without them`() throws {
    for metric in [Metric.rmse, .r2] {
      let table = try Self.importance(metric: metric)
      #expect(table["feature"]?.textCells == ["strong", "weak", "idle"])
      let values = table["importance"]?.cells.map { $0 ?? 0 } ?? []
      #expect(values[0] > values[1] && values[1] > 0.01 && abs(values[2]) < 1e-9)
      #expect(table["sd"]?.cells.allSatisfy { ($0 ?? -1) >= 0 } == true)
    }
  }

  @Test func `the seed decides, not the threads nor the other features`() throws {
    let one = try Self.importance()
    #expect(try Self.importance(threads: 3) == one)
    #expect(try Self.importance(seed: 1) != one)
    let turned = Self.features.selecting(["weak", "strong", "idle"])
    let other = try Self.importance(turned)
    #expect(other["feature"] == one["feature"])
    for row in 0..<2 {
      let (a, b) = (one["importance"]?.cells[row] ?? 0, other["importance"]?.cells[row] ?? 1)
      #expect(abs(a - b) < 1e-9)
    }
  }

  @Test func `an order of rows is a permutation`() {
    var random = RandomStream(seed: 5)
    let order = PermutationImportance.shuffled(50, &random)
    #expect(order.sorted() == Array(0..<50) && order != Array(0..<50))
  }
}
