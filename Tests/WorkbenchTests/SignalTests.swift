import Glibc
import Testing

@Suite(.serialized) struct SignalTests {
  /// A fit that would take minutes, begun when `begun` is printed.
  private func long(in folder: Folder) throws -> Program {
    try folder.writeNumbers(rows: 5_000, to: "n.csv")
    let program = try Program(
      [
        "-c",
        """
        d = load "n.csv"
        d | count
        table begun = [1]
        d | fit y ~ ., model: boosting, trees: 100000, leaves: 200
        table after = [1]
        """,
      ], in: folder)
    program.expect("begun")
    usleep(300_000)
    return program
  }

  @Test(arguments: zip([SIGINT, SIGTERM, SIGHUP], [Int32(130), 143, 129]))
  func `a signal ends a long run within a second with its own code`(
    signal: Int32, code: Int32
  ) throws {
    let program = try long(in: try Folder())
    let before = Self.seconds
    program.signal(signal)
    let ended = try #require(program.end(within: 10))
    let took = Self.seconds - before
    #expect(ended.status == code)
    #expect(took < 1, "\(took) s")
    #expect(!ended.output.contains("after"))
  }

  @Test func `a reader that goes away ends the program quietly`() throws {
    let folder = try Folder()
    try folder.writeNumbers(rows: 20_000, to: "n.csv")
    try folder.write("load \"n.csv\"\n", to: "s.bight")
    let script =
      "cd \(folder.root); \(Program.path) run s.bight 2>err | head -1 >out; echo ${PIPESTATUS[0]} >code"
    #expect(system("bash -c '\(script)'") == 0)
    #expect(["0\n"].contains(folder.read("code")))
    #expect(folder.read("err") == "")
    #expect(folder.read("out").contains("word"))
  }

  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
