import Foundation
import Testing
import Text

@testable import Syntax

/// Changes right and wrong scripts at random, always the same way, and looks whether reading them
/// stays sound.
struct MutationTests {
  /// How many inputs, and which: the environment may ask for more and for others.
  static let count = number("BIGHT_MUTATIONS") ?? 100_000
  static let seed = number("BIGHT_SEED") ?? 0

  private static func number(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  @Test(arguments: 0..<4) func `changed scripts are read soundly`(_ part: Int) {
    let seeds = Self.seeds()
    #expect(seeds.count > 100)
    var random = SplitMix(state: UInt64(Self.seed * 4 + part + 1) << 32)
    var parsedWell = 0
    for round in 0..<(Self.count / 4) {
      let bytes = Self.changed(seeds, &random)
      let cursor = random.below(bytes.count + 1)
      if let problem = soundnessProblem(bytes, cursor: cursor) {
        Issue.record("part \(part), round \(round): \(problem)\n\(bytes)")
        return
      }
      if Parser.parse(bytes).diagnostics.isEmpty { parsedWell += 1 }
    }
    // Otherwise the formatter would hardly be tried.
    #expect(parsedWell > Self.count / 4 / 50, "\(parsedWell)")
  }

  struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
  }

  /// Short lines of the corpus.
  private static func seeds() -> [[UInt8]] {
    var seeds: [[UInt8]] = []
    for folder in ["valid", "broken"] {
      for (_, text) in CorpusTests.files(in: folder).sorted(by: { $0.key < $1.key }) {
        let lines = text.split(separator: "\n").map { Array($0.utf8) }
        seeds += lines.filter { $0.count < 70 }
        for (a, b) in zip(lines, lines.dropFirst()) where a.count + b.count < 50 {
          seeds.append(a + [10] + b)
        }
      }
    }
    return seeds
  }

  private static let pieces: [[UInt8]] = [
    " | ", "|", "\n", "\n\n", "\n| ", ", ", " by ", " on ", "(", ")", "[", "]", " = ", "==", ": ",
    " ~ ", "..", ".", " and ", " or ", "not ", " in ", " is null", " mod ", "-", "+", "*", "^", "5",
    "2.5", "20%", "3mo", "@2024-03-31", "\"a\"", "'", "`x y`", "$v", "# c\n", "#> o\n", " # t\n",
    "x",
    "head 3", "f(a)", "%", "!", "\\", "\r\n", "é", "null", "\u{FEFF}", "\t", "~ .", "a: ", "b = ",
  ].map { Array($0.utf8) }

  private static func changed(_ seeds: [[UInt8]], _ random: inout SplitMix) -> [UInt8] {
    var bytes = seeds[random.below(seeds.count)]
    for _ in 0..<(1 + random.below(3)) {
      let place = random.below(bytes.count + 1)
      switch random.below(7) {
      case 0: bytes.insert(contentsOf: pieces[random.below(pieces.count)], at: place)
      case 1: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
      case 2:
        let end = min(bytes.count, place + 1 + random.below(6))
        bytes.removeSubrange(place..<end)
      case 3: bytes.removeSubrange(place...)
      case 4:
        let other = seeds[random.below(seeds.count)]
        let from = random.below(other.count + 1)
        bytes.replaceSubrange(place..., with: other[from..<min(other.count, from + 40)])
      case 5:
        let end = min(bytes.count, place + random.below(8))
        let copy = Array(bytes[place..<end])
        bytes.insert(contentsOf: copy, at: place)
      default:
        let piece = pieces[random.below(pieces.count)]
        let end = min(bytes.count, place + random.below(4))
        bytes.replaceSubrange(place..<end, with: piece)
      }
    }
    return bytes
  }
}
