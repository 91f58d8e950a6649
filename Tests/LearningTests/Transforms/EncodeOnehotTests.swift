import Columns
import Testing

@testable import Learning

struct EncodeOnehotTests {
  @Test func `each level has a column in its place, in sorted order`() throws {
    let table = Table([
      ("a", .int(Values([1, 2, 3]))), ("t", .texts(["y", "x", nil])),
      ("z", .int(Values([4, 5, 6]))),
    ])
    let fitted = try prepare("encode.onehot", table, columns: ["t"])
    let coded = try fitted.apply(table, workers: .serial)
    #expect(coded.schema.names == ["a", "t=x", "t=y", "z"])
    #expect(coded["t=x"] == .int(Values([0, 1, 0])) && coded["t=y"] == .int(Values([1, 0, 0])))
    let unseen = try fitted.apply(
      table.setting([("t", .texts(["new", "y", "x"]))]), workers: .serial)
    #expect(unseen["t=x"] == .int(Values([0, 0, 1])) && unseen["t=y"] == .int(Values([0, 1, 0])))
  }

  @Test func `null and unseen levels may have a column of their own`() throws {
    let table = Table([("t", .texts(["y", nil]))])
    let fitted = try prepare("encode.onehot", table, ["unknown": .text("column")])
    let coded = try fitted.apply(Table([("t", .texts(["new", "y"]))]), workers: .serial)
    #expect(coded.schema.names == ["t=y", "t=unknown"])
    #expect(coded["t=unknown"] == .int(Values([1, 0])))
    let taken = Table([("t", .texts(["unknown"]))])
    #expect(
      errorCode { _ = try prepare("encode.onehot", taken, ["unknown": .text("column")]) }
        == "duplicate-column")
  }

  @Test func `integers are levels in the order of their size`() throws {
    let table = Table([("n", .int(Values([10, 9])))])
    let coded = try prepare("encode.onehot", table).apply(table, workers: .serial)
    #expect(coded.schema.names == ["n=9", "n=10"])
  }
}
