import ArgumentParser
import Rendering

/// A mistake in the call, told in the form that `--errors` asks for. The process ends with `status`.
struct CallProblem: Error {
  var code: String
  var message: String
  var status = Status.usage

  /// Tells it and says how to end.
  func told(as form: ErrorFormat) -> ExitCode {
    switch form {
    case .text: Output.problem("error[\(code)]: \(SafeText.escaped(message))")
    case .json:
      Output.problem(
        JSONText.object(
          [
            ("severity", JSONText.string("error")), ("code", JSONText.string(code)),
            ("message", JSONText.string(message)),
          ] + ["file", "line", "column", "end_line", "end_column", "label"].map { ($0, "null") }
            + [("notes", "[]"), ("fix", "null")]))
    }
    return ExitCode(status)
  }
}

extension CommonOptions {
  /// Runs the work of a command; what is wrong with the call is told once, here.
  func telling(_ work: () throws -> Void) throws {
    do { try work() } catch let problem as CallProblem { throw problem.told(as: errors) }
  }
}
