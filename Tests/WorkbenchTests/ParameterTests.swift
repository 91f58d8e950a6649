import Testing

@Suite struct ParameterTests {
  private func folder() throws -> Folder {
    let folder = try Folder()
    try folder.write(
      """
      since = param @2024-01-01, help: "First day"
      n = param 3
      share = param 0.5
      word = param "a"
      list = param [1, 2]
      table since = [$since], n = [$n], share = [$share], word = [$word]
      table list = $list

      """, to: "p.bight")
    return folder
  }

  private func run(_ words: String...) throws -> Program.Ended {
    let program = try Program(["run", "p.bight", "--format", "csv"] + words, in: try folder())
    return try #require(program.end())
  }

  @Test func `parameters have their defaults`() throws {
    let ended = try run()
    #expect(ended.status == 0, "\(ended.problems)")
    #expect(ended.output == "since,n,share,word\n2024-01-01,3,0.5,a\nlist\n1\n2\n")
  }

  @Test func `given values are read like the defaults`() throws {
    let ended = try run(
      "--set", "since=2023-05-06", "--set", "n=7", "--set", "share=1", "--set", "word=x = y",
      "--set", "list=[4, 5]")
    #expect(ended.status == 0, "\(ended.problems)")
    #expect(ended.output == "since,n,share,word\n2023-05-06,7,1.0,x = y\nlist\n4\n5\n")
  }

  @Test func `a value that is none, and a parameter that is none, end with 64`() throws {
    for pair in ["n=many", "n=1.5", "since=tomorrow", "other=1", "n"] {
      let ended = try run("--set", pair)
      #expect(ended.status == 64, "\(pair)")
      #expect(ended.output == "")
    }
    #expect(try run("--set", "other=1").problems.contains("since, n, share, word, list"))
  }

  @Test func `help of a run lists the parameters of the script`() throws {
    let ended = try Program.run("run", "p.bight", "--help", in: try folder())
    #expect(ended.status == 0)
    #expect(ended.output.contains("PARAMETERS OF p.bight"))
    #expect(ended.output.contains("--set since=…"))
    #expect(ended.output.contains("First day (date, default: 2024-01-01)"))
  }
}
