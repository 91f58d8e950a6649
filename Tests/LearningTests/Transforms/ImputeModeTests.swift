import Columns
import Testing

@testable import Learning

struct ImputeModeTests {
  @Test func `nulls become the commonest value, the smallest of equals`() throws {
    #expect(
      try prepared("impute.mode", .texts(["b", nil, "a", "b"])).textCells == ["b", "b", "a", "b"])
    #expect(try prepared("impute.mode", .texts(["b", nil, "a"])).textCells[1] == "a")
    #expect(try prepared("impute.mode", .numbers([3, nil, 2, 3, 2])).cells[1] == 2)
    let flags = Column.bool(Values([true, true, false], valid: [true, true, false]))
    #expect(try prepared("impute.mode", flags)[2] == .bool(true))
    let whole = Column.int(Values([5, 0, 5], valid: [true, false, true]))
    #expect(try prepared("impute.mode", whole) == .int(Values([5, 5, 5])))
  }

  @Test func `weights decide what is common, and a category stays one`() throws {
    #expect(
      try prepared("impute.mode", .texts(["b", nil, "a", "b"]), weights: [1, 1, 5, 1]).textCells[1]
        == "a")
    let heap = TextHeap(["x", "y"], isDistinct: true)
    let levels = Column.category(
      TextValues(heap: heap, rows: .codes([1, 1, 0]), valid: [true, false, true][...]))
    let filled = try prepared("impute.mode", levels)
    #expect(filled.type == .category && filled.textCells == ["y", "x", "x"])
  }
}
