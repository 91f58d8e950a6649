import Testing

@Suite struct CheckAndFormatTests {
  @Test func `check reads no rows and writes no files`() throws {
    let folder = try Folder()
    try folder.write("a\n1\n2\n", to: "t.csv")
    try folder.write(
      "t = load \"t.csv\" | check a > 5 | save \"out.csv\" | head 5\nt | aggregate s = sum(a)\n",
      to: "s.bight")
    let ended = try Program.run("check", "s.bight", in: folder)
    #expect(ended.status == 0)
    #expect(ended.output == "s.bight: fine\n")
    #expect(!folder.holds("out.csv"))
  }

  @Test func `check names every mistake of a script`() throws {
    let folder = try Folder()
    try folder.write(
      "table a = [1] | filter b > 1\ntable a = [1] | head many: 2\nnowhere | head 1\n",
      to: "s.bight")
    let ended = try Program.run("check", "s.bight", in: folder)
    #expect(ended.status == 1)
    for place in ["s.bight:1:24", "s.bight:2:22", "s.bight:3:1"] {
      #expect(ended.problems.contains(place))
    }
  }

  @Test func `fmt rewrites once, and --check tells that it would`() throws {
    let folder = try Folder()
    try folder.write("x=table a=[1,2]# two\nx|head 1\n#> kept\n", to: "s.bight")
    let before = folder.read("s.bight")
    #expect(try Program.run("fmt", "--check", "s.bight", in: folder).status == 2)
    #expect(folder.read("s.bight") == before)
    #expect(try Program.run("fmt", "s.bight", in: folder).status == 0)
    let once = folder.read("s.bight")
    #expect(once.contains("x = table a = [1, 2]"))
    #expect(once.contains("# two"))
    #expect(once.contains("#> kept"))
    #expect(try Program.run("fmt", "--check", "s.bight", in: folder).status == 0)
    #expect(try Program.run("fmt", "s.bight", in: folder).status == 0)
    #expect(folder.read("s.bight") == once)
    #expect(try Program.run("fmt", "-", input: before).output == once)
  }

  @Test func `fmt leaves a broken script as it is`() throws {
    let folder = try Folder()
    try folder.write("table x=[1\n", to: "s.bight")
    #expect(try Program.run("fmt", "s.bight", in: folder).status == 64)
    #expect(folder.read("s.bight") == "table x=[1\n")
  }
}
