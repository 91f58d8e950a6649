import Foundation
import Testing
import Text

@testable import Syntax

/// What people write by habit, and where the caret goes.
struct SlipTests {
  @Test func `operators of other languages are answered where they stand`() {
    expectDiagnostics("t | filter a > 1 ①&&① b < 2", "not-this-operator")
    expectDiagnostics("t | filter a ①||① b ②&② c", "not-this-operator", "not-this-operator")
    expectDiagnostics("t | filter ①!①a", "not-this-operator")
    expectDiagnostics("t | filter a ①<>① 1", "not-this-operator")
    expectDiagnostics("t | filter a ①===① 1", "not-this-operator")
    expectDiagnostics("t | filter a ①≥① 1", "not-this-operator")
    expectDiagnostics("t | filter a ①=>① 1", "not-this-operator")
    expectDiagnostics("t ①|>① head 3 ②%>%② tail", "not-this-operator", "not-this-operator")
    expectDiagnostics("x ①:=① load 'a'", "not-this-operator")
    expectDiagnostics("x ①<-① load 'a'", "not-this-operator")
    expectDiagnostics("x ①==① load 'a'", "not-this-operator")
    expectDiagnostics(
      "t | derive b = a ①%① 2, c = a ②**② 2", "not-this-operator", "not-this-operator")
    expectDiagnostics("t | filter a ①AND① b ②Or② c", "not-this-operator", "not-this-operator")
    expectDiagnostics("t | filter ①NOT① a ②IN② [1]", "not-this-operator", "not-this-operator")
    expectDiagnostics("t | filter a ①is① 3", "not-this-operator")
    expectDiagnostics("t | filter a ①is not① 3", "not-this-operator")
  }

  @Test func `one equals sign inside an expression is answered, behind a verb it is a binding`() {
    expectDiagnostics("t | filter (a ①=① 3)", "not-this-operator")
    expectDiagnostics("t | filter not a ①=① 3", "not-this-operator")
    expectDiagnostics("t | filter a > 1 and b ①=① 3", "not-this-operator")
    expectDiagnostics("t | head by: a ①=① 3", "not-this-operator")
    expectDiagnostics("t | derive x = if(a ①=① 1, 2, 3)", "not-this-operator")
    expectDiagnostics("t | cast types: [a ①=① int]", "not-this-operator")
    expectDiagnostics("t | filter a = 3")
    expectDiagnostics("t | split test=20%")
  }

  @Test func `comparisons do not chain`() throws {
    expectDiagnostics("t | filter a < b ①<① c", "chained-comparison")
    let diagnostic = try #require(Parser.parse("t | filter 1 <= b < c").diagnostics.first)
    #expect(diagnostic.fix == "and b <")
    #expect(mended("t | filter 1 <= b < c") == "t | filter 1 <= b and b < c")
  }

  @Test func `null is tested, not compared`() {
    expectDiagnostics("t | filter a①!=null①", "null-comparison")
    expectDiagnostics(
      "t | filter a ①== null① and b ②!= None②", "null-comparison", "null-comparison")
    #expect(mended("t | filter a!=null") == "t | filter a is not null")
  }

  @Test func `words of other languages are answered`() {
    expectDiagnostics(
      "t | filter a in [①NULL①, ②None②, ③NA③]", "foreign-word", "foreign-word", "foreign-word")
    expectDiagnostics("t | fill a, with: ①True①", "foreign-word")
    expectDiagnostics("t | derive x = ①nan①", "foreign-word")
    expectDiagnostics("t | derive x = a ①if① b else c", "foreign-word")
    expectDiagnostics("t | aggregate count() ①as① n", "foreign-word")
    expectDiagnostics("t | derive x = f(a ①if① b else c)", "foreign-word")
    expectDiagnostics("t | derive x = (a ①if① b else c)", "foreign-word")
    expectDiagnostics("t | sort a ①desc①", "foreign-word")
    expectDiagnostics("t | filter a ①between① 1 and 2", "foreign-word")
    expectDiagnostics("①let① x = load 'a'", "foreign-word")
  }

  @Test func `functions in place and methods are answered`() {
    expectDiagnostics("t | derive x = f(a ①->① a + 1)", "no-lambda")
    expectDiagnostics("t | derive x = f(a ①=>① a + 1)", "no-lambda")
    expectDiagnostics("t | derive x = ①lambda① a: a", "no-lambda")
    expectDiagnostics("t①.①head(5)", "no-methods")
    expectDiagnostics("t | derive x = a①.①round(2)", "no-methods")
    expectDiagnostics("t | derive x = a①[①0]", "no-index")
    #expect(mended("t.head(5)") == "t | head(5)")
  }

