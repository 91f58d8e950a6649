import Testing
import Text

@testable import Syntax

struct StatementTests {
  @Test(arguments: [
    ("tx", "tx"),
    ("data.train | head 3", "data.train | (head 3)"),
    ("x = load \"a.csv\", types: text", "x=(load \"a.csv\" types:text)"),
    ("boost | explain top: 5", "boost | (explain top:5)"),
    ("tx | head 10 seed: 7", "tx | (head 10 seed:7)"),
    (
      "tx | aggregate n = count(), rate = mean(fraud) by merchant, m = month(day), order: day",
      "tx | (aggregate n=count() rate=mean(fraud) {by merchant m=month(day)} order:day)"
    ),
    ("a | join b on key, kind: left", "a | (join b {on key} kind:left)"),
    ("a | evaluate m, on: valid by g", "a | (evaluate m on:valid {by g})"),
    ("a | fit y ~ . - id - card, trees: 3", "a | (fit y~[+. -id -card] trees:3)"),
    ("a | fit ~ ., model: kmeans", "a | (fit ~[+.] model:kmeans)"),
    ("a | fit log(y) ~ a + numeric() + b * c", "a | (fit log(y)~[+a +numeric() +(* b c)])"),
    ("a | sort -rate, b", "a | (sort (- rate) b)"),
    ("`my table` | head", "`my table` | (head)"),
    ("filter (a > 3) and b", "(filter (and <(> a 3)> b))"),
  ]) func `a statement is read by the grammar`(_ source: String, _ expected: String) {
    #expect(tree(source) == expected)
  }

  @Test(arguments: [
    "tx |\n  head 3", "tx\n| head 3", "tx\n  # why\n  | head 3", "tx # why\n\n| head 3",
    "tx | # why\n head 3",
  ]) func `a pipe carries a statement over the end of its line`(_ source: String) {
    #expect(tree(source) == "tx | (head 3)")
  }

  @Test(arguments: [
    ("x =\n load 'a'", 1), ("v a,\n b", 1), ("v a +\n b", 1), ("v (a\n + b)", 1),
    ("v [a,\n b\n]", 1),
    ("v a and\n not\n b", 1), ("v a mod\n b", 1), ("v y ~\n a", 1), ("v a in\n [1]", 1),
    ("v mod\nv mod", 2), ("v a in 18..\nv b", 2), ("v a\n\n\nv b", 2), ("v a\r\nv b\rv c", 3),
  ]) func `a statement ends at the end of its line unless something is open`(
    _ source: String, _ count: Int
  ) {
    #expect(parsed(source).statements.count == count)
  }

  @Test func `comments keep their places`() throws {
    let script = parsed(
      """
      # first

      # %% Load
      tx = load "a" # the file
      #>~ 2%
      #> 3 rows
      #> …
      # %% [markdown]

      tx
        # before
        | filter a > 1 # behind
        | head 3
      #>! column-not-found
      # last
      """)
    let first = script.statements[0]
    #expect(first.leading.map(\.kind) == [.plain, .cell])
    #expect(first.leading.map(\.blankBefore) == [false, true])
    #expect(first.recorded.map(\.kind) == [.tolerance, .output, .output])
    guard case .stage(let load) = first.pipeline.head else {
      Issue.record("not a verb")
      return
    }
    #expect(load.comments.map(\.text) == ["# the file"])
    let second = script.statements[1]
    #expect(second.leading.map(\.kind) == [.prose])
    #expect(second.blankAfterLeading)
    #expect(second.pipeline.isBroken)
    #expect(second.pipeline.stages[0].comments.map(\.text) == ["# before", "# behind"])
    #expect(second.pipeline.stages[0].comments.map(\.trailsCode) == [false, true])
    #expect(second.recorded.map(\.kind) == [.failure])
    #expect(script.trailing.map(\.text) == ["# last"])
  }

  @Test(arguments: [
    "tx |", "tx | filter (a >", "x =", "tx | select a,", "tx | fit y ~", "tx | filter a and",
    "tx | filter a in [1, 2", "tx | filter a is not", "tx | filter a mod", "tx | # comment\n\n",
    "tx | f((1)", "tx | sort -", "tx | head 3\nty | select a,",
  ]) func `an unfinished statement asks for more`(_ source: String) {
    let result = Parser.parse(source)
    #expect(result.needsMore, "\(result.diagnostics)")
    #expect(result.diagnostics.count == 1)
  }

  @Test(arguments: [
    "tx", "", "# only a comment", "tx | head 3\n", "tx | filter a in 18..", "tx | filter \"abc",
    "tx | filter a && b |", "tx | filter (a ]", "tx | head test:", "tx | aggregate by", "v mod",
    "tx)", "tx | filter `abc",
  ]) func `a finished or wrong statement does not ask for more`(_ source: String) {
    #expect(!Parser.parse(source).needsMore)
  }

  @Test func `a leading pipe is told and extends the statement before`() {
    let result = Parser.parse("# more\n| head 3")
    #expect(result.extendsPrevious)
    #expect(result.diagnostics.map(\.code) == ["leading-pipe"])
    #expect(result.script.statements[0].pipeline.stages.count == 1)
    #expect(!Parser.parse("tx | head").extendsPrevious)
    #expect(!result.needsMore)
    #expect(Parser.parse("| filter (a").needsMore)
  }
}
