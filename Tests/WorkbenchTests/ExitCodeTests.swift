import Testing

@Suite struct ExitCodeTests {
  @Test func `a script that does all it says ends with 0`() throws {
    let folder = try Folder()
    try folder.write("x = table a = [1, 2]\nx | aggregate s = sum(a)\n", to: "s.bight")
    for ended in [
      try Program.run("run", "s.bight", in: folder),
      try Program.run("-c", "x = table a = [1, 2]\nx | aggregate s = sum(a)"),
      try Program.run(input: "x = table a = [1, 2]\nx | aggregate s = sum(a)\n"),
      try Program.run("run", "-", input: "x = table a = [1, 2]\nx | aggregate s = sum(a)\n"),
    ] {
      #expect(ended.status == 0)
      #expect(ended.output == "    s\n<int>\n    3\n")
      #expect(ended.problems == "")
    }
  }

  @Test func `a mistake ends with 1 and is named with file and line, and nothing has run`() throws {
    let folder = try Folder()
    try folder.write(
      "table a = [1]\n\ntable a = [1] | save \"out.csv\"\ntable b = [1] | filter c > 2\n",
      to: "s.bight")
    let ended = try Program.run("run", "s.bight", in: folder)
    #expect(ended.status == 1)
    #expect(ended.output == "")
    #expect(ended.problems.contains("error[column-not-found]"))
    #expect(ended.problems.contains("--> s.bight:4:24"))
    #expect(!folder.holds("out.csv"))
  }

  @Test func `the first error of a run stops it`() throws {
    let folder = try Folder()
    try folder.write(
      """
      table a = [1]
      table a = ["1", "x"] | cast a, to: int
      table a = [3]

      """, to: "s.bight")
    let ended = try Program.run("run", "s.bight", in: folder)
    #expect(ended.status == 1)
    #expect(ended.output == "    a\n<int>\n    1\n")
    #expect(ended.problems.contains("s.bight:2:"))
  }

  @Test func `a check that does not hold ends with 2`() throws {
    let ended = try Program.run("-c", "table x = [1, 5] | check x < 3\ntable after = [1]")
    #expect(ended.status == 2)
    #expect(ended.problems.contains("error[check-failed]"))
    #expect(!ended.output.contains("after"))
  }

  @Test func `a check inside a named pipeline is not put off`() throws {
    #expect(try Program.run("-c", "t = table x = [1, 5] | check x < 3").status == 2)
    #expect(try Program.run("-c", "t = table x = [1, 5] | check x < 3 | head 1").status == 2)
  }

  @Test func `what a named pipeline saves is there for the next statement`() throws {
    let folder = try Folder()
    let ended = try Program.run(
      "-c", "t = table x = [1, 5] | save \"o.csv\"\nload \"o.csv\" | count", in: folder)
    #expect(ended.status == 0)
    #expect(folder.read("o.csv") == "x\n1\n5\n")
    #expect(ended.output == "count\n<int>\n    2\n")
  }

  @Test func `a call that cannot be understood ends with 64`() throws {
    #expect(try Program.run("--no-such-option").status == 64)
    #expect(try Program.run("run").status == 64)
    #expect(try Program.run("run", "nowhere.bight").status == 64)
    #expect(try Program.run("--threads", "0", "-c", "table x = [1]").status == 64)
    #expect(try Program.run("--format", "yaml", "-c", "table x = [1]").status == 64)
    #expect(try Program.run("help", "nonsense").status == 64)
  }

  @Test func `a script that cannot be read ends with 64 and runs nothing`() throws {
    let ended = try Program.run("-c", "table x = [1]\ntable x = [")
    #expect(ended.status == 64)
    #expect(ended.output == "")
    #expect(ended.problems.contains("error[unclosed-bracket]"))
  }

  @Test func `a plot that cannot be drawn is an error`() throws {
    let ended = try Program.run("-c", "table a = [\"x\", \"y\"] | plot a, kind: histogram")
    #expect(ended.status == 1)
    #expect(ended.problems.contains("error["))
    #expect(ended.problems.contains("--> command 1:"))
  }

  @Test func `a file that cannot be written is an error`() throws {
    let ended = try Program.run("--timings", "no/where/t.json", "-c", "table x = [1]")
    #expect(ended.status == 1)
    #expect(ended.problems.contains("no/where/t.json"))
  }

  @Test func `a script that is not UTF-8 is refused, and fmt leaves it`() throws {
    let folder = try Folder()
    let bytes = Array("table x = [\"".utf8) + [0xFF, 0xFE] + Array("\"]\n".utf8)
    try folder.write(bytes, to: "s.bight")
    #expect(try Program.run("run", "s.bight", in: folder).status == 64)
    #expect(try Program.run("fmt", "s.bight", in: folder).status == 64)
    #expect(Folder.bytes(folder.path("s.bight")) == bytes)
  }
}
