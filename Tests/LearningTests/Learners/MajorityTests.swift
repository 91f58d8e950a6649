import Columns
import Testing

@testable import Learning

struct MajorityTests {
  @Test func `every row gets the shares of the classes, by weight`() throws {
    let features = Table([("x", Column.numbers([1, nil, 3, 4]))])
    let target = Target.classes(codes: [0, 1, 1, 1], labels: [.bool(false), .bool(true)])
    let plain = try fit("majority", features, target)
    #expect(try plain.probabilities(features) == [0.75, 0.75, 0.75, 0.75])
    let weighted = try fit("majority", features, target, weights: [3, 1, 0, 0])
    #expect(try weighted.probabilities(features) == [0.25, 0.25, 0.25, 0.25])
    #expect(plain.fact("share of true") == "0.75")
  }
}
