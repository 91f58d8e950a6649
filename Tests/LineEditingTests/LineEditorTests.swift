import Glibc
import Testing

@testable import LineEditing

/// Keys pressed on a real terminal, and what the screen shows.
@Suite(.serialized) struct LineEditorTests {
  @Test func `a whole statement is submitted by Enter`() throws {
    let probe = try ProbeSession()
    probe.send("hello\r")
    probe.expect(text: "[hello]")
    probe.expectPrompt()
    #expect(probe.screen.lines == ["bight> hello", "[hello]", "bight>"])
    probe.send("\u{4}")
    #expect(probe.end() == 0)
    #expect(probe.isRestored)
    #expect(String(decoding: probe.sent, as: UTF8.self).hasSuffix("[end]\r\n"))
  }

  @Test func `Enter goes on to a new line where the statement is not whole`() throws {
    let probe = try ProbeSession()
    probe.send("a |\rb (\rc)\r")
    probe.expect(text: "[a |\n  b (\n  c)]")
    #expect(probe.screen.lines.prefix(3) == ["bight> a |", "  b (", "  c)"])
  }

  @Test func `Enter submits wherever the cursor is, Alt-Enter never does`() throws {
    let probe = try ProbeSession()
    probe.send("one\u{1B}\rtwo\u{1B}[A\u{1}x")
    probe.expect("x is in the first line") { $0.lines == ["bight> xone", "two"] && $0.column == 8 }
    probe.send("\r")
    probe.expect(text: "[xone\ntwo]")
    probe.expectPrompt()
  }

  @Test func `Ctrl-C drops the line and leaves the editor usable`() throws {
    let probe = try ProbeSession()
    probe.send("one |\rtwo")
    probe.expect(text: "  two")
    probe.send("\u{3}")
    probe.expect(text: "[interrupted]")
    probe.expectPrompt()
    #expect(probe.screen.lines == ["bight> one |", "  two^C", "[interrupted]", "bight>"])
    probe.send("next\r")
    probe.expect(text: "[next]")
  }

  @Test func `Ctrl-C cancels a computation within a moment`() throws {
    let probe = try ProbeSession()
    probe.send("wait\r")
    probe.expect(text: "[waiting]")
    probe.send("\u{3}")
    probe.expect(text: "[cancelled]")
    probe.expectPrompt()
  }

  @Test func `a second Ctrl-C tells the caller that the computation does not answer`() throws {
    let probe = try ProbeSession()
    probe.send("deaf\r")
    probe.expect(text: "[waiting]")
    probe.send("\u{3}")
    probe.expect(text: "^C")
    probe.send("\u{3}")
    probe.expect(text: "[again]")
    probe.expect(text: "[cancelled]")
  }

  @Test func `Ctrl-D deletes in a line and ends an empty one`() throws {
    let probe = try ProbeSession()
    probe.send("xab\u{1}\u{4}\r")
    probe.expect(text: "[ab]")
    probe.expectPrompt()
    probe.send("\u{4}")
    #expect(probe.end() == 0)
  }

  @Test func `history is recalled after a restart, whole entries by their beginning`() throws {
    let first = try ProbeSession()
    first.send("alpha |\rbeta\r")
    first.expect(text: "beta]")
    first.send("gamma\r secret\r\u{4}")
    #expect(first.end() == 0)

    let second = try ProbeSession(folder: first.folder)
    second.send("\u{1B}[A")
    second.expect("the last entry is back") { $0.lines == ["bight> gamma"] }
    second.send("\u{1B}[A")
    second.expect("the one before has two lines") { $0.lines == ["bight> alpha |", "  beta"] }
    second.send("\u{1B}[B")
    second.expect("down comes back") { $0.lines == ["bight> gamma"] }
    second.send("\u{1B}[B")
    second.expect("to what was typed") { $0.lines == ["bight>"] }
    second.send("al\u{1B}[A")
    second.expect("up goes by the beginning") { $0.lines == ["bight> alpha |", "  beta"] }
    second.send("\r")
    second.expect(text: "[alpha |\n  beta]")
  }

