import Testing

@Suite struct OutputFormatTests {
  private let script = "table x = [1, null], s = [\"a,b\", \"<é>\"]\ntable d = [@2024-01-02]"

  @Test(arguments: [
    ("csv", "x,s\n1,\"a,b\"\n,<é>\nd\n2024-01-02\n"),
    ("tsv", "x\ts\n1\ta,b\n\t<é>\nd\n2024-01-02\n"),
    ("json", "[{\"x\":1,\"s\":\"a,b\"},{\"x\":null,\"s\":\"<é>\"}]\n[{\"d\":\"2024-01-02\"}]\n"),
    ("jsonl", "{\"x\":1,\"s\":\"a,b\"}\n{\"x\":null,\"s\":\"<é>\"}\n{\"d\":\"2024-01-02\"}\n"),
  ]) func `tables are written for programs`(format: String, wanted: String) throws {
    let ended = try Program.run("--format", format, "-c", script)
    #expect(ended.status == 0)
    #expect(ended.output == wanted)
    #expect(ended.problems == "")
  }

  @Test func `markdown and html are tables too`() throws {
    let markdown = try Program.run("--format", "markdown", "-c", script).output
    #expect(markdown.contains("| x | s |\n|"))
    let html = try Program.run("--format", "html", "-c", script).output
    #expect(html.hasPrefix("<table>"))
    #expect(html.contains("&lt;é&gt;"))
  }

  @Test func `a common option may stand before the command`() throws {
    let folder = try Folder()
    try folder.write("table x = [1]\n", to: "s.bight")
    for words in [["--format", "csv", "run", "s.bight"], ["run", "s.bight", "--format=csv"]] {
      let program = try Program(words, in: folder)
      #expect(program.end()?.output == "x\n1\n")
    }
  }

  @Test func `with json every shown model, evaluation and comparison is one line`() throws {
    let folder = try Folder()
    try folder.writeNumbers(rows: 300, to: "n.csv")
    let ended = try Program.run(
      "--format", "json", "-c",
      """
      d = load "n.csv" | split test: 30%, seed: 1
      m = d | fit y ~ a + b, model: logistic
      d | fit y ~ a, model: logistic
      d | evaluate m
      d | evaluate m, show: confusion
      d | compare m, folds: 3
      m | explain
      d | describe
      d | show | count
      d | plot a
      """, in: folder)
    #expect(ended.status == 0, "\(ended.problems)")
    let lines = ended.output.split(separator: "\n")
    #expect(lines.count == 9)
    for line in lines { #expect(line.hasPrefix("[{\"") && line.hasSuffix("}]")) }
    #expect(lines.contains { $0.contains("\"metric\":\"auc\",\"value\":0.") })
  }

  @Test func `with errors as json every line of standard error is an object`() throws {
    let ended = try Program.run(
      "--errors", "json", "-c", "table x = [1] | filter y > 2\ntable x = [1] | head z: 3")
    #expect(ended.status == 1)
    let lines = ended.problems.split(separator: "\n")
    #expect(lines.count == 2)
    for (number, line) in lines.enumerated() {
      #expect(line.hasPrefix("{\"severity\":\"error\",\"code\":\""))
      #expect(line.contains("\"file\":\"command\",\"line\":\(number + 1),"))
    }
    let missing = try Program.run("run", "nowhere.bight", "--errors", "json").problems
    #expect(missing.hasPrefix("{\"severity\":\"error\",\"code\":\"file-not-found\""))
  }
}
