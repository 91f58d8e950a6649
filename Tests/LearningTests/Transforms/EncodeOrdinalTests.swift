import Columns
import Testing

@testable import Learning

struct EncodeOrdinalTests {
  @Test func `levels become their positions, null stays null, unseen is -1`() throws {
    let table = Table([("t", .texts(["b", "a", nil]))])
    let fitted = try prepare("encode.ordinal", table)
    #expect(
      try fitted.apply(table, workers: .serial)["t"]
        == .int(Values([1, 0, 0], valid: [true, true, false])))
    let unseen = Table([("t", .texts(["z", "b"]))])
    #expect(try fitted.apply(unseen, workers: .serial)["t"] == .int(Values([-1, 1])))
  }

  @Test func `the order may be given, and must name every level once`() throws {
    let table = Table([("t", .texts(["low", "high", "middle"]))])
    func levels(_ names: [String]) -> [String: Value] { ["levels": .list(names.map { .text($0) })] }
    let fitted = try prepare("encode.ordinal", table, levels(["low", "middle", "high"]))
    #expect(try fitted.apply(table, workers: .serial)["t"] == .int(Values([0, 2, 1])))
    #expect(
      errorCode { _ = try prepare("encode.ordinal", table, levels(["low"])) } == "unknown-level")
    #expect(
      errorCode { _ = try prepare("encode.ordinal", table, levels(["low", "low"])) }
        == "duplicate-level")
  }
}
