import Text

/// Writes a tree the one usual way. What a tree means and its comments stay; only white space, the
/// kind of quotes and blank lines beyond one change. For trees without parse errors.
package enum Formatter {
  /// A statement that is wider gets a line for each stage.
  package static let width = 100

  package static func format(_ script: ScriptSyntax) -> String {
    var lines = Lines()
    for statement in script.statements { lines.add(statement) }
    lines.add(script.trailing)
    return lines.text
  }

  /// One statement with its comments, without a line end behind it.
  package static func text(of statement: StatementSyntax) -> String {
    var lines = Lines()
    lines.add(statement)
    return String(lines.text.dropLast())
  }

  /// One stage on one line, without its comments.
  package static func text(of stage: StageSyntax) -> String {
    stage.verb.written + segments(of: stage).joined(separator: ",")
  }

  package static func text(of expression: ExpressionSyntax) -> String {
    text(expression, atLeast: 0)
  }

  /// A text in double quotes, with what cannot stand there escaped.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    escape(text, quote: "\"", into: &result)
    result.append("\"")
    return result
  }

  /// A name in backticks.
  package static func inBackticks(_ name: String) -> String {
    var result = "`"
    escape(name, quote: "`", into: &result)
    result.append("`")
    return result
  }

  /// A name as it is written in a script: in backticks if it needs them.
  package static func name(_ name: String) -> String {
    Words.isBare(name) ? name : inBackticks(name)
  }

  private static func escape(_ text: String, quote: Unicode.Scalar, into result: inout String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case quote, "\\":
        result.append("\\")
        result.unicodeScalars.append(scalar)
      case "\n": result.append("\\n")
      case "\t": result.append("\\t")
      case "\r": result.append("\\r")
      default:
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
          result.append("\\u{\(String(scalar.value, radix: 16))}")
        default: result.unicodeScalars.append(scalar)
        }
      }
    }
  }

  // MARK: - Lines

  private struct Lines {
    var text = ""

    mutating func add(line: String, blankBefore: Bool = false) {
      if blankBefore, !text.isEmpty { text.append("\n") }
      text.append(line)
      text.append("\n")
    }

    mutating func add(_ comments: [CommentSyntax]) {
      for comment in comments { add(line: comment.text, blankBefore: comment.blankBefore) }
    }

    mutating func add(_ statement: StatementSyntax) {
      var isBlank = statement.blankBefore
      for comment in statement.leading {
        add(line: comment.text, blankBefore: comment.blankBefore || isBlank)
        isBlank = false
      }
      if !statement.leading.isEmpty { isBlank = statement.blankAfterLeading }
      if isBlank, !text.isEmpty { text.append("\n") }
      add(statement.name, statement.pipeline)
      add(statement.recorded)
    }

    mutating func add(_ name: NameSyntax?, _ pipeline: PipelineSyntax) {
      let beginning = name.map { $0.written + " = " } ?? ""
      if let line = oneLine(beginning, pipeline) { return add(line: line) }
      var head: String
      switch pipeline.head {
      case .name(let names):
        head = beginning + names.map(\.written).joined(separator: ".")
        head += Formatter.trailing(pipeline.headComment)
      case .stage(let stage):
        head = Formatter.wrapped(stage, beginning: beginning, indent: "    ")
        head += Formatter.trailing(stage.comments.last)
      }
      add(line: head)
      for stage in pipeline.stages {
        var own = stage.comments
        var behind: CommentSyntax?
        if let last = own.last, last.trailsCode {
          behind = last
          own.removeLast()
        }
        for comment in own { add(line: "  " + comment.text) }
        let code = Formatter.wrapped(stage, beginning: "  | ", indent: "      ")
        add(line: code + Formatter.trailing(behind))
      }
    }

    /// The statement on one line, if it may stand there.
    private func oneLine(_ beginning: String, _ pipeline: PipelineSyntax) -> String? {
      guard !pipeline.isBroken else { return nil }
      var line = beginning
      var comments: [CommentSyntax] = []
      switch pipeline.head {
      case .name(let names):
        line += names.map(\.written).joined(separator: ".")
        if let comment = pipeline.headComment { comments.append(comment) }
      case .stage(let stage):
        line += Formatter.text(of: stage)
        comments = stage.comments
      }
      for stage in pipeline.stages {
        guard comments.isEmpty else { return nil }
        line += " | " + Formatter.text(of: stage)
        comments = stage.comments
      }
      guard comments.count < 2, comments.allSatisfy(\.trailsCode) else { return nil }
      let isHeadAlone = pipeline.stages.isEmpty
      guard DisplayWidth.of(line) <= Formatter.width || isHeadAlone && !hasStage(pipeline) else {
        return nil
      }
      return line + Formatter.trailing(comments.first)
    }

    private func hasStage(_ pipeline: PipelineSyntax) -> Bool {
      if case .stage = pipeline.head { return true }
      return false
    }
  }

  private static func trailing(_ comment: CommentSyntax?) -> String {
    comment.map { "  " + $0.text } ?? ""
  }

  /// A stage, broken behind commas where it is too wide.
  private static func wrapped(_ stage: StageSyntax, beginning: String, indent: String) -> String {
    var result = beginning + stage.verb.written
    var used = DisplayWidth.of(result)
    let segments = segments(of: stage)
    for (index, segment) in segments.enumerated() {
      let size = DisplayWidth.of(segment)
      // A comma may follow, and the first argument stays with its verb.
      let needed = size + (index + 1 < segments.count ? 1 : 0)
      if index > 0, used + 1 + needed > width {
        result += ",\n" + indent + segment.dropFirst()
        used = indent.utf8.count + size - 1
      } else {
        result += (index > 0 ? "," : "") + segment
        used += size + (index > 0 ? 1 : 0)
      }
    }
    return result
  }

  // MARK: - Arguments

  /// The arguments, cut where a comma goes; each begins with a space.
  private static func segments(of stage: StageSyntax) -> [String] {
    var segments: [String] = []
    for argument in stage.arguments {
      guard case .clause(let clause) = argument else {
        segments.append(" " + text(argument))
        continue
      }
      let items = clause.items.map { " " + text($0) }
      let first = " " + clause.word.rawValue + (items.first ?? "")
      if segments.isEmpty { segments.append(first) } else { segments[segments.count - 1] += first }
      segments += items.dropFirst()
    }
    return segments
  }

  private static func text(_ argument: ArgumentSyntax) -> String {
    switch argument {
    case .item(let expression): text(of: expression)
    case .binding(let name, let value, _): name.written + " = " + text(of: value)
    case .option(let name, let value, _): name.label + ": " + text(of: value)
    case .formula(let formula): text(formula)
    case .clause(let clause):
      clause.word.rawValue + " " + clause.items.map { text($0) }.joined(separator: ", ")
    }
  }

  package static func text(_ formula: FormulaSyntax) -> String {
    var result = formula.target.map { text(of: $0) + " ~" } ?? "~"
    for (index, term) in formula.terms.enumerated() {
      if index == 0 {
        result += term.isRemoved ? " -" : " "
      } else {
        result += term.isRemoved ? " - " : " + "
      }
      switch term.what {
      case .everything: result += "."
      case .column(let name): result += name.written
      case .other(let expression): result += text(expression, atLeast: 7)
      }
    }
    return result
  }
}

extension NameSyntax {
  /// As it stands in a script. Backticks that somebody wrote stay.
  package var written: String {
    isQuoted ? Formatter.inBackticks(text) : Formatter.name(text)
  }

  /// The same before a colon, where `on` and `by` may stand as they are.
  var label: String { text == "on" || text == "by" ? isQuoted ? written : text : written }
}
