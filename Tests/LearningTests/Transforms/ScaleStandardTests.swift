import Columns
import Testing

@testable import Learning

struct ScaleStandardTests {
  @Test func `the worked example agrees with other programs`() throws {
    let scaled = try prepared("scale.standard", .number(Values([1.5, 2, 4, 8, 16, 3])))
    #expect(
      near(
        scaled,
        [
          -0.8419694235664195, -0.7429141972644877, -0.3466932920567609, 0.4457485183586926,
          2.0306321391895996, -0.5448037446606243,
        ]))
  }

  @Test func `nulls stay null and teach nothing`() throws {
    let plain = try prepared("scale.standard", .numbers([1, 3, 7]))
    let holed = try prepared("scale.standard", .numbers([nil, 1, 3, nil, 7]))
    #expect(holed.cells == [nil, plain.cells[0], plain.cells[1], nil, plain.cells[2]])
  }

  @Test func `a column that never varies is not blown up`() throws {
    let scaled = try prepared("scale.standard", .number(Values([0.1, 0.1, 0.1])))
    #expect(near(scaled, [0, 0, 0]))
    let zeros = try prepared("scale.standard", .number(Values([0, 0])))
    #expect(zeros.cells == [0, 0])
  }

  @Test func `weights are those of rows repeated`() throws {
    let weighted = try prepared("scale.standard", .numbers([1, 2, 6]), weights: [1, 2, 1])
    let twice = try prepared("scale.standard", .numbers([1, 2, 2, 6]))
    #expect(near(weighted, [twice.cells[0] ?? 0, twice.cells[1] ?? 0, twice.cells[3] ?? 0]))
  }
}
