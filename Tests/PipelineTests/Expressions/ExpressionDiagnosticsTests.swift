import Columns
import Syntax
import Testing
import Text

@testable import Pipeline

struct ExpressionDiagnosticsTests {
  @Test func `every code is explained, in order, once`() {
    let codes = DiagnosticCatalog.expressions.entries.map(\.code)
    #expect(codes == codes.sorted() && Set(codes).count == codes.count)
    for text in [
      "z", "z()", "$z", "int(\"a\")", "i + name", "round()", "matches(name, \"(\")", "mean(i)",
      "@9999-12-31 + 9000000y", "repeat(name, 99999999)", "9223372036854775807 * i",
    ] {
      let found = problem(text, mixed)
      #expect(
        found.map { codes.contains($0.code) } == true, "\(text): \(String(describing: found))")
    }
  }

  @Test func `a cancelled evaluation stops`() throws {
    let workers = Workers(threads: 1)
    workers.cancellation.cancel()
    #expect(throws: Cancelled.self) {
      try bound("i + 1", Scope(schema: mixed.schema)).evaluate(on: mixed, workers: workers)
    }
  }
}