  @Test func `Up and Down move by line inside an entry first`() throws {
    let probe = try ProbeSession()
    probe.send("old\r")
    probe.expectPrompt()
    probe.send("ab |\rcd |\ref")
    probe.expect(text: "  ef")
    probe.send("\u{1B}[A\u{1B}[A!")
    probe.expect("the cursor is in the first line") { $0.lines.contains("bight> ab |!") }
    probe.send("\u{1B}[B\u{1B}[B?")
    probe.expect("and again in the last") { $0.lines.contains("  ef?") }
  }

  @Test func `Ctrl-R finds an entry and Enter runs it`() throws {
    let probe = try ProbeSession()
    probe.send("load orders\rfit m\rload items\r")
    probe.expect(text: "[load items]")
    probe.send("\u{12}LOAD")
    probe.expect(text: "not found \"LOAD\":")
    probe.send("\u{7F}\u{7F}\u{7F}\u{7F}load")
    probe.expect(text: "search \"load\": load items")
    probe.send("\u{12}")
    probe.expect(text: "search \"load\": load orders")
    probe.send("\r")
    probe.expect(text: "[load orders]")
    probe.expectPrompt()
    probe.send("draft\u{12}fit\u{7}")
    probe.expect("Ctrl-G gives the line back") { $0.lines.last == "bight> draft" }
    probe.send("\u{15}\u{12}orders\u{1B}[D?\r")
    probe.expect(text: "[load order?s]")
  }

  @Test func `Tab inserts what is certain and lists the rest`() throws {
    let probe = try ProbeSession()
    probe.send("se\t")
    probe.expect("the only candidate is inserted") { $0.lines == ["bight> select"] }
    probe.send("\u{15}f\t")
    probe.expect("the common beginning is inserted") { $0.lines == ["bight> fi"] }
    probe.send("\t")
    probe.expect("the candidates are listed") {
      $0.lines == ["bight> fi", "filter  9 letters   first   5 letters   fit     3 letters"]
        || $0.lines.count == 2 && $0.lines[1].contains("filter  6 letters")
    }
    #expect(probe.screen.row == 0 && probe.screen.column == 9)
    probe.send("t")
    probe.expect("the next key clears the list") { $0.lines == ["bight> fit"] }
    probe.send(" na\t\r")
    probe.expect(text: "[fit naïve]")
  }

  @Test func `the list of candidates makes room at the bottom of the screen`() throws {
    let probe = try ProbeSession(rows: 4)
    probe.send("1\r2\r3\r4\rs")
    probe.expect(text: "bight> s")
    probe.send("\t")
    probe.expect("the list is under the prompt") {
      $0.lines.last?.contains("sample") == true && $0.lines.contains("bight> s")
    }
    probe.send("e\t\r")
    probe.expect(text: "[select]")
  }

  @Test func `a pasted block is one entry, and tabs in it are text`() throws {
    let probe = try ProbeSession()
    #expect(String(decoding: probe.sent, as: UTF8.self).contains("\u{1B}[?2004h"))
    probe.send("\u{1B}[200~a |\r\tfi\t1\r\nb\u{7}\nc\r\u{1B}[201~")
    probe.expect("all lines are shown and none has run") {
      $0.lines == ["bight> a |", "        fi      1", "b", "c"]
    }
    probe.send("!\r")
    probe.expect(text: "[a |\n        fi      1\nb\nc!]")
  }

  @Test func `characters of other scripts are edited, bytes that are none are dropped`() throws {
    let probe = try ProbeSession()
    probe.send("naïve 漢字 😀\u{1B}[D\u{1B}[D\u{7F}x")
    probe.expect("wide characters keep their cells") { $0.lines == ["bight> naïve 漢x 😀"] }
    probe.send([0xFF, 0xC3, 0x2D, 0xE6, 0xBC, 0x20, 0xC0, 0x80, 0xED, 0xA0, 0x80])
    probe.send("\r")
    probe.expect(text: "[naïve 漢x-  😀]")
  }

  @Test func `combining marks are kept and shown`() throws {
    let probe = try ProbeSession()
    probe.send("cafe\u{301} ok")
    probe.expect(text: "bight> cafe\u{301} ok")
    probe.send("\r")
    probe.expect(text: "[cafe\u{301} ok]")
  }

