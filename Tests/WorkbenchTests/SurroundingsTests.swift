import Glibc
import Testing

/// The same answers wherever it runs.
@Suite struct SurroundingsTests {
  private static let script = """
    t = table a = [1, null, 3], s = ["é", "b", null], x = [0.1, 0.2, 0.3]
    t | derive y = x * 3
    t | aggregate m = mean(x), n = count() by s | sort s
    """

  @Test func `no terminal, no colour, no locale, no home: the same bytes`() throws {
    let wanted = try Program.run("--format", "csv", "-c", Self.script)
    #expect(wanted.status == 0)
    let locked = try Folder()
    chmod(locked.root, 0o500)
    for environment in [
      ["NO_COLOR=1"], ["LC_ALL=C"], ["LC_ALL=C.UTF-8", "LANG=de_DE.UTF-8"], ["COLUMNS=20"],
      ["TERM=dumb"], ["TZ=Asia/Tokyo"], ["HOME=\(locked.root)"], ["HOME=/nowhere"],
    ] {
      let ended = try Program.run(
        "--format", "csv", "-c", Self.script, environment: environment, home: false)
      #expect(ended.status == 0)
      #expect(ended.bytes == wanted.bytes, "\(environment)")
      let table = try Program.run("-c", Self.script, environment: environment, home: false)
      #expect(!table.bytes.contains(0x1B))
    }
    chmod(locked.root, 0o700)
  }

  @Test func `one seed gives the same bytes of answers and models, with any threads, anywhere`()
    throws
  {
    let script = """
      d = load "n.csv" | split test: 30%, seed: 3
      b = d | fit y ~ ., model: boosting, trees: 10, rows: 0.8
      l = d | fit y ~ a + b + word, model: logistic
      b | save "b.model"
      l | save "l.model"
      d.test | predict b
      d | evaluate l
      load "n.csv" | aggregate m = mean(a), s = sum(b) by word | sort word
      """
    var answers: [[UInt8]] = []
    var models: [[UInt8]] = []
    for threads in ["1", "2", "2"] {
      let folder = try Folder()
      try folder.writeNumbers(rows: 2_000, to: "n.csv")
      let ended = try Program.run(
        "--threads", threads, "--seed", "5", "--format", "csv", "-c", script, in: folder)
      #expect(ended.status == 0, "\(ended.problems)")
      answers.append(ended.bytes)
      models.append(Folder.bytes(folder.path("b.model")) + Folder.bytes(folder.path("l.model")))
    }
    #expect(models[0].count > 1_000)
    #expect(answers[0] == answers[1] && answers[1] == answers[2])
    #expect(models[0] == models[1] && models[1] == models[2])
  }

  @Test func `another seed gives other rows`() throws {
    let folder = try Folder()
    try folder.writeNumbers(rows: 500, to: "n.csv")
    let script = "load \"n.csv\" | sample 5"
    let first = try Program.run("--seed", "1", "-c", script, in: folder).output
    #expect(first == (try Program.run("--seed", "1", "-c", script, in: folder).output))
    #expect(first != (try Program.run("--seed", "2", "-c", script, in: folder).output))
  }

  @Test func `timings are JSON lines, one a stage`() throws {
    let folder = try Folder()
    try folder.writeNumbers(rows: 100, to: "n.csv")
    let ended = try Program.run(
      "--timings", "t.jsonl", "-c", "load \"n.csv\" | filter a > 0.5 | count by word", in: folder)
    #expect(ended.status == 0)
    let lines = folder.read("t.jsonl").split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("{\"statement\":1,\"stage\":\"load\",\"rows\":100,\"ms\":"))
    for line in lines { #expect(line.contains("\"bytes\":") && line.hasSuffix("}")) }
  }

