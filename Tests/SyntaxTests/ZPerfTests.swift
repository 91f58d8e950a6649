import Foundation
import Testing
import Text
@testable import Syntax

struct ZPerf {
  @Test(.enabled(if: ProcessInfo.processInfo.environment["BIGHT_PERF"] != nil))
  func `a megabyte is parsed in a tenth of a second`() {
    let text = CorpusTests.files(in: "valid").sorted { $0.key < $1.key }.map(\.value).joined(
      separator: "\n")
    var big = ""
    while big.utf8.count < 1_000_000 { big += text + "\n" }
    let bytes = Array(big.utf8)
    let clock = ContinuousClock()
    for _ in 0..<5 {
      let lex = clock.measure { _ = Lexer.tokens(in: bytes) }
      var p: Parsed?
      let parse = clock.measure { p = Parser.parse(bytes) }
      let high = clock.measure { _ = Highlight.spans(in: bytes) }
      var f = ""
      let form = clock.measure { f = Formatter.format(p!.script) }
      print(
        "PERF bytes", bytes.count, "tokens", Lexer.tokens(in: bytes).tokens.count, "lex", lex,
        "parse", parse, "highlight", high, "format", form, f.utf8.count, p!.diagnostics.count)
    }
    let md = try! String(contentsOfFile: "/work/shared/design/language.md", encoding: .utf8)
    let taste = md.components(separatedBy: "```bight\n")[1].components(separatedBy: "```")[0]
    print("PERF taste", Parser.parse(taste).diagnostics)
    print(Formatter.format(Parser.parse(taste).script))
    for code in md.components(separatedBy: "`") where code.contains(" ") && !code.contains("\n") {
      let d = Parser.parse(code).diagnostics
      if !d.isEmpty { print("PERF", code, d.map(\.code), d.map(\.message)) }
    }
    for piece in CorpusTests.pieces(CorpusTests.files(in: "broken")["slips.bight"]!) {
      let src = piece.split(separator: "\n").filter { !$0.hasPrefix("#>!") }.joined(separator: "\n")
      let table = LineTable(Array(src.utf8))
      for d in Parser.parse(src).diagnostics {
        let pos = table.position(of: d.span!.lower)
        print("SCREEN error[\(d.code)]: \(d.message)")
        print("SCREEN  | \(table.displayText(ofLine: pos.line))")
        print(
          "SCREEN  | " + String(repeating: " ", count: pos.width)
            + String(repeating: "^", count: max(1, d.span!.upper - d.span!.lower)) + " " + d.label)
        for n in d.notes { print("SCREEN  = \(n)") }
        if let f = d.fix { print("SCREEN  fix: \(f)") }
      }
    }
  }
}
