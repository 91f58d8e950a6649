import Columns
import Pipeline
import Text

/// Gives an error of the data the place of the stage it came up in.
enum Placed {
  static func error(_ error: any Error, _ node: Node?) -> any Error {
    guard let node else { return error }
    switch error {
    case let data as DataError:
      return located(Diagnostic(data, at: node.place.span), node)
    case var diagnostic as Diagnostic:
      if diagnostic.span == nil { diagnostic.span = node.place.span }
      return located(diagnostic, node)
    default: return error
    }
  }

  private static func located(_ diagnostic: Diagnostic, _ node: Node) -> Diagnostic {
    var copy = diagnostic
    if copy.source == nil { copy.source = node.place.source }
    return copy
  }
}