  /// Text that has hurt other programs.
  private static let naughty = [
    "\u{1B}[31mred\u{1B}[0m", "\u{1B}]0;title\u{7}", "a\u{8}b", "\u{9B}31m", "nul\u{0}byte",
    "\u{202E}abc\u{202C}", "\u{200F}\u{200E}", "👩‍👩‍👧‍👦🇳🇱", "Z̮̞̠͙͔ͅa̐l̍go", "\"quoted\" 'both'", "line\nbreak",
    "carriage\rreturn", "\r\n", "tab\there", "comma, semicolon;", "null", "NA", "", " ", "=1+1",
    "-0", "1e400", "0x10", "true", "﷽", "\u{FEFF}bom", "`tick`", "$value", "#> no", "\\n", "%s%d",
    "\u{FFFF}\u{10FFFF}", "'; drop table x; --", "<script>alert(1)</script>",
  ]

  private func csv(_ all: [String]) -> String {
    var text = "n,s\n"
    for (number, word) in all.enumerated() {
      var cell = ""
      for scalar in word.unicodeScalars {
        cell += scalar == "\"" ? "\"\"" : String(scalar)
      }
      text += "\(number),\"\(cell)\"\n"
    }
    return text
  }

  @Test func `naughty text survives being saved and loaded, and no escape reaches the screen`()
    throws
  {
    let folder = try Folder()
    try folder.write(csv(Self.naughty), to: "in.csv")
    let ended = try Program.run(
      "-c",
      """
      t = load "in.csv", types: [n: int, s: text]
      t | save "one.csv"
      t | save "one.jsonl"
      t | save "one.json"
      load "one.csv", types: [n: int, s: text] | save "two.csv"
      load "one.jsonl", types: [n: int, s: text] | save "three.csv"
      load "one.json", types: [n: int, s: text] | save "four.csv"
      t
      t | describe
      t | filter s == "nothing" or n == "x"
      """, in: folder)
    #expect(ended.status == 1)
    let fine = try Program.run(
      "-c",
      """
      t = load "in.csv", types: [n: int, s: text]
      t | save "one.csv"
      t | save "one.jsonl"
      t | save "one.json"
      load "one.csv", types: [n: int, s: text] | save "two.csv"
      load "one.jsonl", types: [n: int, s: text] | save "three.csv"
      load "one.json", types: [n: int, s: text] | save "four.csv"
      t
      t | describe
      t | check n > 100
      """, in: folder)
    #expect(fine.status == 2, "\(fine.problems)")
    for ended in [ended, fine] {
      for byte: UInt8 in [0x1B, 0x07, 0x08, 0x0D, 0x00] {
        #expect(!ended.bytes.contains(byte) && !ended.problemBytes.contains(byte))
      }
      #expect(!ended.output.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{9B}" })
    }
    let one = folder.read("one.csv")
    #expect(one.count > 300)
    for name in ["two.csv", "three.csv", "four.csv"] {
      #expect(folder.read(name) == one, "\(name)")
    }
    for word in Self.naughty where !word.contains("\"") && word.count > 3 {
      #expect(one.unicodeScalars.count > 0 && contains(one, word), "\(word.debugDescription)")
    }
  }

  /// By bytes: characters would join what must stay apart.
  private func contains(_ text: String, _ word: String) -> Bool {
    let (all, part) = (Array(text.utf8), Array(word.utf8))
    return all.indices.contains { all[$0...].starts(with: part) }
  }

  @Test func `a file that shrinks while it is read is an error or an answer, never a crash`() throws
  {
    let folder = try Folder()
    try folder.writeNumbers(rows: 60_000, to: "whole.csv")
    let bytes = Folder.bytes(folder.path("whole.csv"))
    for attempt in 0..<20 {
      let path = folder.path("n.csv")
      let file = try #require(fopen(path, "w"))
      fwrite(bytes, 1, bytes.count, file)
      fclose(file)
      let program = try Program(
        ["-c", "load \"n.csv\" | aggregate s = sum(a), n = count()"], in: folder)
      usleep(UInt32(2_000 + attempt * 6_000))
      truncate(path, attempt % 2 == 0 ? 1_001 : 0)
      let ended = try #require(program.end())
      #expect([0, 1].contains(ended.status), "\(ended.status) \(ended.problems)")
    }
  }
}
