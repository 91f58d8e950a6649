import Columns
import Glibc
import Learning
import LineEditing
import Pipeline
import Sessions
import Syntax
import Text

/// What may stand at the cursor: by grammar position, from the declarations and from the schemas of what stands
/// before. Nothing is run.
struct Completer {
  let session: Session

  func complete(_ text: String, at offset: Int) -> Completions {
    if text.hasPrefix(".") { return commands(text, offset) }
    if text.hasPrefix("?") { return topics(text, offset) }
    let bytes = Array(text.utf8)
    switch CompletionContext.at(offset: offset, in: bytes) {
    case .verb(let prefix, _, let span): return matching(prefix, verbs(sources: false), span)
    case .head(let prefix, let span):
      return matching(prefix, names(kinds: nil) + verbs(sources: true), span)
    case .argument(let verb, let prefix, let before, _, let span):
      return matching(
        prefix, arguments(of: verb, before, bytes) + modelOptions(verb, before, bytes, span), span)
    case .optionValue(let verb, let option, let prefix, let before, let span):
      return matching(prefix, values(of: option, verb, before, bytes), span)
    case .path(let prefix, _, _, let span): return paths(prefix, span)
    case .value(let prefix, let span):
      return matching(
        prefix, session.values.keys.sorted().map { .init($0, note: "value") }, span)
    case .part(_, let prefix, let span):
      return matching(
        prefix, Part.allCases.dropLast().map { .init($0.rawValue, note: "part") }, span)
    case .none: return .none
    }
  }

  private func matching(
    _ prefix: String, _ all: [Completions.Candidate], _ span: Span
  ) -> Completions {
    var seen: Set<String> = []
    let found = all.filter {
      $0.text.lowercased().hasPrefix(prefix.lowercased()) && seen.insert($0.text).inserted
    }
    return Completions(replace: span.lower..<span.upper, candidates: found)
  }

  private func verbs(sources: Bool) -> [Completions.Candidate] {
    VerbCatalog.all.map { $0.signature }.filter { $0.accepts.isEmpty == sources }
      .map { .init($0.name + " ", note: $0.summary) }
  }

  private func names(kinds: Set<Flow.Kind>?) -> [Completions.Candidate] {
    session.names.keys.sorted().compactMap { name in
      switch session.names[name] {
      case .node(let node)? where kinds?.contains(node.flow.kind) ?? true:
        .init(name, note: node.flow.kind.rawValue)
      case .recipe? where kinds?.contains(.recipe) ?? true: .init(name, note: "recipe")
      default: nil
      }
    }
  }

  /// Columns of this stage, the verb's options, functions, and names where the verb takes some.
  private func arguments(
    of verb: String, _ before: Span?, _ bytes: [UInt8]
  ) -> [Completions.Candidate] {
    guard let type = VerbCatalog.verb(verb) else { return [] }
    let signature = type.signature
    var all: [Completions.Candidate] = []
    if signature.items.shapes.contains(.name) {
      all += names(kinds: ["join", "append"].contains(verb) ? [.table] : [.model, .recipe])
    }
    all += columns(before, bytes)
    all += signature.options.map { .init($0.name + ": ", note: $0.summary) }
    for word in signature.clauses.keys.map(\.rawValue).sorted() {
      all.append(.init(word + " ", note: "clause"))
    }
    if signature.items.shapes.contains(where: { [.expression, .condition, .binding].contains($0) })
    {
      all += FunctionCatalog.all.map { .init($0.name + "(", note: $0.summary) }
    }
    if signature.items.shapes.contains(.column) {
      all += ["numeric()", "categorical()", "text()", "dates()", "all()", "except("].map {
        .init($0, note: "selector")
      }
    }
    return all
  }