  @Test func `signs that end or comment statements elsewhere are answered`() {
    expectDiagnostics("t | head 3①;① t | tail 3②;②", "no-semicolon", "no-semicolon")
    expectDiagnostics("①//① why\nt", "foreign-comment")
    expectDiagnostics("t ①--① why\nt", "foreign-comment")
    expectDiagnostics("①/*① why\n*/ t", "foreign-comment")
    expectDiagnostics("t | filter a ①?① b : c", "bad-character")
  }

  @Test func `texts and names are told apart`() {
    expectDiagnostics("load ①“a.csv”①", "smart-quotes")
    expectDiagnostics("load ①\"a.csv①", "unclosed-string")
    expectDiagnostics("load ①f①\"a{b}\"", "string-prefix")
    expectDiagnostics("load ①\"\"\"①a\"\"\"", "triple-quote")
    expectDiagnostics("load ①https://a.b/c?d=1①, types: text", "unquoted-text")
    expectDiagnostics("load \"a①\\d①b\"", "bad-escape")
    expectDiagnostics("load \"①\\u{d800}①\"", "bad-escape")
    expectDiagnostics("t | select ①`a①", "unclosed-name")
    expectDiagnostics("t | select ①``①", "empty-name")
    expectDiagnostics("t | derive ①\"a b\"① = 1", "quoted-name")
    expectDiagnostics("t | replace a, with: [①\"N/A\"①: null]", "quoted-name")
    expectDiagnostics("①my-data① = load 'a'", "hyphen-name")
    expectDiagnostics("t | fit y ~ ., ①max-depth①: 3", "hyphen-name")
    expectDiagnostics("t | derive ①log-amount① = 3", "hyphen-name")
    expectDiagnostics("t | ①cross-validate① m", "hyphen-name")
    expectDiagnostics("t | sort a-b")
    #expect(mended("load “it's”") == "load \"it's\"")
  }

  @Test func `reserved words are no names`() {
    expectDiagnostics("①by① = load 'a'", "reserved-word")
    expectDiagnostics("t | derive ①on① = 1", "reserved-word")
    expectDiagnostics("t | select a, ①is①", "reserved-word")
    expectDiagnostics("t | ①in① 3", "reserved-word")
    expectDiagnostics("①and① 3", "reserved-word")
    expectDiagnostics("t | split ①in①: 3", "reserved-word")
  }

  @Test func `numbers that cannot be are refused`() {
    expectDiagnostics("t | head ①9223372036854775808①", "number-out-of-range")
    expectDiagnostics("t | head -①9223372036854775809①", "number-out-of-range")
    expectDiagnostics("t | head ①1e999①, ②1e-999②", "number-out-of-range", "number-out-of-range")
    expectDiagnostics("t | head 1①_①_0, 1②_②", "bad-number", "bad-number")
    expectDiagnostics("t | head ①.5①, ②5.②", "bad-number", "bad-number")
    expectDiagnostics("t | head ①007①", "leading-zero")
    expectDiagnostics("t | head ①5m①", "ambiguous-duration")
    expectDiagnostics(
      "t | head ①5minutes①, ②1h30min②, ③1.5mo③", "bad-duration", "bad-duration", "bad-duration")
    expectDiagnostics("t | select ①2nd①", "bad-number")
    expectDiagnostics("t | split test: 20① %①", "unexpected-token")
    expectDiagnostics("t | head ①9223372036854775807y①", "number-out-of-range")
  }

  @Test func `dates that cannot be are refused`() {
    expectDiagnostics("t | filter a > ①2024-01-01①", "bare-date")
    expectDiagnostics("t | filter a > ①@2024-02-30①", "bad-date")
    expectDiagnostics("t | filter a > ①@2024-13①", "bad-date")
    expectDiagnostics("t | filter a > ①@2024-3-1①", "bad-date")
    expectDiagnostics("t | filter a > ①@2024/03/01①", "bad-date")
    expectDiagnostics("t | filter a > ①@today①", "bad-date")
    expectDiagnostics("t | filter a > ①@2024T09:30①", "bad-date")
    expectDiagnostics("t | filter a > ①@2024-01-01T24:00①", "bad-date")
    expectDiagnostics("t | filter a > ①@2024-01-01T09:30+25:00①", "bad-date")
    expectDiagnostics("t | filter a > ①@0000-01-01①", "bad-date")
    #expect(mended("t | filter a > @2024-3-1") == "t | filter a > @2024-03-01")
    #expect(mended("t | filter a > @20240301") == "t | filter a > @2024-03-01")
    #expect(mended("t | filter a > 2024-01-01") == "t | filter a > @2024-01-01")
  }

