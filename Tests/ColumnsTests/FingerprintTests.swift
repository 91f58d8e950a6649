import Columns
import TestKit
import Testing

@Suite struct FingerprintTests {
  @Test func `equal tables have equal fingerprints and others do not`() throws {
    let table = RandomTable.table(seed: 34, rows: 300, types: [.int, .text, .number])
    let print = try table.fingerprint()
    #expect(try table.fingerprint(workers: Workers(threads: 5)) == print)
    let order = (0..<300).map { Int32($0) }
    #expect(try table.taking(order.reversed(), workers: .serial).fingerprint() != print)
    #expect(try table.slice(0..<299).fingerprint() != print)
    let renamed = Table(zip(["x", "c1", "c2"], table.columns).map { ($0, $1) })
    #expect(try renamed.fingerprint() != print)
    let again = try table.taking(order.reversed(), workers: .serial)
      .taking(order.reversed(), workers: .serial)
    #expect(try again.fingerprint() == print)
  }
}