  @Test func `a long line wraps, also when the terminal changes its size`() throws {
    let probe = try ProbeSession(columns: 30, rows: 10)
    let line = String(repeating: "abcdefghi ", count: 6) + "end"
    probe.send(line)
    probe.expect(text: "end")
    #expect(probe.screen.lines.joined() == "bight> " + line)
    probe.send("\u{15}short")
    probe.expect("the line is short again") { $0.lines == ["bight> short"] }
    probe.resize(columns: 20, rows: 8)
    probe.send("")
    probe.receive(for: 300)
    probe.send(" and longer than it")
    probe.expect("it wraps at the new width") {
      $0.lines == ["bight> short and lon", "ger than it"]
    }
    probe.send("\r")
    probe.expect(text: "[short and longer th")
    probe.expectPrompt()
  }

  @Test func `an entry taller than the screen is shown around its cursor`() throws {
    let probe = try ProbeSession(rows: 6)
    for number in 1...9 { probe.send("line \(number) |\r") }
    probe.expect("the end is shown") {
      $0.lines == ["  line 5 |", "  line 6 |", "  line 7 |", "  line 8 |", "  line 9 |"]
        && $0.row == 5
    }
    probe.send("\u{1B}<")
    probe.expect("the beginning is shown") {
      $0.lines.first == "bight> line 1 |" && $0.lines.last == "  line 6 |" && $0.row == 0
    }
    probe.send("\u{1B}[B\u{1B}[B\u{1}X")
    probe.expect("what is typed there is seen there") {
      $0.lines[2] == "X  line 3 |" && $0.row == 2 && $0.column == 1
    }
    probe.send("\u{1B}>end\r")
    probe.expect(text: "  end]")
    probe.expectPrompt()
  }

