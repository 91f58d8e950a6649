import Testing

@Suite struct VerifyTests {
  private func verify(
    _ script: String, _ more: String..., in given: Folder? = nil
  ) throws -> Program.Ended {
    let folder = try given ?? Folder()
    try folder.write(script, to: "v.bight")
    let program = try Program(["verify", "v.bight"] + more, in: folder)
    return try #require(program.end())
  }

  @Test func `outputs that hold end with 0, one that differs with 2 and its line`() throws {
    #expect(try verify("table x = [1]\n#>     x\n#> <int>\n#>     1\n").status == 0)
    let ended = try verify("table x = [1]\n#>     x\n#> <int>\n#>     2\n")
    #expect(ended.status == 2)
    #expect(ended.output.contains("v.bight:4: statement 1 differs"))
  }

  @Test func `statements without a recording are not compared`() throws {
    let ended = try verify("table x = [1]\n")
    #expect(ended.status == 0)
    #expect(ended.output.contains("0 recorded outputs"))
  }

  @Test func `a tolerance allows what lies within it`() throws {
    let recorded = "#>     x\n#> <num>\n#>   "
    #expect(try verify("table x = [100.0]\n#>~ 2%\n\(recorded)101\n").status == 0)
    #expect(try verify("table x = [100.0]\n#>~ 2%\n\(recorded)110\n").status == 2)
  }

  @Test func `three dots stand for any lines`() throws {
    #expect(try verify("table x = [1, 2, 3]\n#> …\n#>     3\n").status == 0)
    #expect(try verify("table x = [1, 2, 3]\n#> …\n#>     4\n").status == 2)
  }

  @Test func `an error that is expected has to come`() throws {
    let wrong = "table x = [1] | filter y > 1\n#>! column-not-found\n"
    #expect(try verify(wrong + "\ntable z = [1]\n#> …\n").status == 0)
    #expect(try verify("table x = [1]\n#>! column-not-found\n").status == 2)
  }

  @Test func `update rewrites what is recorded, and then it holds`() throws {
    let folder = try Folder()
    let script =
      "# why\ntable x = [1.5]\n#> old\n\ntable x = [1] | filter y > 1\n#>! column-not-found\n"
    #expect(try verify(script, "--update", in: folder).status == 0)
    let updated = folder.read("v.bight")
    #expect(updated.contains("# why\ntable x = [1.5]\n#>     x\n#> <num>\n#>   1.5\n"))
    #expect(updated.contains("#>! column-not-found"))
    #expect(try verify(updated, in: folder).status == 0)
    #expect(try verify(updated, "--update", in: folder).status == 0)
    #expect(folder.read("v.bight") == updated)
  }

  @Test func `a broken script is refused, and update leaves it`() throws {
    let folder = try Folder()
    let ended = try verify("table x = [\n", "--update", in: folder)
    #expect(ended.status == 64)
    #expect(folder.read("v.bight") == "table x = [\n")
  }
}
