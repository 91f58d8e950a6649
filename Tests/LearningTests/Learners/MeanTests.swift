import Columns
import Testing

@testable import Learning

struct MeanTests {
  static let features = Table([("x", Column.numbers([1, nil, 3]))])

  @Test func `every row gets the mean, by weight`() throws {
    let plain = try fit("mean", Self.features, .numbers([1, 2, 6]))
    #expect(try plain.numbers(Self.features) == [3, 3, 3])
    let weighted = try fit("mean", Self.features, .numbers([1, 2, 6]), weights: [2, 0, 2])
    #expect(try weighted.numbers(Self.features) == [3.5, 3.5, 3.5])
  }

  @Test func `large numbers of one size lose no digits, and the largest do not overflow`() throws {
    let base = 1e15
    let model = try fit("mean", Self.features, .numbers([base + 1, base + 2, base + 6]))
    #expect(try model.numbers(Self.features)[0] == base + 3)
    let large = try fit("mean", Self.features, .numbers([1.5e308, -1.5e308, 1.5e308]))
    #expect(try abs(large.numbers(Self.features)[0] / 5e307 - 1) < 1e-12)
  }
}
