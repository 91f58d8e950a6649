import Columns
import Synchronization
import Testing

struct WorkerTeamTests {
  @Test(arguments: [1, 2, 5])
  func `each piece is done once`(threads: Int) throws {
    let done = (0..<100).map { _ in Counter() }
    try Workers(threads: threads).withTeam { team in
      for _ in 0..<50 { try team.run(done.count) { done[$0].add() } }
      let squares = try team.map(4) { $0 * $0 }
      let none = try team.map(0) { $0 }
      #expect(squares == [0, 1, 4, 9] && none.isEmpty)
    }
    #expect(done.allSatisfy { $0.value == 50 })
  }

  @Test func `the error of the smallest number is thrown and the team goes on`() throws {
    struct Failed: Error, Equatable { var number: Int }
    try Workers(threads: 2).withTeam { team in
      #expect(throws: Failed(number: 0)) { try team.run(2) { throw Failed(number: $0) } }
      let after = try team.map(3) { $0 }
      #expect(after == [0, 1, 2])
    }
  }

  @Test func `a cancelled team throws`() throws {
    let cancellation = Cancellation()
    try Workers(threads: 2, cancellation: cancellation).withTeam { team in
      cancellation.cancel()
      #expect(throws: Cancelled.self) { try team.run(8) { _ in } }
    }
  }

  private final class Counter: Sendable {
    private let count = Atomic<Int>(0)
    func add() { count.add(1, ordering: .relaxed) }
    var value: Int { count.load(ordering: .relaxed) }
  }
}
