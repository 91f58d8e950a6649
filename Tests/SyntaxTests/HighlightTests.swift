import Testing
import Text

@testable import Syntax

struct HighlightTests {
  /// The coloured pieces as `kind:text`.
  private func colours(_ source: String) -> String {
    let bytes = Array(source.utf8)
    return Highlight.spans(in: bytes).map { span, kind in
      "\(kind.rawValue):" + String(decoding: bytes[span.lower..<span.upper], as: UTF8.self)
    }.joined(separator: " ")
  }

  @Test func `verbs are told from names by their places`() {
    #expect(colours("tx | head 3") == "name:tx operator:| verb:head number:3")
    #expect(colours("x = load \"a\"") == "name:x operator:= verb:load string:\"a\"")
    #expect(colours("x = tx") == "name:x operator:= name:tx")
    #expect(colours("load") == "name:load")
    #expect(colours("head 3\ntail 2") == "verb:head number:3 verb:tail number:2")
    #expect(
      colours("tx\n # c\n | sort -a")
        == "name:tx comment:# c operator:| verb:sort operator:- name:a")
  }

  @Test func `options, keywords and quoted columns have their own colours`() {
    #expect(
      colours("t | evaluate m, on: valid by `a b`")
        == "name:t operator:| verb:evaluate name:m option:on operator:: name:valid keyword:by columnQuoted:`a b`"
    )
    #expect(
      colours("v a mod 2 == mod") == "verb:v name:a keyword:mod number:2 operator:== name:mod")
  }

  @Test func `what is wrong is coloured so`() {
    #expect(colours("v a && b ; \"x") == "verb:v name:a error:&& name:b error:; error:\"x")
  }
}
