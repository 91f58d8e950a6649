import Columns
import Syntax
import Testing
import Text

@testable import Pipeline

struct PatternTests {
  /// The first match and its groups, nil without one.
  private func match(_ pattern: String, _ text: String) throws -> [String?]? {
    var matcher = PatternMatcher(try Pattern(pattern), captures: true)
    return Array(text.utf8).withUnsafeBufferPointer { bytes in
      matcher.search(bytes, from: 0).map { found in
        stride(from: 0, to: found.count, by: 2).map { slot in
          found[slot] < 0
            ? nil
            : String(decoding: bytes[found[slot]..<found[slot + 1]], as: UTF8.self)
        }
      }
    }
  }

  @Test(arguments: [
    ("abc", "xabcx", "abc"), ("a.c", "a\nc abc", "abc"), ("(?s)a.c", "a\nc", "a\nc"),
    ("a|ab", "ab", "a"), ("ab|a", "ab", "ab"), ("a*", "baa", ""), ("a+", "baa", "aa"),
    ("a+?", "baa", "a"), ("a{2}", "aaa", "aa"), ("a{2,}", "aaaa", "aaaa"),
    ("a{1,2}", "aaa", "aa"), ("a{1,2}?", "aaa", "a"), ("[a-c]+", "xxabcd", "abc"),
    ("[^a-c]+", "abxyc", "xy"), ("[]a]+", "x]a]", "]a]"), ("[a\\-z]+", "b-az", "-az"),
    ("[\\d.]+", "v1.25b", "1.25"), ("\\w+", "-héllo_1-", "héllo_1"), ("\\s", "a\u{a0}b", "\u{a0}"),
    ("\\bcat\\b", "concat cat", "cat"), ("\\Bcat", "cat concat", "cat"), ("^a", "ba", nil),
    ("(?m)^a$", "b\na\nc", "a"), ("a$", "a\n", nil), ("(?i)STRASSE", "Strasse", "Strasse"),
    ("(?i)é", "É", "É"), ("(?i:A)b", "ab", "ab"), ("(?i:A)b", "aB", nil), ("x(?i)a|b", "B", "B"),
    ("\\p{Lu}+", "abÄBc", "ÄB"), ("\\P{L}+", "ab12c", "12"), ("[[:digit:]]+", "ab12c", "12"),
    ("\\x41\\u0042\\u{43}", "ABC", "ABC"), ("a{,2}", "a{,2}", "a{,2}"), ("{", "{", "{"),
    ("\\.", "a.b", "."), ("(a*)*", "aab", "aa"), ("(a|b)*?c", "abac", "abac"), ("", "a", ""),
    ("日本|本", "日本", "日本"), ("[ぁ-ん]+", "aあいb", "あい"), ("^$", "", ""), ("(|a)+", "aa", ""),
    ("a??b", "ab", "ab"), ("(?:ab)+", "ababa", "abab"), (".*z", "zzz", "zzz"),
  ])
  func `patterns match as usual`(_ pattern: String, _ text: String, _ wanted: String?) throws {
    #expect(try match(pattern, text)?[0] == wanted)
    var matcher = PatternMatcher(try Pattern(pattern), captures: false)
    let isMatch = Array(text.utf8).withUnsafeBufferPointer { matcher.matches($0) }
    #expect(isMatch == (wanted != nil))
  }

  @Test func `groups remember what they matched`() throws {
    #expect(try match("(\\d+)-(\\d+)", "a 12-34") == ["12-34", "12", "34"])
    #expect(try match("(a)|(b)", "b") == ["b", nil, "b"])
    #expect(try match("(a|ab)(c|bcd)(d*)", "abcd") == ["abcd", "a", "bcd", ""])
    #expect(try match("(?<year>\\d{4})", "in 2024") == ["2024", "2024"])
    #expect(try match("(a+)(a+)", "aaaa") == ["aaaa", "aaa", "a"])
    #expect(try match("(.*?)(b+)", "aabb") == ["aabb", "aa", "bb"])
    #expect(try match("(a)*", "aaa") == ["aaa", "a"])
  }

