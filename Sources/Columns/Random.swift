/// SplitMix64 (Steele, Lea, Flood 2014): one 64-bit state, the same numbers on every machine.
/// A statement's stream starts from its seed, so inserting a statement elsewhere moves no number.
package struct RandomStream: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  /// A stream of its own for a numbered part (a tree, a fold, a restart).
  package init(seed: UInt64, part: UInt64) { state = mixed(seed &+ mixed(part)) }

  @inlinable
  package mutating func next() -> UInt64 {
    advance()
  }

  @usableFromInline
  package mutating func advance() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return mixed(state)
  }

  /// Uniform in [0, 1) with 53 random bits.
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }
}

/// The finaliser of SplitMix64: a bijection that flips about half of the bits for any change.
@inlinable
package func mixed(_ value: UInt64) -> UInt64 {
  var z = value
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}
