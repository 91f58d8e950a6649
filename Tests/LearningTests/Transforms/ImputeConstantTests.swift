import Columns
import Testing

@testable import Learning

struct ImputeConstantTests {
  @Test func `nulls become the value given, of the column's type`() throws {
    #expect(
      try prepared("impute.constant", .numbers([1, nil]), ["value": .int(7)]).cells == [1, 7])
    #expect(
      try prepared("impute.constant", .texts(["a", nil]), ["value": .text("none")]).textCells
        == ["a", "none"])
    let whole = Column.int(Values([1, 0], valid: [true, false]))
    #expect(try prepared("impute.constant", whole, ["value": .int(3)]) == .int(Values([1, 3])))
    #expect(
      try prepared("impute.constant", whole, ["value": .number(0.5)]) == .number(Values([1, 0.5])))
  }

  @Test func `a value of another type, and none at all, are refused`() {
    #expect(
      errorCode { _ = try prepared("impute.constant", .numbers([1, nil]), ["value": .text("x")]) }
        == "column-type")
    #expect(
      errorCode { _ = try prepared("impute.constant", .numbers([1, nil])) } == "missing-option")
  }
}