  @Test(arguments: [
    "(", ")", "[a", "a**", "*a", "\\", "\\1(a)", "(?=a)", "(?<!a)b", "(?>a)", "a++", "[b-a]",
    "\\q", "a{2,1}", "a{1001}", "(?x)a", "\\p{Xx}", "\\x4", "\\u{110000}", "[[:foo:]]", "(?<>a)",
    "((a{1000}){1000}){1000}", "^*", "[a-\\d]",
  ])
  func `what cannot be read is an error`(_ pattern: String) {
    #expect(throws: PatternError.self) { try Pattern(pattern) }
  }

  @Test func `evil patterns end`() throws {
    let letters = String(repeating: "a", count: 40) + "!"
    #expect(try match("(a+)+$", letters) == nil)
    #expect(try match("(a|a)*b", letters) == nil)
    #expect(try match("(a*)*(a*)*b", letters) == nil)
    #expect(try match("^(([a-z])+.)+[A-Z]([a-z])+$", letters) == nil)
    let deep = String(repeating: "(", count: 1000)
    #expect(throws: PatternError.self) { try Pattern(deep) }
    #expect(throws: PatternError.self) { try Pattern(String(repeating: "a", count: 20_000)) }
  }

  @Test func `bytes that are no text do not trap`() throws {
    var matcher = PatternMatcher(try Pattern("\\w+.\\b$"), captures: true)
    var random = RandomStream(seed: 7)
    for length in 0..<60 {
      let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      _ = bytes.withUnsafeBufferPointer { matcher.search($0, from: 0) }
    }
  }

  /// Against trying every way, for all short patterns over a small alphabet.
  @Test func `small patterns agree with trying every way`() throws {
    let pieces = ["a", "b", ".", "a*", "b+", "a?", "(a|b)", "(ab)*", "[ab]", "^", "$"]
    let texts = ["", "a", "b", "ab", "ba", "aab", "abab", "bba"]
    for first in pieces {
      for second in pieces {
        for text in texts {
          let ends = NaiveMatcher.ends(first, second, Array(text))
          #expect((try match(first + second, text) != nil) == ends, "\(first)\(second) in \(text)")
        }
      }
    }
  }

  @Test func `replacing goes on behind each match`() throws {
    #expect(try value("replace_matches(\"aaa\", \"a*\", \"-\")") == "\"--\"")
    #expect(try value("replace_matches(\"abc\", \"x*\", \"-\")") == "\"-a-b-c-\"")
    #expect(try value("replace_matches(\"éa\", \"\", \".\")") == "\".é.a.\"")
    #expect(try value("replace_matches(\"a.b\", \"\\\\.\", \"$$\")") == "\"a$b\"")
    #expect(code("replace_matches(\"a\", \"a\", \"$1\")") == "wrong-arguments")
  }
}

/// All lengths that a piece can match, tried one after the other.
private enum NaiveMatcher {
  static func ends(_ first: String, _ second: String, _ text: [Character]) -> Bool {
    for start in 0...text.count {
      for middle in lengths(first, text, start) where !lengths(second, text, start + middle).isEmpty
      {
        return true
      }
    }
    return false
  }

  private static func lengths(_ piece: String, _ text: [Character], _ at: Int) -> [Int] {
    func run(_ letter: Character) -> Int { text[at...].prefix { $0 == letter }.count }
    let here = at < text.count ? text[at] : nil
    switch piece {
    case "a", "b": return here == Character(piece) ? [1] : []
    case ".", "[ab]", "(a|b)": return here == nil ? [] : [1]
    case "a*": return Array(0...run("a"))
    case "b+": return run("b") > 0 ? Array(1...run("b")) : []
    case "a?": return here == "a" ? [0, 1] : [0]
    case "(ab)*":
      var all = [0]
      while let last = all.last, text[(at + last)...].starts(with: "ab") { all.append(last + 2) }
      return all
    case "^": return at == 0 ? [0] : []
    default: return at == text.count ? [0] : []
    }
  }
}
