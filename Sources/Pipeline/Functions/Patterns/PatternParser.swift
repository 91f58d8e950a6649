/// What a pattern says.
indirect enum PatternNode {
  case empty
  case set(ScalarSet)
  case assertion(PatternAssertion)
  case sequence([PatternNode])
  case alternatives([PatternNode])
  /// A group that is remembered, by its number from 1.
  case capture(Int, PatternNode)
  case repetition(PatternNode, least: Int, most: Int?, isLazy: Bool)
}

enum PatternAssertion: Sendable {
  case textStart
  case textEnd
  case lineStart
  case lineEnd
  case wordBoundary
  case noWordBoundary
}

/// Why a pattern cannot be read; no full stop.
struct PatternError: Error, Hashable {
  var message: String
}

/// Reads the usual syntax of regular expressions.
struct PatternParser {
  private let scalars: [Unicode.Scalar]
  private var at = 0
  private var depth = 0
  private var ignoresCase = false
  private var dotTakesNewline = false
  private var anchorsAreLines = false
  private(set) var groupCount = 0

  static let mostRepeats = 1_000

  init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

  mutating func parse() throws(PatternError) -> PatternNode {
    guard scalars.count <= 10_000 else {
      throw PatternError(message: "a pattern has at most 10,000 characters")
    }
    let node = try alternatives()
    if at < scalars.count { throw PatternError(message: "`)` without `(`") }
    return node
  }

