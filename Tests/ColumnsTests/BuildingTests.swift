import Columns
import TestKit
import Testing

@Suite struct BuildingTests {
  @Test func `columns from values have those values`() throws {
    expectTable(
      Table([
        ("a", try Column(values: [.int(1), .null], type: .int)),
        ("b", try Column(values: [.int(1), .number(2.5)], type: .number)),
        ("c", try Column(values: [.text("x"), .text("x")], type: .category)),
      ]),
      equals: """
        a:int  b:number  c:category
        1      1         x
        null   2.5       x
        """)
  }

  @Test func `a value of another type names its row`() {
    #expect(throws: DataError.self) { try Column(values: [.int(1), .text("x")], type: .int) }
    #expect(throws: DataError.self) { try Column(values: [.bool(true)], type: .number) }
    #expect(throws: DataError.self) {
      try Column(values: [.vector([1]), .vector([1, 2])], type: .vector)
    }
  }

  @Test func `constants and nulls fill their rows`() {
    for type in ColumnType.allCases where type != .image {
      let column = Column.nulls(type, 3)
      #expect(column.type == type && column.count == 3 && column.nullCount == 3)
      #expect(Column.nulls(type, 0).count == 0)
      #expect(Column.constant(.null, type: type, count: 2) == Column.nulls(type, 2))
    }
    #expect(Column.constant(.int(4), type: .number, count: 2)[1] == .number(4))
    #expect(Column.constant(.text("é"), type: .category, count: 2)[1] == .text("é"))
    #expect(Column.constant(.vector([1, 2]), type: .vector, count: 2)[1] == .vector([1, 2]))
  }

  @Test func `a table of a schema alone has no rows`() {
    let schema = Schema([Field("a", .int), Field("b", .vector)])
    #expect(Table.empty(schema).schema == schema)
    #expect(Table.empty(schema).rowCount == 0)
  }
}
