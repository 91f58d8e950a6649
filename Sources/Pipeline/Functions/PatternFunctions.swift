import Columns
import Text

extension FunctionCatalog {
  static let patternFunctions: [FunctionDeclaration] = [
    FunctionDeclaration(
      name: "matches", category: .pattern,
      summary: "whether a regular expression matches anywhere in text",
      parameters: [subject, pattern], result: "bool",
      examples: [
        FunctionExample("matches(\"order 17\", \"[0-9]+\")", "true"),
        FunctionExample("matches(\"Paid\", \"^(?i)paid$\")", "true"),
      ],
      meaning: .rowwise { (call) throws(Diagnostic) in
        guard let pattern = try compiled(call) else { return nothing(.bool) }
        return FunctionBinding(type: .bool) { operands, context in
          var matcher = PatternMatcher(pattern, captures: false)
          var meter = Meter(context)
          let valid = operands[0].validity(context.count)
          return .bool(
            try Kernel.fromText([operands[0]], valid: valid, context, filler: false) {
              readers, row in
              let text = readers[0].bytes(row)
              try meter.add(text.count)
              return matcher.matches(text)
            })
        }
      }),
    FunctionDeclaration(
      name: "extract", category: .pattern,
      summary: "what a regular expression, or a group of it, first matches",
      parameters: [
        subject, pattern,
        FunctionParameter(
          "group", [.int], isOptional: true, isConstant: true,
          "0 for the whole match; left out, the first group if there is one"),
      ], result: "text", nulls: "null where text is null or nothing matches",
      examples: [
        FunctionExample("extract(\"order 17\", \"[0-9]+\")", "\"17\""),
        FunctionExample("extract(\"a=1, b=2\", \"(b)=(.)\", 2)", "\"2\""),
        FunctionExample("extract(\"none\", \"[0-9]+\")", "null"),
      ],
      meaning: .rowwise { (call) throws(Diagnostic) in
        guard let pattern = try compiled(call) else { return nothing(.text) }
        let group = try group(call, pattern)
        return FunctionBinding(type: .text) { operands, context in
          var matcher = PatternMatcher(pattern, captures: true)
          var meter = Meter(context)
          let valid = operands[0].validity(context.count)
          return try Kernel.buildText([operands[0]], valid: valid, context) { readers, row, out in
            let text = readers[0].bytes(row)
            try meter.add(text.count)
            guard let found = matcher.search(text, from: 0), found[2 * group + 1] >= 0 else {
              return false
            }
            out.write(text[found[2 * group]..<found[2 * group + 1]])
            return true
          }
        }
      }),
    FunctionDeclaration(
      name: "replace_matches", category: .pattern,
      summary: "text with each match of a regular expression exchanged",
      parameters: [
        subject, pattern,
        FunctionParameter(
          "new", Types.text, isConstant: true, "what to put there; $1 is the first group, $$ a $"),
      ], result: "text", errors: "an answer of more than 16 MB",
      examples: [
        FunctionExample("replace_matches(\"a1b22\", \"[0-9]+\", \"#\")", "\"a#b#\""),
        FunctionExample("replace_matches(\"Doe, Jo\", \"(.*), (.*)\", \"$2 $1\")", "\"Jo Doe\""),
      ],
      meaning: .rowwise { (call) throws(Diagnostic) in
        guard let pattern = try compiled(call), let new = call.constant(2)?.text else {
          return nothing(.text)
        }
        let parts = try replacement(new, pattern, call)
        return FunctionBinding(type: .text, canFail: true) { operands, context in
          var matcher = PatternMatcher(pattern, captures: true)
          var meter = Meter(context)
          let valid = operands[0].validity(context.count)
          return try Kernel.buildText([operands[0]], valid: valid, context) { readers, row, out in
            let text = readers[0].bytes(row)
            try meter.add(text.count)
            replaceAll(in: text, &matcher, parts, &out)
            return try TextFunctions.bounded(&out, row, context)
          }
        }
      }),
  ]

  private static let subject = FunctionParameter("text", Types.text, "the text")
  private static let pattern = FunctionParameter(
    "pattern", Types.text, isConstant: true,
    "a regular expression: . [a-z] \\d \\w \\s \\b ( ) | ? * + {2,3} ^ $ and (?i)")

  /// Nil for a null pattern.
  private static func compiled(_ call: FunctionCall) throws(Diagnostic) -> Pattern? {
    guard let text = call.constant(1)?.text else { return nil }
    do throws(PatternError) {
      return try Pattern(text)
    } catch {
      throw call.error("wrong-pattern", "the pattern cannot be read: \(error.message)", argument: 1)
    }
  }

  /// The arguments hold null, so nothing is computed.
  private static func nothing(_ type: ColumnType) -> FunctionBinding {
    FunctionBinding(type: type) { _, context in Kernel.constant(.null, as: type, context.count) }
  }

  private static func group(_ call: FunctionCall, _ pattern: Pattern) throws(Diagnostic) -> Int {
    guard let wanted = call.constant(2) else { return min(1, pattern.groupCount) }
    guard case .int(let number) = wanted, number >= 0, number <= pattern.groupCount else {
      throw call.error(
        "wrong-arguments", "the pattern has \(counted(pattern.groupCount, "group"))", argument: 2)
    }
    return Int(number)
  }

  enum ReplacementPart: Sendable {
    case text(String)
    case group(Int)
  }

  private static func replacement(
    _ text: String, _ pattern: Pattern, _ call: FunctionCall
  ) throws(Diagnostic) -> [ReplacementPart] {
    var parts: [ReplacementPart] = []
    var literal = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "$", let next = rest.first else {
        literal.unicodeScalars.append(scalar)
        continue
      }
      if next == "$" {
        rest.removeFirst()
        literal.unicodeScalars.append("$")
      } else if let digit = Int(String(next)), next.isASCII {
        rest.removeFirst()
        guard digit <= pattern.groupCount else {
          throw call.error(
            "wrong-arguments",
            "`$\(digit)` names no group: the pattern has \(counted(pattern.groupCount, "group"))",
            argument: 2)
        }
        if !literal.isEmpty { parts.append(.text(literal)) }
        literal = ""
        parts.append(.group(digit))
      } else {
        literal.unicodeScalars.append(scalar)
      }
    }
    if !literal.isEmpty { parts.append(.text(literal)) }
    return parts
  }

  private static func replaceAll(
    in text: Bytes, _ matcher: inout PatternMatcher, _ parts: [ReplacementPart],
    _ out: inout TextBuilder
  ) {
    var written = 0
    var from = 0
    while from <= text.count, let found = matcher.search(text, from: from) {
      out.write(text[written..<found[0]])
      for part in parts {
        switch part {
        case .text(let literal): out.write(literal)
        case .group(let number) where found[2 * number + 1] >= 0:
          out.write(text[found[2 * number]..<found[2 * number + 1]])
        case .group: break
        }
      }
      written = found[1]
      // After an empty match, go on behind the next character.
      from =
        found[1] > found[0] ? found[1] : found[1] + max(1, PatternMatcher.scalar(text, found[1]).1)
      guard out.pending <= TextFunctions.longest else { return }
    }
    if written < text.count { out.write(text[written...]) }
  }
}

/// Asks now and then whether to go on, because some patterns take long over long texts.
private struct Meter {
  private let workers: Workers
  private var bytes = 0

  init(_ context: EvaluationContext) { workers = context.workers }

  mutating func add(_ count: Int) throws {
    bytes += count + 16
    guard bytes > 65_536 else { return }
    bytes = 0
    try workers.check()
  }
}
