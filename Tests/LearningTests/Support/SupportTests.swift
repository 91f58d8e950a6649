import Columns
import Testing

@testable import Learning

struct SupportTests {
  @Test func `a hash of a row does not depend on how the row is stored`() {
    let heap = TextHeap(["x", "y", "z"], isDistinct: true)
    let a = Table([
      ("t", .text(TextValues(["y", nil, "x"]))), ("n", .number(Values([1, 0, 2]))),
    ])
    let b = Table([
      (
        "t",
        .category(
          TextValues(heap: heap, rows: .codes([1, 2, 0]), valid: [true, false, true][...]))
      ), ("n", .number(Values([1, -0.0, 2]))),
    ])
    #expect(rowHashes(a) == rowHashes(b))
    #expect(Set(rowHashes(a)).count == 3)
    #expect(rowHashes(a.picking([2, 0])) == [rowHashes(a)[2], rowHashes(a)[0]])
    #expect(rowHashes(a.slice(1..<3)) == Array(rowHashes(a)[1..<3]))
  }

  @Test func `quantiles interpolate between ranks`() {
    let values = [1.0, 2, 4, 8]
    #expect(Order.quantile(0.25, ofSorted: values) == 1.75)
    #expect(Order.quantile(0.5, ofSorted: values) == 3)
    #expect(Order.quantile(1, ofSorted: values) == 8)
    #expect(Order.quantile(0.3, ofSorted: [7]) == 7)
    #expect(Order.weightedMedian([3, 1, 2], weights: [1, 1, 1]) == 2)
    #expect(Order.weightedMedian([1, 9], weights: [1, 1]) == 5)
    #expect(Order.weightedMedian([1, 9], weights: [1, 2]) == 9)
  }

  @Test(arguments: [
    (0.0, "0"), (1.5, "1.5"), (123456.7, "123457"), (1234567.8, "1234570"),
    (-0.000123456789, "-0.000123457"),
    (100, "100"), (1e300, "1e+300"), (1.0 / 3, "0.333333"),
    (Double.leastNonzeroMagnitude, "5e-324"),
  ])
  func `numbers are shown in six digits`(value: Double, text: String) {
    #expect(short(value) == text)
  }

  @Test func `levels are numbered by appearance and sorted by value or bytes`() throws {
    let codes = try #require(LevelCodes(.int(Values([10, 9, 10], valid: [true, true, false]))))
    #expect(codes.levels == ["10", "9"] && codes.codes == [0, 1, -1])
    #expect(LevelCodes.sorted(codes.levels, as: .int) == ["9", "10"])
    #expect(LevelCodes.sorted(["b", "a", "Z", "é"], as: .text) == ["Z", "a", "b", "é"])
    #expect(codes.recoded(to: ["9"]) == [-2, 0, -1])
    #expect(LevelCodes(.number(Values([1]))) == nil)
  }

  @Test func `a sum in doubled precision keeps what a plain one loses`() {
    var sum = DoubleDouble(1e16)
    for _ in 0..<10 { sum.add(0.1) }
    sum.add(product: -1e8, 1e8)
    #expect(abs(sum.value - 1) < 1e-15)
  }
}
