import Columns
import Testing

@testable import Learning

struct ImputeMedianTests {
  @Test func `nulls become the median of the others`() throws {
    #expect(try prepared("impute.median", .numbers([9, nil, 1, 2])).cells == [9, 2, 1, 2])
    #expect(try prepared("impute.median", .numbers([9, nil, 1])).cells[1] == 5)
    #expect(try prepared("impute.median", .numbers([9, 7, 1])).cells == [9, 7, 1])
  }

  @Test func `the indicator tells which rows were null, also of columns without nulls`() throws {
    let table = Table([("a", .numbers([1, nil])), ("b", .numbers([1, 2]))])
    let fitted = try prepare("impute.median", table, ["indicator": .bool(true)])
    let filled = try fitted.apply(table, workers: .serial)
    #expect(filled.schema.names == ["a", "b", "a_missing", "b_missing"])
    #expect(filled["a_missing"] == .bool(Values([false, true])))
    #expect(filled["b_missing"] == .bool(Values([false, false])))
    #expect(
      errorCode { _ = try fitted.apply(filled, workers: .serial) } == "duplicate-column")
    #expect(fitted.facts.map(\.value) == ["median 1", "median 1.5"])
  }
}
