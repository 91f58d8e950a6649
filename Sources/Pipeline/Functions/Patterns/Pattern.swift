/// A regular expression that is matched in time proportional to the text, whatever it says: all
/// ways to match are followed at once (Thompson 1968; captures after Pike), none is tried again.
package struct Pattern: Sendable {
  enum Instruction: Sendable {
    case set(Int)
    /// The first place is preferred.
    case split(Int, Int)
    case jump(Int)
    case save(Int)
    case assertion(PatternAssertion)
    case match
  }

  private(set) var program: [Instruction] = []
  private(set) var sets: [ScalarSet] = []
  /// Bytes that a match can begin with; nil when it can be empty.
  private(set) var firstBytes: [Bool]?
  /// How many groups are remembered, the whole match not counted.
  package let groupCount: Int

  static let longestProgram = 10_000

  /// Throws `PatternError`.
  init(_ text: String) throws(PatternError) {
    var parser = PatternParser(text)
    let node = try parser.parse()
    groupCount = parser.groupCount
    try emit(.capture(0, node))
    program.append(.match)
    firstBytes = findFirstBytes()
  }

  private mutating func emit(_ node: PatternNode) throws(PatternError) {
    guard program.count < Pattern.longestProgram else {
      throw PatternError(message: "the pattern repeats too much: it has more than 10,000 steps")
    }
    switch node {
    case .empty: break
    case .set(let set):
      sets.append(set)
      program.append(.set(sets.count - 1))
    case .assertion(let assertion): program.append(.assertion(assertion))
    case .sequence(let all): for one in all { try emit(one) }
    case .capture(let number, let inner):
      program.append(.save(2 * number))
      try emit(inner)
      program.append(.save(2 * number + 1))
    case .alternatives(let all):
      var ends: [Int] = []
      for (number, one) in all.enumerated() {
        guard number < all.count - 1 else {
          try emit(one)
          break
        }
        let split = reserve()
        try emit(one)
        ends.append(reserve())
        program[split] = .split(split + 1, program.count)
      }
      for end in ends { program[end] = .jump(program.count) }
    case .repetition(let inner, let least, let most, let isLazy):
      for _ in 0..<(most == nil ? max(0, least - 1) : least) { try emit(inner) }
      if let most {
        var splits: [Int] = []
        for _ in least..<max(least, most) {
          splits.append(reserve())
          try emit(inner)
        }
        for split in splits { setSplit(split, split + 1, program.count, isLazy) }
      } else {
        // The way back comes after the inside: an inside that prefers to be empty ends the loop.
        let entry = least == 0 ? reserve() : nil
        let start = program.count
        try emit(inner)
        let split = reserve()
        setSplit(split, start, program.count, isLazy)
        if let entry { setSplit(entry, start, program.count, isLazy) }
      }
    }
  }

  private mutating func reserve() -> Int {
    program.append(.match)
    return program.count - 1
  }

  private mutating func setSplit(_ at: Int, _ more: Int, _ done: Int, _ isLazy: Bool) {
    program[at] = isLazy ? .split(done, more) : .split(more, done)
  }

  /// Follows everything that consumes nothing from the beginning.
  private func findFirstBytes() -> [Bool]? {
    var bytes = [Bool](repeating: false, count: 256)
    var seen = [Bool](repeating: false, count: program.count)
    var open = [0]
    while let at = open.popLast() {
      if seen[at] { continue }
      seen[at] = true
      switch program[at] {
      case .match: return nil
      case .split(let a, let b): open += [a, b]
      case .jump(let next): open.append(next)
      case .save, .assertion: open.append(at + 1)
      case .set(let number):
        for value in 0..<128 where sets[number].contains(UInt32(value)) { bytes[value] = true }
        // Scalars beyond ASCII are not told apart here.
        for value in 128..<256 { bytes[value] = true }
      }
    }
    return bytes
  }
}
