import Columns
import Testing

@testable import Learning

struct DesignTests {
  static let table = Table([
    ("n", .int(Values([1, 2, 3]))),
    ("t", .texts(["b", "a", "c"])),
    ("f", .bool(Values([true, false, true]))),
  ])

  @Test func `levels are sorted, and the first has no column when it is dropped`() throws {
    let all = try Design(learning: Self.table, dropsFirst: false, learner: "x")
    #expect(all.terms == ["n", "t=a", "t=b", "t=c", "f"])
    let matrix = try all.columns(of: Self.table, learner: "x").matrix()
    #expect(matrix.elements == [1, 2, 3, 0, 1, 0, 1, 0, 0, 0, 0, 1, 1, 0, 1])
    let dropped = try Design(learning: Self.table, dropsFirst: true, learner: "x")
    #expect(dropped.terms == ["n", "t=b", "t=c", "f"] && dropped.width == 4)
    let ones = try dropped.columns(of: Self.table, learner: "x").matrix(intercept: true)
    #expect(ones.elements == [1, 1, 1, 1, 2, 3, 1, 0, 0, 0, 0, 1, 1, 0, 1])
  }

  @Test func `unseen levels are 0 in all columns, categories are as good as text`() throws {
    let design = try Design(learning: Self.table, dropsFirst: false, learner: "x")
    let heap = TextHeap(["c", "new"], isDistinct: true)
    let other = Table([
      ("f", .bool(Values([false, false]))),
      ("t", .category(TextValues(heap: heap, rows: .codes([1, 0])))),
      ("n", .number(Values([0.5, 1]))),
    ])
    let matrix = try design.columns(of: other, learner: "x").matrix()
    #expect(matrix.elements == [0.5, 1, 0, 0, 0, 0, 0, 1, 0, 0])
  }

  @Test func `sums by row are those of the dense matrix`() throws {
    for dropsFirst in [false, true] {
      let design = try Design(learning: Self.table, dropsFirst: dropsFirst, learner: "x")
      let columns = try design.columns(of: Self.table, learner: "x")
      let b = (0..<design.width).map { Double($0) + 0.25 }
      let matrix = columns.matrix()
      let right = (0..<3).map { row in
        (0..<design.width).reduce(7.0) { $0 + b[$1] * matrix[row, $1] }
      }
      #expect(columns.linear(b[...], intercept: 7) == right)
    }
  }

  @Test func `types that are no features are refused by name`() {
    let dates = Table([("day", .date(Values([1, 2])))])
    #expect(
      errorCode { _ = try Design(learning: dates, dropsFirst: false, learner: "x") }
        == "feature-type")
    let none = Table([], rowCount: 2)
    #expect(
      errorCode { _ = try Design(learning: none, dropsFirst: false, learner: "x") } == "no-features"
    )
  }

  @Test func `more columns than memory should hold are refused`() {
    let many = Table([("id", .texts((0..<30_000).map { "\($0)" }))])
    #expect(
      errorCode { _ = try Design(learning: many, dropsFirst: false, learner: "x") }
        == "too-many-columns")
  }
}
