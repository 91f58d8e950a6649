import Glibc
import Testing

/// The session on a terminal, driven by keys.
@Suite(.serialized) struct ReplTests {
  private func enter(_ terminal: TerminalSession, _ text: String) {
    terminal.enter(text + "\r")
  }

  private func shown(_ terminal: TerminalSession) -> String {
    (terminal.screen.above + terminal.screen.lines).joined(separator: "\n")
  }

  @Test func `a banner, a prompt, a preview, and Ctrl-D leaves`() throws {
    let terminal = try TerminalSession()
    #expect(terminal.screen.lines.first?.hasPrefix("bight 0.") == true)
    #expect(terminal.screen.lines.first?.hasSuffix("? for help") == true)
    enter(terminal, "t = table a = [1, 2], b = [\"x\", null]")
    let lines = terminal.screen.lines
    #expect(lines.contains { $0.hasPrefix("t  2 rows × 2 columns  (") })
    #expect(lines.contains("      a  b"))
    #expect(lines.contains("  <int>  <text>"))
    #expect(lines.contains("      2  null"))
    terminal.send("\u{4}")
    #expect(terminal.end() == 0)
    #expect(terminal.isRestored)
  }

  @Test func `a mistake is named by entry and column, and the session goes on`() throws {
    let terminal = try TerminalSession()
    enter(terminal, "orders = table amount = [1, 200]")
    enter(terminal, "orders | filter amout > 100")
    #expect(shown(terminal).contains("error[column-not-found]: orders has no column `amout`"))
    #expect(shown(terminal).contains("--> input 2:17"))
    #expect(shown(terminal).contains(" 2 | orders | filter amout > 100"))
    #expect(shown(terminal).contains("did you mean `amount`?"))
    enter(terminal, "orders | filter amount > 100 | count")
    #expect(shown(terminal).contains("    1"))
  }

  @Test func `a mistake in a recipe points to the entry it was written in`() throws {
    let terminal = try TerminalSession()
    enter(terminal, "r = impute nowhere, with: median")
    enter(terminal, "table a = [1] | apply r")
    #expect(shown(terminal).contains("--> input 1:12"))
    #expect(shown(terminal).contains(" 1 | r = impute nowhere, with: median"))
  }

  @Test func `Tab completes verbs, columns, options, values, names, paths and commands`() throws {
    let folder = try Folder()
    try folder.write("amount,merchant\n1,a\n2,b\n", to: "long-name.csv")
    let terminal = try TerminalSession(in: folder)
    enter(terminal, "orders = load \"long-name.csv\"")
    for (typed, wanted) in [
      ("ord\t | filt\t", "orders | filter"), ("orders | filter am\t", "amount"),
      ("orders | derive z = amount | select mer\t", "merchant"),
      ("orders | fit amount ~ ., mod\t", "model:"),
      ("orders | fit amount ~ ., model: boo\t", "boosting"),
      ("orders | fit amount ~ ., model: boosting, tre\t", "trees:"),
      ("load \"long\t", "load \"long-name.csv"), (".sch\t", ".schema"), (".schema ord\t", "orders"),
      ("?boos\t", "?boosting"),
    ] {
      terminal.send(typed)
      terminal.expect("\(typed.debugDescription) is completed by \(wanted)") {
        $0.lines.last?.contains(wanted) == true
      }
      terminal.enter("\u{3}")
    }
  }

  @Test func `a question mark explains verbs, functions and models`() throws {
    let terminal = try TerminalSession(rows: 80)
    enter(terminal, "?log")
    #expect(shown(terminal).contains("log(x"))
    enter(terminal, "?boosting")
    #expect(shown(terminal).contains("trees:"))
    enter(terminal, "?fit")
    #expect(shown(terminal).contains("fit: "))
    enter(terminal, ".help models")
    #expect(shown(terminal).contains("Models:"))
    enter(terminal, ".examples filter")
    #expect(shown(terminal).contains("| filter"))
    enter(terminal, "?")
    #expect(shown(terminal).contains("bight help"))
  }

  @Test func `commands show names, schemas, cells and the last result`() throws {
    let terminal = try TerminalSession(rows: 80)
    enter(terminal, "t = table a = [1, 2, 3], word = [\"x\", \"y\", \"z\"]")
    enter(terminal, ".names")
    #expect(shown(terminal).contains("t       table"))
    enter(terminal, ".schema t")
    #expect(shown(terminal).contains("word"))
    enter(terminal, "t | derive third = a / 3")
    enter(terminal, ".digits 3")
    enter(terminal, ".last")
    #expect(shown(terminal).contains("0.333\n") || shown(terminal).contains("0.333"))
    enter(terminal, ".mode csv")
    enter(terminal, "t | head 1")
    #expect(shown(terminal).contains("a,word\n1,x"))
    enter(terminal, ".mode table")
    enter(terminal, ".rows 2")
    enter(terminal, "t")
    #expect(shown(terminal).contains("⋮"))
    enter(terminal, ".timer")
    enter(terminal, ".cells")
    #expect(shown(terminal).contains("[2]     t | derive third = a / 3"))
    enter(terminal, ".nams")
    #expect(shown(terminal).contains("did you mean .names?"))
    terminal.send(".quit\r")
    #expect(terminal.end() == 0)
  }