  /// Options of the model that the stage names, or of all while it names none.
  private func modelOptions(
    _ verb: String, _ before: Span?, _ bytes: [UInt8], _ cursor: Span
  ) -> [Completions.Candidate] {
    let signature = VerbCatalog.verb(verb)?.signature
    guard signature?.options.contains(where: { $0.name == "model" }) == true else { return [] }
    let start = min(before?.upper ?? 0, cursor.lower)
    let typed = String(decoding: bytes[start..<cursor.lower], as: UTF8.self)
    let words = typed.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") }
    let named = words.indices.lazy.filter { words[$0] == "model:" && $0 + 1 < words.endIndex }
      .map { words[$0 + 1] }.last
    let learners = LearnerCatalog.all.filter { named == nil || $0.name == named ?? "" }
    return learners.flatMap { learner in
      learner.parameters.map { .init($0.name + ": ", note: $0.summary) }
    }
  }

  private func values(
    of option: String, _ verb: String, _ before: Span?, _ bytes: [UInt8]
  ) -> [Completions.Candidate] {
    let own = VerbCatalog.verb(verb)?.signature.options ?? []
    let others =
      LearnerCatalog.all.flatMap { $0.parameters } + TransformCatalog.all.flatMap { $0.parameters }
    guard let parameter = (own + others).first(where: { $0.name == option }) else { return [] }
    func candidates(_ kind: Parameter.Kind) -> [Completions.Candidate] {
      switch kind {
      case .flag: ["true", "false"].map { .init($0) }
      case .word(let words): words.map { .init($0) }
      case .column, .columns: columns(before, bytes)
      case .list(let element): candidates(element)
      case .name: names(kinds: nil)
      default: []
      }
    }
    return candidates(parameter.kind)
  }

  /// Columns that come out of the stages before, from their schema functions alone.
  private func columns(_ before: Span?, _ bytes: [UInt8]) -> [Completions.Candidate] {
    guard let before, before.upper <= bytes.count else { return [] }
    let text = String(decoding: bytes[before.lower..<before.upper], as: UTF8.self)
    let parsed = Parser.parse(text)
    guard let statement = parsed.script.statements.last else { return [] }
    let checked = session.checked(statement, source: "completion", number: 0)
    guard case .node(let node) = checked.binding else { return [] }
    return node.flow.schema.fields.map { .init($0.name.asWritten, note: $0.type.rawValue) }
  }

  private func paths(_ prefix: String, _ span: Span) -> Completions {
    let cut = prefix.lastIndex(of: "/").map { prefix.index(after: $0) } ?? prefix.startIndex
    let folder = String(prefix[..<cut])
    let start = String(prefix[cut...])
    guard let directory = opendir(folder.isEmpty ? "." : folder) else { return .none }
    defer { closedir(directory) }
    var found: [Completions.Candidate] = []
    while let entry = readdir(directory), found.count < 1_000 {
      let name = withUnsafePointer(to: entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(start), !name.hasPrefix(".") || start.hasPrefix(".") else { continue }
      let isFolder = entry.pointee.d_type == UInt8(DT_DIR)
      found.append(.init(folder + name + (isFolder ? "/" : ""), note: isFolder ? "folder" : "file"))
    }
    return Completions(
      replace: span.lower..<span.upper, candidates: found.sorted { $0.text < $1.text })
  }

  private func commands(_ text: String, _ offset: Int) -> Completions {
    let words = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    if words.count > 1 {
      let prefix = String(words[1])
      let start = text.utf8.count - prefix.utf8.count
      return matching(prefix, names(kinds: nil), Span(start, text.utf8.count))
    }
    return matching(
      text, CommandCatalog.all.map { .init($0.name, note: $0.summary) }, Span(0, offset))
  }

  private func topics(_ text: String, _ offset: Int) -> Completions {
    let all =
      VerbCatalog.all.map { $0.signature.name } + FunctionCatalog.all.map(\.name)
      + LearnerCatalog.all.map { $0.name } + HelpPages.topics
    return matching(
      String(text.dropFirst()), all.map { .init($0) }, Span(1, max(1, offset)))
  }
}

extension String {
  /// A column's name as it is written in a script.
  var asWritten: String {
    let isPlain =
      unicodeScalars.allSatisfy {
        $0 == "_" || $0.properties.isAlphabetic || ("0"..."9").contains($0)
      }
      && !(unicodeScalars.first.map { ("0"..."9").contains($0) } ?? true)
    return isPlain ? self : "`\(self)`"
  }
}
