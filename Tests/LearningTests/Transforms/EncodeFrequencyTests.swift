import Columns
import Testing

@testable import Learning

struct EncodeFrequencyTests {
  @Test func `levels become their shares, null has its own, unseen 0`() throws {
    let table = Table([("t", .texts(["b", "a", nil, "b"]))])
    let fitted = try prepare("encode.frequency", table)
    #expect(try fitted.apply(table, workers: .serial)["t"]?.cells == [0.5, 0.25, 0.25, 0.5])
    let unseen = Table([("t", .texts(["z"]))])
    #expect(try fitted.apply(unseen, workers: .serial)["t"]?.cells == [0])
  }
}
