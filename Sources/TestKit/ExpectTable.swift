package import Columns
package import Testing

/// Expects a table with these columns, types and cells, in this order. Numbers may differ by
/// `tolerance`, relative for those above 1; NaN equals NaN.
package func expectTable(
  _ table: Table, equals expected: String, tolerance: Double = 0,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  do {
    expectTable(
      table, equals: try TableText.table(expected), tolerance: tolerance,
      sourceLocation: sourceLocation)
  } catch {
    Issue.record(error, "the expected table", sourceLocation: sourceLocation)
  }
}

package func expectTable(
  _ table: Table, equals expected: Table, tolerance: Double = 0,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let got = TableText.text(table)
  let wanted = TableText.text(expected)
  if got == wanted || areNear(table, expected, tolerance) { return }
  Issue.record("wanted\n\(wanted)\n\ngot\n\(got)", sourceLocation: sourceLocation)
}

private func areNear(_ a: Table, _ b: Table, _ tolerance: Double) -> Bool {
  guard tolerance > 0, a.schema == b.schema, a.rowCount == b.rowCount else { return false }
  return zip(a.columns, b.columns).allSatisfy { a, b in
    (0..<a.count).allSatisfy { row in
      switch (a[row], b[row]) {
      case (.number(let x), .number(let y)):
        x == y || x.isNaN && y.isNaN || abs(x - y) <= tolerance * max(1, abs(y))
      case (let x, let y): x == y
      }
    }
  }
}
