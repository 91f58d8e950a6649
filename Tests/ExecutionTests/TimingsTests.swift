import Columns
import Pipeline
import Syntax
import Testing
import Text

@testable import Execution

@Suite struct TimingsTests {
  /// The node of a lone `table` statement.
  private func node(statement: Int) throws -> Node {
    let parsed = Parser.parse("table x = [1, 2, 3]")
    let script = try #require(parsed.script.statements.first)
    let checker = Checker(
      names: [:], values: [:], host: LocalHost(), workers: .serial, seed: 0,
      place: Place(statement: statement, source: "s", span: script.span))
    return try #require(Analyzer.check(script, checker).node)
  }

  @Test func `a stage inside another counts for itself only`() throws {
    let timings = Timings()
    let outer = try node(statement: 2)
    let inner = try node(statement: 1)
    var took = 0.0
    timings.measure(outer, input: nil) {
      let start = Timings.now()
      timings.measure(inner, input: nil) { while Timings.now() - start < 20 {} }
      took = Timings.now() - start
    }
    let stages = timings.stages
    #expect(stages.map(\.statement) == [1, 2])
    #expect(stages[0].milliseconds >= 19 && stages[0].milliseconds <= took)
    // Both together are the whole time, not twice the inner one.
    #expect(stages[0].milliseconds + stages[1].milliseconds < took + 20)
  }

  @Test func `rows are those that come in, and bytes are counted once`() throws {
    let timings = Timings()
    let node = try node(statement: 1)
    let table = Table([("x", .int(Values([1, 2, 3])))])
    timings.note(bytes: 7)
    timings.measure(node, input: .table(table)) {}
    timings.measure(node, input: .table(table)) {}
    #expect(timings.stages.map(\.rows) == [3, 3])
    #expect(timings.stages.map(\.bytes) == [7, 0])
    timings.reset()
    #expect(timings.stages.isEmpty)
  }

  @Test func `a stage that fails is not noted and leaves the next one whole`() throws {
    struct Broken: Error {}
    let timings = Timings()
    let node = try node(statement: 1)
    #expect(throws: Broken.self) { try timings.measure(node, input: nil) { throw Broken() } }
    #expect(timings.stages.isEmpty)
    timings.measure(node, input: nil) {}
    #expect(timings.stages.count == 1)
  }
}
