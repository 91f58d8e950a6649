import Rendering
import Testing

struct RecordingTests {
  private func differs(_ expected: String, _ actual: String, tolerance: Double? = nil) -> Bool {
    Recording.compare(
      expected: Samples.lines(expected), actual: Samples.lines(actual), tolerance: tolerance) != nil
  }

  @Test func `equal lines match, whatever the spaces between words`() {
    #expect(!differs("", ""))
    #expect(!differs("country  revenue\nDE       81250.4", "country   revenue\nDE  81250.4  "))
    #expect(differs("a b", "ab"))
    #expect(differs("ab", "a b"))
  }

  @Test(
    arguments: [
      ("81250.4", "81250.5", false), ("81250.4", "81250.3", false), ("81250.4", "81250.6", true),
      ("0.5", "0.55", false), ("0.5", "0.7", true), ("3.14", "3.14159", false),
      ("3.14", "3.2", true),
      ("-1.5", "1.5", true), ("1.2e-5", "1.3e-5", false), ("1.2e-5", "1.4e-5", true),
      ("1.2e-5", "1.2e-4", true), ("12.5%", "12.6%", false), ("(0.25)", "(0.26)", false),
      ("auc=0.91", "auc=0.92", false), ("auc=0.91", "auc=0.93", true), ("[0.1,", "[0.2,", false),
      ("1,204.5", "1204.4", false), ("nan", "nan", false), ("nan", "1.0", true),
      ("1.0", "null", true),
    ] as [(String, String, Bool)])
  func `decimals may be one off in the last printed digit`(
    expected: String, actual: String, isDifferent: Bool
  ) {
    #expect(differs(expected, actual) == isDifferent)
  }

  @Test func `whole numbers compare exactly`() {
    #expect(differs("3", "4"))
    #expect(differs("10,000 rows", "10,001 rows"))
    #expect(!differs("10,000", "10000"))
    #expect(differs("007", "7"))
  }

  @Test func `a whole number may stand for a decimal that rounds to it`() {
    #expect(!differs("3", "2.99999"))
    #expect(differs("3", "3.14"))
  }

  @Test func `dates, times and words with digits compare exactly`() {
    #expect(differs("2024-01-02", "2024-01-03"))
    #expect(differs("09:14:22.5", "09:14:22.6"))
    #expect(differs("v1.2", "v1.3"))
    #expect(differs("x1", "x2"))
    #expect(differs("1.2.3", "1.2.4"))
    #expect(differs("12.5ms", "12.6ms"))
  }

  @Test func `a tolerance is relative and holds for whole numbers too`() {
    #expect(!differs("100", "102", tolerance: 0.02))
    #expect(differs("100", "103", tolerance: 0.02))
    #expect(!differs("-50.00", "-50.99", tolerance: 0.02))
    #expect(differs("0.00", "0.50", tolerance: 0.02))
    #expect(differs("a", "b", tolerance: 1))
  }

  @Test(
    arguments: [
      ("…", "", false), ("…", "a\nb", false), ("a\n…", "a", false), ("a\n…", "a\nb\nc", false),
      ("a\n…\nc", "a\nc", false), ("a\n…\nc", "a\nb\nb\nc", false), ("a\n…\nc", "a\nb", true),
      ("…\nc", "a\nb\nc", false), ("…\nc", "c\nd", true), ("…\nb\n…\nd", "a\nb\nc\nd", false),
      ("…\nb\n…\nb", "b", true), ("a\n…\na", "a", true), ("  …  \nz", "y\nz", false),
      ("…\na\nb\n…", "a\nx\na\nb", false), ("…\n…", "a", false), ("… and more", "x and more", true),
    ] as [(String, String, Bool)])
  func `a lone … matches any lines`(expected: String, actual: String, isDifferent: Bool) {
    #expect(differs(expected, actual) == isDifferent)
  }

  @Test func `the first difference is told`() {
    func first(_ expected: [String], _ actual: [String]) -> Recording.Mismatch? {
      Recording.compare(expected: expected, actual: actual)
    }
    #expect(
      first(["a", "b", "c"], ["a", "x", "y"])
        == Recording.Mismatch(line: 1, expected: "b", actual: "x"))
    #expect(first(["a", "b"], ["a"]) == Recording.Mismatch(line: 1, expected: "b", actual: nil))
    #expect(first(["a"], ["a", "b"]) == Recording.Mismatch(line: 1, expected: nil, actual: "b"))
    #expect(
      first(["a", "…", "c", "d"], ["a", "b", "c", "e"])
        == Recording.Mismatch(line: 3, expected: "d", actual: "e"))
  }

  @Test func `no text makes the comparison fail to end`() {
    for a in Samples.naughty {
      #expect(!differs(a, a))
      for b in Samples.naughty { _ = differs(a, b, tolerance: 0.1) }
    }
    _ = differs("1e999999999999999999999", "1e-99999999999999999999")
    _ = differs("1.e5 -. +-1 .5 1, ,1", "1,,1 -1- 1e 1e+ 1.")
  }
}
