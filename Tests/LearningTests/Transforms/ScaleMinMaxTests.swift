import Columns
import Testing

@testable import Learning

struct ScaleMinMaxTests {
  @Test func `the worked example agrees with other programs`() throws {
    let scaled = try prepared("scale.minmax", .number(Values([1.5, 2, 4, 8, 16, 3])))
    #expect(
      near(
        scaled,
        [
          0.0, 0.034482758620689655, 0.1724137931034483, 0.4482758620689655, 1.0,
          0.10344827586206896,
        ]))
  }

  @Test func `nulls stay null and teach nothing`() throws {
    let plain = try prepared("scale.minmax", .numbers([1, 3, 7]))
    let holed = try prepared("scale.minmax", .numbers([nil, 1, 3, nil, 7]))
    #expect(holed.cells == [nil, plain.cells[0], plain.cells[1], nil, plain.cells[2]])
  }

  @Test func `a column that never varies is not blown up`() throws {
    let scaled = try prepared("scale.minmax", .number(Values([0.1, 0.1, 0.1])))
    #expect(near(scaled, [0, 0, 0]))
    let zeros = try prepared("scale.minmax", .number(Values([0, 0])))
    #expect(zeros.cells == [0, 0])
  }
}
