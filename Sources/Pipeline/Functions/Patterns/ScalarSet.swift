/// Which Unicode scalars one place of a pattern takes.
struct ScalarSet: Sendable {
  enum Kind: Sendable, Hashable {
    case word
    case digit
    case space
    /// A general category by its one or two letters: `L`, `Lu`, `N`.
    case category(String)
  }

  private var ranges: [ClosedRange<UInt32>] = []
  private var kinds: [(kind: Kind, negated: Bool)] = []
  var isNegated = false
  var ignoresCase = false
  /// Answers for ASCII, once `finish` has been called.
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init() {}

  init(_ scalar: Unicode.Scalar) { insert(scalar.value...scalar.value) }

  mutating func insert(_ range: ClosedRange<UInt32>) { ranges.append(range) }
  mutating func insert(_ kind: Kind, negated: Bool) { kinds.append((kind, negated)) }

  /// Computes the answers for ASCII; call it when all has been inserted.
  consuming func finished() -> ScalarSet {
    for value: UInt32 in 0..<128 where slowContains(value) {
      if value < 64 { low |= 1 << UInt64(value) } else { high |= 1 << UInt64(value - 64) }
    }
    return self
  }

  @inline(__always)
  func contains(_ value: UInt32) -> Bool {
    if value < 64 { return low >> UInt64(value) & 1 == 1 }
    if value < 128 { return high >> UInt64(value - 64) & 1 == 1 }
    return slowContains(value)
  }

  private func slowContains(_ value: UInt32) -> Bool {
    var isIn = holds(value)
    if ignoresCase, !isIn, let scalar = Unicode.Scalar(value) {
      isIn =
        holds(ScalarSet.single(scalar.properties.lowercaseMapping) ?? value)
        || holds(ScalarSet.single(scalar.properties.uppercaseMapping) ?? value)
    }
    return isIn != isNegated
  }

  private func holds(_ value: UInt32) -> Bool {
    if ranges.contains(where: { $0.contains(value) }) { return true }
    return kinds.contains { ScalarSet.holds($0.kind, value) != $0.negated }
  }

  private static func single(_ mapping: String) -> UInt32? {
    let scalars = mapping.unicodeScalars
    return scalars.count == 1 ? scalars.first?.value : nil
  }

  static func holds(_ kind: Kind, _ value: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(value) else { return false }
    switch kind {
    case .digit: return 0x30...0x39 ~= value
    case .space: return scalar.properties.isWhitespace
    case .word: return isWord(value)
    case .category(let letters):
      let name = shortName(scalar.properties.generalCategory)
      return name == letters || name.hasPrefix(letters)
    }
  }

  /// Letters and digits of all scripts, marks, and `_`.
  static func isWord(_ value: UInt32) -> Bool {
    if value < 128 {
      return 0x30...0x39 ~= value || 0x41...0x5A ~= value || 0x61...0x7A ~= value || value == 0x5F
    }
    guard let scalar = Unicode.Scalar(value) else { return false }
    return ["L", "M", "N"].contains(shortName(scalar.properties.generalCategory).prefix(1))
  }

  static let categories: Set<String> = [
    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc",
    "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C",
    "Cc", "Cf", "Cs", "Co", "Cn",
  ]

  private static func shortName(_ category: Unicode.GeneralCategory) -> String {
    switch category {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .control: "Cc"
    case .format: "Cf"
    case .surrogate: "Cs"
    case .privateUse: "Co"
    default: "Cn"
    }
  }
}
