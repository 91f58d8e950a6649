import Columns
import Learning
import Text

/// Which rows of its input a judging verb takes, as far as the script says.
package struct RowChoice: Sendable {
  package var rows: Judging.Rows
  /// The split that tags the input, if there is one.
  package var split: Node?

  static let parameter = Parameter(
    "on", .word(Judging.Rows.allCases.map(\.rawValue)),
    defaultNote: "test rows, or all rows of a table without parts", "which rows are judged")

  init(_ call: Call, _ checker: Checker) throws {
    let given = call.settings.word("on").flatMap(Judging.Rows.init(rawValue:))
    let hasParts = checker.flow.hasParts
    if let given, given != .all, !hasParts {
      throw Diagnostic(
        code: "no-parts", "the table has not been split, so it has no \(given.rawValue) rows",
        at: call.span(of: "on"), label: "split test: 20% tags the rows")
    }
    rows = given ?? (hasParts ? .test : .all)
    split = hasParts ? checker.input?.split : nil
  }

  /// The input, cut to the chosen rows.
  func lower(_ input: Operator) -> Operator {
    guard let split, let part = Part(rawValue: rows.rawValue) else { return input }
    return Operator(.part(part, split: split, input), of: input.node)
  }

  /// Counts a look at test rows, and says which one it is.
  func countLook(_ run: RunContext) {
    guard rows == .test, let split else { return }
    let looks = run.host.countTestLook(split: split.fingerprint)
    run.tell("test part: evaluated \(looks) time\(looks == 1 ? "" : "s")")
  }
}
