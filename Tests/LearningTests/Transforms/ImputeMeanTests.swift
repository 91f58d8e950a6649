import Columns
import Testing

@testable import Learning

struct ImputeMeanTests {
  @Test func `nulls become the mean, by weight, and integers become numbers`() throws {
    #expect(try prepared("impute.mean", .numbers([1, nil, 4])).cells == [1, 2.5, 4])
    #expect(
      try prepared("impute.mean", .numbers([1, nil, 4]), weights: [3, 1, 1]).cells[1] == 1.75)
    let whole = Column.int(Values([1, 0, 2], valid: [true, false, true]))
    #expect(try prepared("impute.mean", whole) == .number(Values([1, 1.5, 2])))
  }
}
