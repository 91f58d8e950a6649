/// What may stand in place of a range of the line.
package struct Completions: Hashable, Sendable {
  package struct Candidate: Hashable, Sendable {
    /// What is inserted.
    package var text: String
    /// What it is, in a word or two; shown beside it.
    package var note: String

    package init(_ text: String, note: String = "") {
      self.text = text
      self.note = note
    }
  }

  /// Bytes of the text that a candidate takes the place of.
  package var replace: Range<Int>
  package var candidates: [Candidate]

  package init(replace: Range<Int>, candidates: [Candidate]) {
    self.replace = replace
    self.candidates = candidates
  }

  package static let none = Completions(replace: 0..<0, candidates: [])

  /// The longest beginning that all candidates share.
  package var commonPrefix: String {
    guard let first = candidates.first else { return "" }
    var shared = Array(first.text.unicodeScalars)
    for candidate in candidates.dropFirst() {
      let same = zip(shared, candidate.text.unicodeScalars).prefix { $0 == $1 }.count
      shared.removeSubrange(same...)
    }
    return String(scalars: shared)
  }
}
