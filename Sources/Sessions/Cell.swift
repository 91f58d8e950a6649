import Columns
package import Pipeline
package import Syntax
package import Text

/// One statement that was entered, and what came of it.
package struct Cell: Sendable {
  package enum Result: Sendable {
    case outcome(Outcome)
    /// Bound, not computed yet.
    case deferred
    case recipe([String])
  }

  package var number: Int
  package var statement: StatementSyntax
  package var source: String
  /// Numbers of the cells it reads from.
  package var dependsOn: Set<Int>
  package var succeeded = false
  package var result: Result?
  /// What stages in mid-pipeline displayed.
  package var shown: [Outcome] = []
  package var notices: [Notice] = []
  package var diagnostics: [Diagnostic] = []
  package var wasCancelled = false
  package var checkFailed = false
  package var milliseconds = 0.0

  package var name: String? { statement.name?.text }

  /// The code of the first error.
  package var failure: String? {
    wasCancelled ? "cancelled" : diagnostics.first { $0.severity == .error }?.code
  }

  /// What headless runs print: what was displayed on the way and, without a name, the result.
  package var printed: [Outcome] {
    guard name == nil, case .outcome(let outcome)? = result else { return shown }
    return shown + [outcome]
  }

  mutating func note(_ error: any Error, place: Place) {
    switch error {
    case is Refused: break
    case is Cancelled: wasCancelled = true
    case let failed as CheckFailed:
      checkFailed = true
      diagnostics.append(
        Diagnostic(
          code: "check-failed", failed.message, at: place.span, notes: failed.details))
    case let diagnostic as Diagnostic: diagnostics.append(diagnostic)
    case let several as Diagnostics: diagnostics.append(contentsOf: several.all)
    case let failure as ExpressionFailure:
      // An expression of another statement is told at this one, which asked for it.
      let isHere =
        failure.span.lower >= place.span.lower && failure.span.upper <= place.span.upper
      diagnostics.append(
        Diagnostic(failure.error, at: isHere ? failure.span : place.span))
    case let data as DataError: diagnostics.append(Diagnostic(data, at: place.span))
    default:
      diagnostics.append(Diagnostic(code: "failed", "\(error)", at: place.span))
    }
  }
}

extension StatementSyntax {
  /// The error that `#>! code` expects.
  package var expectedFailure: String? {
    recorded.first { $0.kind == .failure }.map {
      String($0.text.dropFirst(3)).trimmed
    }
  }
}

extension String {
  /// Without spaces and tabs at both ends.
  package var trimmed: String {
    var all = Substring(self)
    while let first = all.first, first == " " || first == "\t" { all.removeFirst() }
    while let last = all.last, last == " " || last == "\t" || last == "\r" { all.removeLast() }
    return String(all)
  }
}
