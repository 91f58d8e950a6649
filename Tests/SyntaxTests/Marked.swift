import Testing
import Text

@testable import Syntax

/// A source with places marked in it: `①` to `⑨` are taken out, and their byte offsets kept.
struct Marked {
  let bytes: [UInt8]
  /// By number; a number may stand twice, and then marks where something begins and ends.
  private(set) var places: [Int: [Int]] = [:]

  init(_ source: String) {
    var bytes: [UInt8] = []
    for scalar in source.unicodeScalars {
      if (0x2460...0x2468).contains(scalar.value) {
        places[Int(scalar.value - 0x245F), default: []].append(bytes.count)
      } else {
        bytes += Array(String(Character(scalar)).utf8)
      }
    }
    self.bytes = bytes
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// From the first place of a number to its second; an empty span if it stands once.
  func span(_ number: Int) -> Span? {
    guard let found = places[number], let first = found.first, let last = found.last else {
      return nil
    }
    return Span(first, last)
  }

  func offset(_ number: Int) -> Int { places[number]?.first ?? 0 }
}

/// Expects exactly these diagnostics, each at the span of its number.
func expectDiagnostics(
  _ source: String, _ codes: String..., location: SourceLocation = #_sourceLocation
) {
  let marked = Marked(source)
  let found = Parser.parse(marked.bytes).diagnostics
  #expect(found.map(\.code) == codes, "\(found)", sourceLocation: location)
  for (index, diagnostic) in found.enumerated() where index < codes.count {
    #expect(
      diagnostic.span == marked.span(index + 1),
      "\(diagnostic.code) at \(String(describing: diagnostic.span)): \(diagnostic.message)",
      sourceLocation: location)
  }
}

/// Parses what has to be right.
func parsed(_ source: String, location: SourceLocation = #_sourceLocation) -> ScriptSyntax {
  let result = Parser.parse(source)
  #expect(result.diagnostics.isEmpty, "\(result.diagnostics)", sourceLocation: location)
  return result.script
}

/// The tree of one statement as text, without spans.
func tree(_ source: String, location: SourceLocation = #_sourceLocation) -> String {
  var dump = TreeText()
  for statement in parsed(source, location: location).statements {
    dump.statement(statement, comments: false)
  }
  return dump.text
}

/// The tree of one expression, written behind a verb.
func expressionTree(_ source: String, location: SourceLocation = #_sourceLocation) -> String {
  let text = tree("v " + source, location: location)
  return String(text.dropFirst("(v ".count).dropLast())
}