  @Test func `Enter goes on while a statement is not whole, and a leading bar extends the last`()
    throws
  {
    let terminal = try TerminalSession()
    enter(terminal, "t = table a = [3, 1, 2]")
    enter(terminal, "t |\rsort a")
    #expect(shown(terminal).contains("    1\n    2\n    3"))
    enter(terminal, "u = t | filter a > 1")
    enter(terminal, "| sort -a")
    enter(terminal, ".cells")
    #expect(shown(terminal).contains("[4]     u = t"))
    enter(terminal, "u | head 1")
    #expect(shown(terminal).contains("<int>\n    3\n"))
  }

  @Test func `pasted statements run as several cells`() throws {
    let terminal = try TerminalSession()
    terminal.send("\u{1B}[200~u = table a = [1]\nv = u | derive b = a + 1\nv | head 1\n\u{1B}[201~")
    enter(terminal, "")
    enter(terminal, ".cells")
    #expect(shown(terminal).contains("[1]     u = table a = [1]"))
    #expect(shown(terminal).contains("[3]     v | head 1"))
  }

  @Test func `Ctrl-C cancels a fit, and a name that was to be bound again keeps its value`() throws
  {
    let folder = try Folder()
    try folder.writeNumbers(rows: 5_000, to: "n.csv")
    let terminal = try TerminalSession(in: folder)
    enter(terminal, "d = load \"n.csv\"")
    enter(terminal, "m = d | fit y ~ a, model: logistic")
    terminal.send("m = d | fit y ~ ., model: boosting, trees: 100000, leaves: 200\r")
    terminal.expect(text: " left")
    let before = Self.seconds
    terminal.send("\u{3}")
    terminal.expect(text: "cancelled")
    #expect(Self.seconds - before < 1)
    terminal.expectPrompt()
    // The progress line has taken itself away.
    #expect(!shown(terminal).contains(" left"))
    enter(terminal, "m")
    #expect(shown(terminal).contains("model logistic"))
    enter(terminal, "d | count")
    #expect(shown(terminal).contains("5000"))
  }

  @Test func `a session that was saved replays with the same outputs`() throws {
    let folder = try Folder()
    let terminal = try TerminalSession(in: folder, rows: 80)
    enter(terminal, "t = table a = [1, 2, 3], g = [\"x\", \"x\", \"y\"]")
    enter(terminal, "t | filter nothing > 1")
    enter(terminal, "t | aggregate m = mean(a) by g")
    enter(terminal, "t | hed 2")
    enter(terminal, "u = t | show | filter a > 1")
    enter(terminal, ".save s.bight")
    enter(terminal, ".save u.bight for u")
    #expect(shown(terminal).contains("saved 3 of 5 statements"))
    terminal.send("\u{4}")
    #expect(terminal.end() == 0)
    let script = folder.read("s.bight")
    #expect(script.contains("1.5"))
    #expect(!script.contains("nothing") && !script.contains("hed"))
    #expect(folder.read("u.bight").hasPrefix("t = table"))
    #expect(!folder.read("u.bight").contains("aggregate"))
    for name in ["s.bight", "u.bight"] {
      let verified = try Program.run("verify", name, in: folder)
      #expect(verified.status == 0, "\(verified.output) \(verified.problems)")
      let ran = try Program.run("run", name, in: folder)
      #expect(ran.status == 0)
      let recorded = folder.read(name).split(separator: "\n").filter { $0.hasPrefix("#>") }
        .map { $0.dropFirst(3) }
      #expect(ran.output.split(separator: "\n") == recorded)
    }
    // The next session remembers what was typed.
    let next = try TerminalSession(in: folder)
    next.send("\u{1B}[A\u{1B}[A\u{1B}[A")
    next.expect(text: "u = t | show | filter a > 1")
    next.enter("\u{3}")
    enter(next, ".open s.bight")
    enter(next, ".cells")
    #expect(shown(next).contains("[3]     u = t"))
  }

  @Test func `other formats and a narrow screen do not break the session`() throws {
    let terminal = try TerminalSession(
      ["--format", "json", "--errors", "json"], columns: 20, rows: 60)
    enter(terminal, "table a = [1]")
    #expect(shown(terminal).contains("[{\"a\":1}]"))
    enter(terminal, "x | head")
    #expect(shown(terminal).contains("{\"severity\":\"error"))
    terminal.send("\u{4}")
    #expect(terminal.end() == 0)
  }

  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
