import Columns
import Testing

@testable import Learning

struct TrainingChecksTests {
  static let features = Table([("x", .number(Values([1, 2, 4, 3])))])
  static let target = Target.numbers([1, 2, 3, 5])

  static func code(
    _ features: Table = features, _ target: Target = target, _ weights: [Double]? = nil
  ) -> String {
    errorCode { _ = try fit("linear", features, target, weights: weights) }
  }

  @Test func `each refusal has a code of its own`() {
    #expect(Self.code() == "")
    #expect(Self.code(Self.features.slice(0..<0), .numbers([])) == "no-rows")
    #expect(Self.code(Self.features, .none) == "wrong-task")
    #expect(Self.code(Self.features, .numbers([1, 2, .nan, 3])) == "not-finite")
    #expect(Self.code(Self.features, Self.target, [0, 0, 0, 0]) == "no-weight")
    #expect(Self.code(Self.features, Self.target, [1, -1, 1, 1]) == "bad-weight")
    #expect(Self.code(Table([("x", .numbers([1, nil, 2, 3]))])) == "nulls-in-features")
    #expect(Self.code(Table([("x", .number(Values([1, .infinity, 2, 3])))])) == "not-finite")
    #expect(Self.code(Table([], rowCount: 4)) == "no-features")
  }

  @Test func `an error of one row names the row`() {
    do {
      _ = try fit("linear", Self.features, Self.target, weights: [1, 1, -2, 1])
    } catch let error as DataError {
      #expect(error.row == 3 && error.value == "-2.0")
    } catch {
      Issue.record(error)
    }
  }

  @Test func `levels that only rows of weight 0 have are not learned`() throws {
    let table = Table([("t", .texts(["a", "b", "c", "a", "b"]))])
    let model = try fit("linear", table, .numbers([1, 2, 9, 1.5, 2.5]), weights: [1, 1, 0, 1, 1])
    #expect(model.estimates().keys.sorted() == ["intercept", "t=b"])
    #expect(model.fact("rows") == "4")
  }
}