  @Test func `colours fall on the cells of their characters`() throws {
    let probe = try ProbeSession(columns: 24, environment: ["PROBE_COLOR=1"])
    probe.send("ab12 漢字 |\rthird line that wraps 3 |\r9")
    probe.expect(text: "  9")
    probe.receive(for: 100)
    #expect(
      probe.screen.lines == ["bight> ab12 漢字 |", "  third line that wraps", "3 |", "  9"])
    #expect(String(decoding: probe.sent, as: UTF8.self).contains("\u{1B}[0;31m12"))
    probe.send("\u{1B}[A\u{1B}[A\u{1}XY\u{5}Z")
    probe.expect(text: "|Z")
    probe.receive(for: 100)
    #expect(
      probe.screen.lines
        == ["bight> XYab12 漢字 |Z", "  third line that wraps", "3 |", "  9"])
  }

  @Test func `a notice is printed above the prompt`() throws {
    let probe = try ProbeSession()
    probe.send("notice\r")
    // The first prompt would do for expectPrompt, and what is typed before the second is echoed by the terminal.
    probe.expect("a second prompt comes") { $0.lines.count > 1 && $0.lines.last == "bight>" }
    probe.send("one |\rtwo")
    probe.expect("the notice is above the line") {
      $0.lines == ["bight> notice", "background work is done", "bight> one |", "  two"]
    }
    probe.send("\r")
    probe.expect(text: "[one |\n  two]")
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func `a signal to end gives the terminal back and exits with 128 and its number`(
    signal: Int32
  ) throws {
    let probe = try ProbeSession()
    probe.send("half a line")
    probe.expect(text: "half a line")
    #expect(!probe.isRestored)
    probe.signal(signal)
    #expect(probe.end() == 128 + signal)
    #expect(String(decoding: probe.sent, as: UTF8.self).contains("signal \(signal)"))
    #expect(probe.isRestored)
  }

  @Test func `a crash gives the terminal back`() throws {
    let probe = try ProbeSession()
    probe.signal(SIGABRT)
    #expect(probe.end() == -SIGABRT)
    #expect(probe.isRestored)
  }

  @Test func `after a stop the line is drawn again`() throws {
    let probe = try ProbeSession()
    probe.send("kept")
    probe.expect(text: "bight> kept")
    probe.signal(SIGSTOP)
    probe.receive(for: 50)
    probe.signal(SIGCONT)
    probe.send(" on\r")
    probe.expect(text: "[kept on]")
  }

  @Test func `a terminal that cannot move its cursor gets plain lines`() throws {
    let probe = try ProbeSession(environment: ["TERM=dumb"])
    probe.expectPrompt()
    probe.send("a |\r")
    probe.expect("the next line is asked for") { $0.lines.last == "     …" }
    probe.send("b\r")
    probe.expect(text: "[a |\nb]")
    probe.send("x\u{3}")
    probe.expect(text: "[interrupted]")
    #expect(!String(decoding: probe.sent, as: UTF8.self).contains("\u{1B}["))
    probe.send("\u{4}")
    #expect(probe.end() == 0)
  }

  @Test func `a home that cannot be written is told once`() throws {
    let probe = try ProbeSession(home: "/proc/none", waits: false)
    probe.expect(text: "bight>")
    probe.send("a\r")
    probe.expect(text: "history is not kept: /proc/none/")
    probe.expectPrompt()
    probe.send("b\r")
    probe.expect(text: "[b]")
    probe.expectPrompt()
    let all = (probe.screen.above + probe.screen.lines).joined(separator: "\n")
    #expect(all.split(separator: "history is not kept").count == 2)
    probe.send("\u{1B}[A\u{1B}[A\r")
    probe.expect("the session itself remembers") {
      $0.lines.filter { $0 == "[a]" }.count == 2
    }
  }

  @Test func `ten thousand random keys do no harm`() throws {
    let probe = try ProbeSession(
      columns: 40, rows: 12, environment: ["PROBE_COLOR=1", "PROBE_STAY=1"])
    let seed = environment("BIGHT_EDITOR_SEED").flatMap { UInt64($0) } ?? 20_240_701
    var random = RandomKeys(seed: seed)
    var keys: [UInt8] = []
    for _ in 0..<10_000 { keys += random.next() }
    for (number, start) in stride(from: 0, to: keys.count, by: 200).enumerated() {
      probe.send(Array(keys[start..<min(keys.count, start + 200)]))
      // Ctrl-C throws away what has not been read, so each piece is waited for.
      probe.receive(for: 2)
      if number % 7 == 0 {
        probe.resize(columns: 2 + random.number(60), rows: 1 + random.number(30))
      }
    }
    probe.resize(columns: 60, rows: 12)
    // Ends a paste, a search or a character that may have been begun.
    probe.send("\u{1B}[201~\u{7}")
    probe.receive(for: 100)
    probe.send("\u{3}")
    probe.receive(for: 100)
    probe.send("still here\r")
    probe.expect(text: "[still here]")
  }
}

/// Keys without rhyme, the same for the same seed.
struct RandomKeys {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func number(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(count))
  }

  mutating func next() -> [UInt8] {
    switch number(10) {
    case 0, 1, 2: return [UInt8(0x20 + number(0x5F))]
    case 3: return Array("fi (|)".utf8.dropFirst(number(6)).prefix(1))
    case 4:
      // Not Ctrl-\, which is meant to kill, and Ctrl-C seldom.
      let byte = UInt8(number(0x20))
      return [byte == 0x1C || (byte == 0x03 && number(4) > 0) ? 0x0D : byte]
    case 5: return [0x1B, UInt8(number(0x80)) == 0x1C ? 0x1B : UInt8(0x20 + number(0x60))]
    case 6: return Array("\u{1B}[".utf8) + [UInt8(ascii: "A") + UInt8(number(8))]
    case 7:
      if number(8) == 0 { return Array("\u{1B}[200~(a\tb\n) |\u{1B}[A\r\n漢\u{1B}[201~".utf8) }
      return Array("\u{1B}[\(number(40));\(number(9))~".utf8)
    case 8: return Array(["é", "漢", "😀", "\u{301}", "\u{202E}", "ﷺ"][number(6)].utf8)
    default: return [UInt8(0x80 + number(0x80))]
    }
  }
}
