import Testing

@testable import LineEditing

struct HistoryBrowserTests {
  let entries = ["fit a", "load x", "fit b", "load y", "fit b"]

  @Test func `without a beginning every entry is shown, the newest first`() {
    var browser = HistoryBrowser()
    var text = ""
    var seen: [String] = []
    while let next = browser.older(in: entries, text: text, beforeCursor: text) {
      seen.append(next)
      text = next
    }
    #expect(seen == ["fit b", "load y", "fit b", "load x", "fit a"])
  }

  @Test func `with a beginning only such entries are shown, and the draft comes back`() {
    var browser = HistoryBrowser()
    #expect(browser.older(in: entries, text: "load", beforeCursor: "load") == "load y")
    #expect(browser.older(in: entries, text: "load y", beforeCursor: "load y") == "load x")
    #expect(browser.older(in: entries, text: "load x", beforeCursor: "load x") == nil)
    #expect(browser.newer(in: entries, text: "load x") == "load y")
    #expect(browser.newer(in: entries, text: "load y") == "load")
    #expect(browser.newer(in: entries, text: "load") == nil)
  }

  @Test func `an edited entry begins a new walk`() {
    var browser = HistoryBrowser()
    #expect(browser.older(in: entries, text: "", beforeCursor: "") == "fit b")
    #expect(browser.newer(in: entries, text: "fit") == nil)
    #expect(browser.older(in: entries, text: "fit a!", beforeCursor: "fit a") == "fit a")
    #expect(browser.newer(in: entries, text: "fit a") == "fit a!")
  }

  @Test func `an entry equal to what is shown is passed over`() {
    var browser = HistoryBrowser()
    #expect(browser.older(in: ["a", "b", "b"], text: "b", beforeCursor: "b") == nil)
    #expect(browser.older(in: ["b1", "b", "b"], text: "b", beforeCursor: "b") == "b1")
  }

  @Test func `a search goes either way and minds capitals only where there are some`() {
    let entries = ["Load A", "fit b", "load a"]
    #expect(HistorySearch.find("load", in: entries, from: 2, forward: false) == 2)
    #expect(HistorySearch.find("load", in: entries, from: 1, forward: false) == 0)
    #expect(HistorySearch.find("Load", in: entries, from: 2, forward: false) == 0)
    #expect(HistorySearch.find("load", in: entries, from: 1, forward: true) == 2)
    #expect(HistorySearch.find("loads", in: entries, from: 2, forward: false) == nil)
    #expect(HistorySearch.find("x", in: [], from: -1, forward: false) == nil)
  }
}
