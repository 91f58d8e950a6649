import Columns
import Testing

@testable import Learning

struct PartitionTests {
  static func hashes(_ count: Int) -> [UInt64] { (0..<count).map { mixed(UInt64($0) &+ 77) } }

  static func count(_ parts: [Part], _ part: Part) -> Int { parts.count { $0 == part } }

  @Test(arguments: [10, 37, 100, 1000])
  func `shares are exact to the row`(rows: Int) throws {
    let parts = try Partition.assign(
      hashes: Self.hashes(rows), test: 0.2, valid: 0.1, seed: 3)
    #expect(Self.count(parts, .test) == Int((0.2 * Double(rows)).rounded()))
    #expect(Self.count(parts, .valid) == Int((0.1 * Double(rows)).rounded()))
  }

  @Test func `the order of rows does not matter, the seed does`() throws {
    let hashes = Self.hashes(200)
    let parts = try Partition.assign(hashes: hashes, test: 0.25, seed: 1)
    let turned = try Partition.assign(hashes: Array(hashes.reversed()), test: 0.25, seed: 1)
    #expect(Array(turned.reversed()) == parts)
    #expect(try Partition.assign(hashes: hashes, test: 0.25, seed: 2) != parts)
  }

  @Test func `equal rows land on one side and the share still holds`() throws {
    var random = RandomStream(seed: 4)
    let hashes = (0..<500).map { _ in mixed(UInt64(random.uniform() * 200)) }
    let parts = try Partition.assign(hashes: hashes, test: 0.2, valid: 0.2, seed: 9)
    var sides: [UInt64: Part] = [:]
    for (hash, part) in zip(hashes, parts) {
      #expect(sides[hash, default: part] == part)
      sides[hash] = part
    }
    #expect(Self.count(parts, .test) == 100)
    #expect(Self.count(parts, .valid) == 100)
  }

  @Test func `each stratum is cut in the same shares`() throws {
    let strata = (0..<1000).map { Int32($0 % 10 == 0 ? 1 : $0 % 10 < 4 ? 5 : 9) }
    let parts = try Partition.assign(
      hashes: Self.hashes(1000), test: 0.2, valid: 0.1, seed: 1, strata: strata)
    for (stratum, size) in [(1, 100), (5, 300), (9, 600)] as [(Int32, Int)] {
      let own = (0..<1000).filter { strata[$0] == stratum }.map { parts[$0] }
      #expect(Self.count(own, .test) == size / 5)
      #expect(Self.count(own, .valid) == size / 10)
    }
    // 7, 5 and 3 rows: 3 of 15 are test rows, dealt to the largest remainders.
    let few = (0..<15).map { Int32($0 < 7 ? 0 : $0 < 12 ? 1 : 2) }
    let small = try Partition.assign(hashes: Self.hashes(15), test: 0.2, strata: few)
    #expect(Self.count(small, .test) == 3)
    #expect(Partition.largestRemainder([1.4, 1.0, 0.6], total: 3) == [1, 1, 1])
  }

  @Test func `a group stays together, with strata or without`() throws {
    var random = RandomStream(seed: 7)
    let groups = (0..<600).map { _ in Int32(random.uniform() * 60) }
    let strata = groups.map { $0 % 3 == 0 ? Int32(1) : 0 }
    for strata in [nil, strata] {
      let parts = try Partition.assign(
        hashes: Self.hashes(600), test: 0.2, valid: 0.1, seed: 5, strata: strata, groups: groups)
      var sides: [Int32: Part] = [:]
      for (group, part) in zip(groups, parts) {
        #expect(sides[group, default: part] == part)
        sides[group] = part
      }
      #expect(abs(Self.count(parts, .test) - 120) <= 10)
      #expect(abs(Self.count(parts, .valid) - 60) <= 10)
      if let strata {
        let rare = (0..<600).filter { strata[$0] == 1 }
        let share = Double(rare.count { parts[$0] == .test }) / Double(rare.count)
        #expect(abs(share - 0.2) < 0.05)
      }
    }
  }

  @Test func `with an order the last rows are test rows, equal ranks stay together`() throws {
    let order = (0..<20).map { Int32(19 - $0) }
    let parts = try Partition.assign(
      hashes: Self.hashes(20), test: 0.2, valid: 0.1, order: order, gap: 1)
    #expect(parts[0..<4].allSatisfy { $0 == .test })
    #expect(parts[4] == .gap && parts[5] == .valid && parts[6] == .gap)
    #expect(parts[7...].allSatisfy { $0 == .train })
    let ties: [Int32] = [0, 0, 1, 1, 1, 1, 1, 2, 2, 2]
    let tied = try Partition.assign(hashes: Self.hashes(10), test: 0.4, order: ties)
    #expect(tied == [Part](repeating: .train, count: 7) + [.test, .test, .test])
  }

  @Test func `what cannot be is refused in words`() {
    func code(_ body: @autoclosure () throws -> [Part]) -> String { errorCode { _ = try body() } }
    #expect(
      code(try Partition.assign(hashes: Self.hashes(9), test: 0.6, valid: 0.4)) == "split-shares")
    #expect(code(try Partition.assign(hashes: Self.hashes(2), test: 0.2)) == "split-empty")
    #expect(
      code(try Partition.assign(hashes: [UInt64](repeating: 1, count: 50), test: 0.2))
        == "split-empty")
    #expect(
      code(
        try Partition.assign(
          hashes: Self.hashes(9), test: 0.3, strata: [Int32](repeating: 0, count: 9),
          order: (0..<9).map { Int32($0) })) == "split-options")
    #expect((try? Partition.assign(hashes: [], test: 0.2)) == [])
  }

  @Test func `numbers are quarters as strata`() {
    let values = (0..<100).map { Optional(Double($0)) } + [nil]
    let strata = Partition.strata(of: values)
    for quarter in 0..<4 as Range<Int32> { #expect(strata.count { $0 == quarter } == 25) }
    #expect(strata.last == 4)
  }
}
