import Columns
import Testing

@testable import Learning

struct ScaleMaxAbsTests {
  @Test func `the worked example agrees with other programs`() throws {
    let scaled = try prepared("scale.maxabs", .number(Values([1.5, 2, 4, 8, 16, 3])))
    #expect(
      near(
        scaled,
        [0.09375, 0.125, 0.25, 0.5, 1.0, 0.1875]))
  }

  @Test func `nulls stay null and teach nothing`() throws {
    let plain = try prepared("scale.maxabs", .numbers([1, 3, 7]))
    let holed = try prepared("scale.maxabs", .numbers([nil, 1, 3, nil, 7]))
    #expect(holed.cells == [nil, plain.cells[0], plain.cells[1], nil, plain.cells[2]])
  }

  @Test func `a column that never varies is not blown up`() throws {
    let scaled = try prepared("scale.maxabs", .number(Values([0.1, 0.1, 0.1])))
    #expect(near(scaled, [1, 1, 1]))
    let zeros = try prepared("scale.maxabs", .number(Values([0, 0])))
    #expect(zeros.cells == [0, 0])
  }
}
