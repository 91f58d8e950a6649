/// Runs a pattern over texts; holds the working memory, so make one and use it for many texts.
struct PatternMatcher {
  private let pattern: Pattern
  private var current: Threads
  private var following: Threads
  /// What is being tried, per group the begin and the end, -1 for none.
  private var captures: [Int]
  private var stack: [Pending] = []
  private let wantsCaptures: Bool

  private enum Pending {
    case visit(Int)
    case restore(slot: Int, Int)
  }

  /// Places of the program in the order in which they were reached, each once.
  private struct Threads {
    var order: [Int] = []
    private var isIn: [Bool]
    var captures: [Int] = []

    init(_ count: Int) { isIn = Array(repeating: false, count: count) }

    mutating func insert(_ place: Int) -> Bool {
      if isIn[place] { return false }
      isIn[place] = true
      visited.append(place)
      return true
    }

    private var visited: [Int] = []

    mutating func removeAll() {
      for place in visited { isIn[place] = false }
      visited.removeAll(keepingCapacity: true)
      order.removeAll(keepingCapacity: true)
      captures.removeAll(keepingCapacity: true)
    }
  }

  init(_ pattern: Pattern, captures wantsCaptures: Bool) {
    self.pattern = pattern
    self.wantsCaptures = wantsCaptures
    current = Threads(pattern.program.count)
    following = Threads(pattern.program.count)
    captures = wantsCaptures ? Array(repeating: -1, count: 2 * (pattern.groupCount + 1)) : []
  }

  /// Whether the pattern matches anywhere.
  mutating func matches(_ text: Bytes) -> Bool { search(text, from: 0) != nil }

  /// The first match at or after a place: begin and end per group, -1 for groups that took no
  /// part. Empty when no captures were asked for. Nil without a match.
  mutating func search(_ text: Bytes, from start: Int) -> [Int]? {
    current.removeAll()
    following.removeAll()
    var found: [Int]?
    var at = start
    while true {
      if current.order.isEmpty {
        if found != nil { return found }
        if let first = pattern.firstBytes {
          while at < text.count, !first[Int(text[at])] { at += 1 }
          if at >= text.count { return nil }
        }
      }
      if found == nil {
        for slot in captures.indices { captures[slot] = -1 }
        add(0, at, text, toCurrent: true)
      }
      let (scalar, length) = PatternMatcher.scalar(text, at)
      if step(scalar, at, at + length, text, &found), !wantsCaptures { return [] }
      swap(&current, &following)
      following.removeAll()
      if at >= text.count { return found }
      at += length
    }
  }

  /// Moves all threads over one scalar; true when one of them had matched before it.
  private mutating func step(
    _ scalar: UInt32?, _ at: Int, _ after: Int, _ text: Bytes, _ found: inout [Int]?
  ) -> Bool {
    let width = captures.count
    for number in 0..<current.order.count {
      let place = current.order[number]
      switch pattern.program[place] {
      case .match:
        found = Array(current.captures[number * width..<(number + 1) * width])
        // Threads that come later are less preferred.
        return true
      case .set(let set):
        guard let scalar, pattern.sets[set].contains(scalar) else { continue }
        for slot in 0..<width { captures[slot] = current.captures[number * width + slot] }
        add(place + 1, after, text, toCurrent: false)
      default: continue
      }
    }
    return false
  }

  /// Adds a place and all that can be reached from it without consuming anything.
  private mutating func add(_ place: Int, _ at: Int, _ text: Bytes, toCurrent: Bool) {
    stack.removeAll(keepingCapacity: true)
    stack.append(.visit(place))
    while let pending = stack.popLast() {
      switch pending {
      case .restore(let slot, let value): captures[slot] = value
      case .visit(let place):
        guard toCurrent ? current.insert(place) : following.insert(place) else { continue }
        switch pattern.program[place] {
        case .jump(let next): stack.append(.visit(next))
        case .split(let first, let second):
          stack.append(.visit(second))
          stack.append(.visit(first))
        case .save(let slot):
          if wantsCaptures {
            stack.append(.restore(slot: slot, captures[slot]))
            captures[slot] = at
          }
          stack.append(.visit(place + 1))
        case .assertion(let assertion):
          if PatternMatcher.holds(assertion, at, text) { stack.append(.visit(place + 1)) }
        case .set, .match:
          if toCurrent {
            current.order.append(place)
            current.captures.append(contentsOf: captures)
          } else {
            following.order.append(place)
            following.captures.append(contentsOf: captures)
          }
        }
      }
    }
  }

  private static func holds(_ assertion: PatternAssertion, _ at: Int, _ text: Bytes) -> Bool {
    switch assertion {
    case .textStart: at == 0
    case .textEnd: at == text.count
    case .lineStart: at == 0 || text[at - 1] == 0x0A
    case .lineEnd: at == text.count || text[at] == 0x0A
    case .wordBoundary: isWordBoundary(at, text)
    case .noWordBoundary: !isWordBoundary(at, text)
    }
  }

  private static func isWordBoundary(_ at: Int, _ text: Bytes) -> Bool {
    var before = false
    if at > 0 {
      var start = at - 1
      while start > 0, at - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
      before = scalar(text, start).0.map(ScalarSet.isWord) ?? false
    }
    return before != (scalar(text, at).0.map(ScalarSet.isWord) ?? false)
  }

  /// The scalar at a place and its length; nil at the end. A byte that is no UTF-8 is U+FFFD.
  @inline(__always)
  static func scalar(_ text: Bytes, _ at: Int) -> (UInt32?, Int) {
    guard at < text.count else { return (nil, 0) }
    let first = UInt32(text[at])
    if first < 0x80 { return (first, 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0
    guard length > 0, at + length <= text.count else { return (0xFFFD, 1) }
    var value = first & (0xFF >> UInt32(length + 1))
    for next in at + 1..<at + length {
      guard text[next] & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      value = value << 6 | UInt32(text[next] & 0x3F)
    }
    return (value, length)
  }
}
