import Columns
import Testing

@testable import Learning

struct FoldsTests {
  static let hashes = PartitionTests.hashes(103)

  static func sizes(_ folds: [Int32], _ count: Int) -> [Int] {
    (0..<count).map { fold in folds.count { $0 == Int32(fold) } }
  }

  @Test(arguments: [2, 5, 10])
  func `folds differ by one row at most`(count: Int) throws {
    let folds = try Folds.assign(hashes: Self.hashes, folds: count)
    let sizes = Self.sizes(folds, count)
    #expect(sizes.reduce(0, +) == 103)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }

  @Test func `the order of rows does not matter, the seed does`() throws {
    let folds = try Folds.assign(hashes: Self.hashes, folds: 5, seed: 1)
    let turned = try Folds.assign(hashes: Array(Self.hashes.reversed()), folds: 5, seed: 1)
    #expect(Array(turned.reversed()) == folds)
    #expect(try Folds.assign(hashes: Self.hashes, folds: 5, seed: 2) != folds)
  }

  @Test func `strata are dealt out evenly, and all folds stay even`() throws {
    let strata = (0..<103).map { Int32($0 < 13 ? 1 : 0) }
    let folds = try Folds.assign(hashes: Self.hashes, folds: 5, strata: strata)
    let rare = Self.sizes(Array(folds.prefix(13)), 5)
    #expect(rare.sorted() == [2, 2, 3, 3, 3])
    #expect(Set(Self.sizes(folds, 5)).isSubset(of: [20, 21]))
  }

  @Test func `equal rows and groups share a fold`() throws {
    let doubled = (0..<100).map { mixed(UInt64($0 / 2)) }
    let folds = try Folds.assign(hashes: doubled, folds: 5)
    #expect((0..<50).allSatisfy { folds[2 * $0] == folds[2 * $0 + 1] })
    #expect(Self.sizes(folds, 5) == [20, 20, 20, 20, 20])
    let groups = (0..<103).map { Int32($0 % 13) }
    for strata in [nil, (0..<103).map { Int32($0 % 2) }] {
      let grouped = try Folds.assign(hashes: Self.hashes, folds: 4, strata: strata, groups: groups)
      for group in 0..<13 as Range<Int32> {
        #expect(Set((0..<103).filter { groups[$0] == group }.map { grouped[$0] }).count == 1)
      }
      #expect(Self.sizes(grouped, 4).allSatisfy { (16...34).contains($0) })
    }
  }

  @Test func `more folds than rows are refused`() {
    #expect(errorCode { _ = try Folds.assign(hashes: [1, 2], folds: 3) } == "too-few-rows")
    #expect(errorCode { _ = try Folds.assign(hashes: [1, 1, 1], folds: 2) } == "too-few-rows")
    #expect(errorCode { _ = try Folds.assign(hashes: [1, 2], folds: 1) } == "too-few-rows")
  }
}
