/// What was probably meant by a word that nobody knows.
package enum Suggestion {
  /// The candidate nearest to what was typed, or nil if none is near.
  ///
  /// Equal but for case comes first. Otherwise a third of the typed characters (at least one) may be
  /// inserted, left out, replaced or swapped with their neighbour. Of equally near candidates the one
  /// that shares the longer beginning wins, then the one that stands first.
  package static func nearest<Candidates: Sequence>(
    to typed: String, in candidates: Candidates
  ) -> String? where Candidates.Element == String {
    let word = Array(typed.lowercased())
    guard !word.isEmpty, word.count <= longest else { return nil }
    let limit = max(1, word.count / 3)
    var best: (candidate: String, distance: Int, shared: Int)?
    for candidate in candidates {
      let other = Array(candidate.lowercased())
      if other == word { return candidate }
      guard abs(other.count - word.count) <= limit else { continue }
      let distance = distance(word, other)
      guard distance <= limit, distance < max(word.count, other.count) else { continue }
      let shared = zip(word, other).prefix { $0 == $1 }.count
      if let known = best, (known.distance, -known.shared) <= (distance, -shared) { continue }
      best = (candidate, distance, shared)
    }
    return best?.candidate
  }

  private static let longest = 200

  /// Damerau-Levenshtein distance in the form where no part is edited twice.
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var twoAgo = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    var current = previous
    for i in 1...a.count {
      current[0] = i
      for j in 1...b.count {
        let change = a[i - 1] == b[j - 1] ? 0 : 1
        var cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + change)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          cost = min(cost, twoAgo[j - 2] + 1)
        }
        current[j] = cost
      }
      (twoAgo, previous, current) = (previous, current, twoAgo)
    }
    return previous[b.count]
  }
}
