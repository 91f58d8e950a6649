import Columns
import Testing

@testable import Learning

struct ScaleRobustTests {
  @Test func `the worked example agrees with other programs`() throws {
    let scaled = try prepared("scale.robust", .number(Values([1.5, 2, 4, 8, 16, 3])))
    #expect(
      near(
        scaled,
        [
          -0.42105263157894735, -0.3157894736842105, 0.10526315789473684, 0.9473684210526315,
          2.6315789473684212, -0.10526315789473684,
        ]))
  }

  @Test func `nulls stay null and teach nothing`() throws {
    let plain = try prepared("scale.robust", .numbers([1, 3, 7]))
    let holed = try prepared("scale.robust", .numbers([nil, 1, 3, nil, 7]))
    #expect(holed.cells == [nil, plain.cells[0], plain.cells[1], nil, plain.cells[2]])
  }

  @Test func `a column that never varies is not blown up`() throws {
    let scaled = try prepared("scale.robust", .number(Values([0.1, 0.1, 0.1])))
    #expect(near(scaled, [0, 0, 0]))
    let zeros = try prepared("scale.robust", .number(Values([0, 0])))
    #expect(zeros.cells == [0, 0])
  }
}