  @Test func `brackets that do not match are told with the place they were opened`() throws {
    expectDiagnostics("t | filter (a > 3①① | head", "unclosed-bracket")
    expectDiagnostics("t | filter (a > 3①①\nt | head", "unclosed-bracket")
    expectDiagnostics("t | filter f(a, 3①①\nx = load 'b'", "unclosed-bracket")
    expectDiagnostics("t | filter (a > 3①]①", "mismatched-bracket")
    expectDiagnostics("t | filter [f(a①①]", "unclosed-bracket")
    expectDiagnostics("t | filter a①)① and b", "unopened-bracket")
    expectDiagnostics("t | filter a in ①(1, 2)①", "list-brackets")
    expectDiagnostics("t | cast ①{①a: int}", "list-brackets")
    expectDiagnostics("t | cast [a①,①]", "trailing-comma")
    let first = try #require(Parser.parse("t\n| filter (a > 3 | head").diagnostics.first)
    #expect(first.notes == ["`(` was opened in line 2, column 10"])
    #expect(mended("t | filter a in (1, 2)") == "t | filter a in [1, 2]")
  }

  @Test func `what is missing is told`() {
    expectDiagnostics("t | select a①① b c", "missing-comma")
    expectDiagnostics("t | filter a is null ①-① b", "unexpected-token")
    expectDiagnostics("t | filter a.. ①/① b", "unexpected-token")
    expectDiagnostics("t | filter ..1①..①2", "unexpected-token")
    expectDiagnostics("t | select a, b①,① by c", "unexpected-token")
    expectDiagnostics("t | ①|① head", "unexpected-token")
    expectDiagnostics("t | ①3①", "unexpected-token")
    expectDiagnostics("x = ①3①", "unexpected-token")
    expectDiagnostics("x = ①(①t | head)", "unexpected-token")
    expectDiagnostics("t | aggregate n = count() by①①", "unexpected-end")
    expectDiagnostics("t | split test:①①", "unexpected-end")
    expectDiagnostics("data.train ①3①", "unexpected-token")
    expectDiagnostics(
      "data.train = load 'a'".replacing("data.train", with: "①data.train①"), "bad-name")
    expectDiagnostics("①$x① = load 'a'", "bad-name")
  }

  @Test func `several errors are told, one for each stage or line`() {
    expectDiagnostics(
      "t | filter a > ①)① | select b②② c | head 3\nu | sort ③*③ | tail\nx = ④3④\nv | head 1",
      "unexpected-token", "missing-comma", "unexpected-token", "unexpected-token")
  }

  @Test func `deep nesting is an error and not a crash`() {
    for deep in [
      String(repeating: "(", count: 100_000), String(repeating: "[", count: 100_000),
      String(repeating: "not ", count: 100_000), String(repeating: "-", count: 100_001) + "1",
      String(repeating: "f(", count: 100_000), String(repeating: "2^", count: 100_000) + "1",
      "1" + String(repeating: "+1", count: 100_000),
      "a" + String(repeating: " or a", count: 100_000),
    ] {
      let codes = Parser.parse("t | filter " + deep + "\nt | head").diagnostics.map(\.code)
      #expect(codes.contains("too-deep"))
    }
    let wide = "t | filter " + Array(repeating: "a == 1", count: 490).joined(separator: " or ")
    #expect(Parser.parse(wide).diagnostics.isEmpty)
    let nested = "t | filter " + String(repeating: "(", count: 190) + "a"
    #expect(Parser.parse(nested + String(repeating: ")", count: 190)).diagnostics.isEmpty)
  }

  @Test func `every code is explained, and every explained code is used`() {
    let known = Set(DiagnosticCatalog.syntax.entries.map(\.code))
    #expect(known.count == DiagnosticCatalog.syntax.entries.count)
    for entry in DiagnosticCatalog.syntax.entries {
      #expect(entry.explanation.hasSuffix("."), "\(entry.code)")
    }
    // That every used code is explained is looked at with each changed script.
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Syntax").standardized
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let sources = names.compactMap {
      try? String(contentsOf: folder.appending(path: $0), encoding: .utf8)
    }.joined()
    for code in known {
      #expect(sources.contains("\"\(code)\""), "\(code) is explained and never used")
    }
  }

  /// The source with the first fix applied.
  private func mended(_ source: String) -> String {
    let bytes = Array(source.utf8)
    guard let diagnostic = Parser.parse(bytes).diagnostics.first, let span = diagnostic.span,
      let fix = diagnostic.fix
    else { return "no fix" }
    let mended = bytes[..<span.lower] + Array(fix.utf8) + bytes[span.upper...]
    return String(decoding: mended, as: UTF8.self)
  }
}
