import Foundation
import Testing
import Text

@testable import Syntax

/// Scripts that are kept as files, right ones and wrong ones.
struct CorpusTests {
  static func files(in folder: String) -> [String: String] {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Corpus").appending(path: folder)
    let found = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    var files: [String: String] = [:]
    for name in found where name.hasSuffix(".bight") {
      files[name] = try? String(contentsOf: root.appending(path: name), encoding: .utf8)
    }
    return files
  }

  /// Pieces between blank lines.
  static func pieces(_ text: String) -> [String] {
    text.replacing("\n\n\n", with: "\n\n").split(separator: "\n\n").map(String.init)
  }

  @Test func `right scripts are read without a word, and come out of the formatter as they are`() {
    let files = Self.files(in: "valid")
    #expect(files.count >= 3)
    for (name, text) in files {
      let result = Parser.parse(text)
      #expect(result.diagnostics.isEmpty, "\(name): \(result.diagnostics)")
      expectRoundTrip(text, name)
    }
  }

  @Test func `wrong statements get the codes that are written behind them`() {
    for piece in Self.pieces(Self.files(in: "broken")["slips.bight"] ?? "") {
      let lines = piece.split(separator: "\n").map(String.init)
      let wanted = lines.filter { $0.hasPrefix("#>! ") }.map { String($0.dropFirst(4)) }
      let source = lines.filter { !$0.hasPrefix("#>! ") }.joined(separator: "\n")
      let found = Parser.parse(source).diagnostics
      #expect(found.map(\.code) == wanted, "\(source): \(found)")
    }
  }

  @Test func `applying every fix leaves fewer errors`() {
    for piece in Self.pieces(Self.files(in: "broken")["slips.bight"] ?? "") {
      var bytes = Array(piece.utf8)
      let before = Parser.parse(bytes).diagnostics
      let mends = before.filter { $0.fix != nil }
      for diagnostic in mends.reversed() {
        guard let span = diagnostic.span, let fix = diagnostic.fix else { continue }
        bytes.replaceSubrange(span.lower..<span.upper, with: Array(fix.utf8))
      }
      let after = Parser.parse(bytes).diagnostics
      #expect(
        after.count <= before.count - mends.count,
        "\(String(decoding: bytes, as: UTF8.self)): \(after)")
    }
  }

  @Test func `naughty texts neither crash nor hang, whole or in pieces`() {
    let text = Self.files(in: "broken")["naughty.bight"] ?? ""
    #expect(!text.isEmpty)
    for piece in Self.pieces(text) + [text] {
      expectSound(Array(piece.utf8))
      for part in piece.split(separator: "|") {
        expectSound(Array(part.utf8))
        expectSound(Array("t | filter \(part)\nt | head".utf8))
        expectSound(Array("x = f([\(part)], a: \(part))".utf8))
      }
    }
  }

  @Test func `every byte, alone and in every place of a statement`() {
    expectSound(Array(0...255))
    for byte in UInt8.min...UInt8.max {
      expectSound([byte])
      expectSound(Array("t | filter a > ".utf8) + [byte] + Array(" | head".utf8))
      expectSound(Array("x = load \"".utf8) + [byte, byte] + Array("\" # ".utf8) + [byte])
    }
  }

  @Test func `bytes that are not UTF-8 are told and never replaced in silence`() {
    for bytes: [UInt8] in [
      [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC0, 0x80],
    ] {
      for (before, after) in [
        ("t | filter \"", "\""), ("t # ", ""), ("t | select `", "`"), ("", ""),
      ] {
        let source = Array(before.utf8) + bytes + Array(after.utf8)
        let codes = Parser.parse(source).diagnostics.map(\.code)
        #expect(codes.contains("bad-character"), "\(source)")
      }
    }
  }

  @Test func `long and deep inputs are read in time`() {
    let clock = ContinuousClock()
    let time = clock.measure {
      expectQuiet(Array(repeating: UInt8(ascii: "("), count: 1_000_000))
      expectQuiet(Array(("t | filter " + String(repeating: "[", count: 1_000_000)).utf8))
      expectQuiet([UInt8](repeating: UInt8(ascii: "a"), count: 10_000_000))
      expectQuiet([UInt8(ascii: "\"")] + [UInt8](repeating: UInt8(ascii: "\\"), count: 1_000_000))
      expectQuiet([UInt8](repeating: UInt8(ascii: ";"), count: 1_000_000))
      expectQuiet([UInt8](repeating: 0xFF, count: 1_000_000))
      expectQuiet(Array(String(repeating: "/*", count: 100_000).utf8))
      expectQuiet(Array(String(repeating: "\"\"\" ", count: 100_000).utf8))
      expectQuiet(Array(String(repeating: "f(\n", count: 20_000).utf8))
      expectQuiet(Array(String(repeating: "( ) ] \n", count: 20_000).utf8))
    }
    #expect(time < .seconds(60))
  }

  private func expectQuiet(_ bytes: [UInt8]) {
    let result = Parser.parse(bytes)
    #expect(result.diagnostics.count <= Report.most)
  }
}
