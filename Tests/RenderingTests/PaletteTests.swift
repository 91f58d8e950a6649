import Rendering
import Testing

struct PaletteTests {
  @Test(
    arguments: [
      (ColorChoice.auto, [:], true, true),
      (.auto, [:], false, false),
      (.always, ["NO_COLOR": "1", "TERM": "dumb"], false, true),
      (.never, ["FORCE_COLOR": "1"], true, false),
      (.auto, ["NO_COLOR": "1"], true, false),
      (.auto, ["NO_COLOR": ""], true, true),
      (.auto, ["NO_COLOR": "1", "FORCE_COLOR": "1"], true, false),
      (.auto, ["FORCE_COLOR": "1"], false, true),
      (.auto, ["CLICOLOR_FORCE": "1", "TERM": "dumb"], false, true),
      (.auto, ["FORCE_COLOR": "0"], false, false),
      (.auto, ["CLICOLOR_FORCE": "0"], true, true),
      (.auto, ["TERM": "dumb"], true, false),
      (.auto, ["TERM": "xterm-256color"], true, true),
    ] as [(ColorChoice, [String: String], Bool, Bool)])
  func `the first that says something decides on color`(
    choice: ColorChoice, environment: [String: String], isTerminal: Bool, isOn: Bool
  ) {
    #expect(choice.isOn(environment: environment, isTerminal: isTerminal) == isOn)
  }

  @Test(
    arguments: [
      ([:], true), (["LANG": "C"], false), (["LANG": "en_US.UTF-8"], true),
      (["LANG": "de_DE.utf8"], true),
      (["LANG": "en_US.UTF-8", "LC_ALL": "C"], false), (["LANG": "C", "LC_ALL": "C.UTF-8"], true),
      (["LANG": "C", "LC_CTYPE": "de_DE.UTF-8@euro"], true),
      (["LC_ALL": "", "LANG": "POSIX"], false),
    ] as [([String: String], Bool)])
  func `the locale tells whether UTF-8 is written`(environment: [String: String], isUnicode: Bool) {
    #expect(writesUnicode(environment: environment) == isUnicode)
  }

  @Test func `text is colored or left alone`() {
    #expect(Palette(isColored: true)("null", .dim) == "\u{1b}[2mnull\u{1b}[0m")
    #expect(Palette(isColored: true)("", .dim).isEmpty)
    #expect(Palette.plain("null", .dim) == "null")
  }
}