  private var next: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }

  private mutating func skip(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard scalars[at...].starts(with: wanted) else { return false }
    at += wanted.count
    return true
  }

  private mutating func alternatives() throws(PatternError) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 100 else {
      throw PatternError(message: "groups may be nested 100 levels deep")
    }
    var all = [try sequence()]
    while skip("|") { all.append(try sequence()) }
    return all.count == 1 ? all[0] : .alternatives(all)
  }

  private mutating func sequence() throws(PatternError) -> PatternNode {
    var all: [PatternNode] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      if let node = try atom() { all.append(try repeated(node)) }
    }
    return all.count == 1 ? all[0] : .sequence(all)
  }

  private mutating func repeated(_ atom: PatternNode) throws(PatternError) -> PatternNode {
    var node = atom
    var isRepeated = false
    while let bounds = try bounds() {
      if isRepeated { throw PatternError(message: "a repetition is repeated: write (…) around it") }
      if case .assertion = node { throw PatternError(message: "nothing to repeat") }
      isRepeated = true
      let isLazy = skip("?")
      if !isLazy, skip("+") {
        throw PatternError(message: "possessive repetition is not offered")
      }
      node = .repetition(node, least: bounds.least, most: bounds.most, isLazy: isLazy)
    }
    return node
  }

  private mutating func bounds() throws(PatternError) -> (least: Int, most: Int?)? {
    if skip("*") { return (0, nil) }
    if skip("+") { return (1, nil) }
    if skip("?") { return (0, 1) }
    guard next == "{" else { return nil }
    let start = at
    at += 1
    let least = digits()
    var most = least
    if skip(",") { most = digits() }
    guard skip("}"), let least else {
      // A brace that counts nothing is a brace.
      at = start
      return nil
    }
    let isOpen = scalars[at - 2] == ","
    if let most, most < least { throw PatternError(message: "{\(least),\(most)} counts down") }
    guard max(least, most ?? 0) <= PatternParser.mostRepeats else {
      throw PatternError(message: "a repetition counts at most 1,000 times")
    }
    return (least, isOpen ? nil : most)
  }

  private mutating func digits() -> Int? {
    var value: Int?
    while let scalar = next, ("0"..."9").contains(scalar) {
      value = min((value ?? 0) * 10 + Int(scalar.value - 0x30), 1_000_000)
      at += 1
    }
    return value
  }

  /// Nil for what stands for nothing, such as `(?i)`.
  private mutating func atom() throws(PatternError) -> PatternNode? {
    guard let scalar = next else { return .empty }
    switch scalar {
    case "(": return try group()
    case "[":
      at += 1
      return .set(try bracket())
    case ".":
      at += 1
      var set = ScalarSet()
      if !dotTakesNewline { set.insert(0x0A...0x0A) }
      set.isNegated = true
      return .set(set.finished())
    case "^":
      at += 1
      return .assertion(anchorsAreLines ? .lineStart : .textStart)
    case "$":
      at += 1
      return .assertion(anchorsAreLines ? .lineEnd : .textEnd)
    case "*", "+", "?": throw PatternError(message: "nothing to repeat before `\(scalar)`")
    case "\\": return try escape()
    default:
      // `{` where it counts nothing.
      if scalar == "{", try bounds() != nil { throw PatternError(message: "nothing to repeat") }
      at += 1
      return .set(single(scalar))
    }
  }

  private func single(_ scalar: Unicode.Scalar) -> ScalarSet {
    var set = ScalarSet(scalar)
    set.ignoresCase = ignoresCase
    return set.finished()
  }

  // MARK: Groups

  private mutating func group() throws(PatternError) -> PatternNode? {
    at += 1
    let before = (ignoresCase, dotTakesNewline, anchorsAreLines)
    var number: Int?
    if skip("?") {
      if skip("=") || skip("!") || skip("<=") || skip("<!") {
        throw PatternError(message: "looking ahead or behind is not offered")
      }
      if skip(">") { throw PatternError(message: "atomic groups are not offered") }
      if skip("P<") || skip("<") {
        try skipName()
        groupCount += 1
        number = groupCount
      } else if try flags() {
        // The flags hold up to the end of the group around.
        return nil
      }
    } else {
      groupCount += 1
      number = groupCount
    }
    let inner = try alternatives()
    guard skip(")") else { throw PatternError(message: "`(` without `)`") }
    (ignoresCase, dotTakesNewline, anchorsAreLines) = before
    return number.map { .capture($0, inner) } ?? inner
  }

  private mutating func skipName() throws(PatternError) {
    let start = at
    while let scalar = next, ScalarSet.isWord(scalar.value) { at += 1 }
    guard at > start, skip(">") else {
      throw PatternError(message: "a group is named (?<name>…)")
    }
  }

  /// `(?i)` gives true, `(?i:` gives false.
  private mutating func flags() throws(PatternError) -> Bool {
    var isOn = true
    while let scalar = next {
      at += 1
      switch scalar {
      case "i": ignoresCase = isOn
      case "s": dotTakesNewline = isOn
      case "m": anchorsAreLines = isOn
      case "-": isOn = false
      case ":": return false
      case ")": return true
      default: throw PatternError(message: "`(?\(scalar)` is not offered; flags are i, m and s")
      }
    }
    throw PatternError(message: "`(` without `)`")
  }

  // MARK: Escapes

  private mutating func escape() throws(PatternError) -> PatternNode {
    at += 1
    guard let scalar = next else { throw PatternError(message: "`\\` at the end") }
    switch scalar {
    case "b", "B":
      at += 1
      return .assertion(scalar == "b" ? .wordBoundary : .noWordBoundary)
    case "A":
      at += 1
      return .assertion(.textStart)
    case "z", "Z":
      at += 1
      return .assertion(.textEnd)
    default:
      var set = ScalarSet()
      set.ignoresCase = ignoresCase
      if try !classEscape(into: &set) {
        let value = try scalarEscape()
        set.insert(value...value)
      }
      return .set(set.finished())
    }
  }

  /// `\d`, `\w`, `\s`, `\p{L}` and their opposites, after the `\`.
  private mutating func classEscape(into set: inout ScalarSet) throws(PatternError) -> Bool {
    guard let scalar = next else { throw PatternError(message: "`\\` at the end") }
    switch scalar {
    case "d", "D": set.insert(.digit, negated: scalar == "D")
    case "w", "W": set.insert(.word, negated: scalar == "W")
    case "s", "S": set.insert(.space, negated: scalar == "S")
    case "p", "P":
      at += 1
      var name = ""
      if skip("{") {
        while let letter = next, letter != "}" {
          name.unicodeScalars.append(letter)
          at += 1
        }
      } else if let letter = next {
        name.unicodeScalars.append(letter)
      }
      guard ScalarSet.categories.contains(name) else {
        throw PatternError(message: "\\p{…} wants a category such as L, Lu, N, P or Sc")
      }
      set.insert(.category(name), negated: scalar == "P")
    default: return false
    }
    at += 1
    return true
  }

  /// The scalar that an escape stands for, after the `\`.
  private mutating func scalarEscape() throws(PatternError) -> UInt32 {
    guard let scalar = next else { throw PatternError(message: "`\\` at the end") }
    at += 1
    switch scalar {
    case "n": return 0x0A
    case "t": return 0x09
    case "r": return 0x0D
    case "f": return 0x0C
    case "v": return 0x0B
    case "a": return 0x07
    case "e": return 0x1B
    case "0": return 0
    case "x": return try hexadecimal(2)
    case "u": return try hexadecimal(4)
    case "1"..."9":
      throw PatternError(message: "`\\\(scalar)`, a reference to a group, is not offered")
    default:
      guard !ScalarSet.isWord(scalar.value) || scalar == "_" else {
        throw PatternError(message: "`\\\(scalar)` has no meaning")
      }
      return scalar.value
    }
  }

  private mutating func hexadecimal(_ count: Int) throws(PatternError) -> UInt32 {
    let isBraced = skip("{")
    var value: UInt32 = 0
    var read = 0
    while read < (isBraced ? 6 : count), let scalar = next,
      let digit = Int(String(scalar), radix: 16)
    {
      value = value * 16 + UInt32(digit)
      read += 1
      at += 1
    }
    guard read > 0, isBraced ? skip("}") : read == count, Unicode.Scalar(value) != nil else {
      throw PatternError(message: "a character by its number is \\x41, \\u0041 or \\u{1F600}")
    }
    return value
  }

  // MARK: Brackets

  private mutating func bracket() throws(PatternError) -> ScalarSet {
    var set = ScalarSet()
    set.ignoresCase = ignoresCase
    set.isNegated = skip("^")
    var isFirst = true
    while let scalar = next {
      if scalar == "]", !isFirst {
        at += 1
        return set.finished()
      }
      isFirst = false
      if skip("[:") {
        try posix(into: &set)
        continue
      }
      guard let low = try bracketScalar(into: &set) else { continue }
      // `a-z`, but not the `-` of `a-]`.
      if next == "-", at + 1 < scalars.count, scalars[at + 1] != "]" {
        at += 1
        guard let high = try bracketScalar(into: &set), high >= low else {
          throw PatternError(message: "a range in [ ] goes from low to high")
        }
        set.insert(low...high)
      } else {
        set.insert(low...low)
      }
    }
    throw PatternError(message: "`[` without `]`")
  }

  /// Nil when it was a class, which is inserted.
  private mutating func bracketScalar(into set: inout ScalarSet) throws(PatternError) -> UInt32? {
    guard let scalar = next else { throw PatternError(message: "`[` without `]`") }
    at += 1
    guard scalar == "\\" else { return scalar.value }
    if next == "b" {
      at += 1
      return 0x08
    }
    return try classEscape(into: &set) ? nil : try scalarEscape()
  }

  private mutating func posix(into set: inout ScalarSet) throws(PatternError) {
    var name = ""
    while let scalar = next, scalar != ":" {
      name.unicodeScalars.append(scalar)
      at += 1
    }
    guard skip(":]"), let ranges = PatternParser.posixClasses[name] else {
      throw PatternError(message: "`[:\(name.prefix(20)):]` is not a class")
    }
    for range in ranges { set.insert(range) }
  }

  private static let posixClasses: [String: [ClosedRange<UInt32>]] = [
    "alpha": [0x41...0x5A, 0x61...0x7A], "digit": [0x30...0x39],
    "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A], "upper": [0x41...0x5A],
    "lower": [0x61...0x7A], "space": [0x09...0x0D, 0x20...0x20],
    "blank": [0x09...0x09, 0x20...0x20],
    "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E],
    "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
    "word": [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A],
  ]
}
