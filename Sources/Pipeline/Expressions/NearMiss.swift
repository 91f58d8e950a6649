/// Offers the name that was probably meant.
package enum NearMiss {
  /// The candidate nearest to a word, when one is near enough: the same but for case, or within a
  /// third of its length.
  package static func best(_ word: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(word.lowercased().unicodeScalars)
    guard wanted.count <= 100 else { return nil }
    var best: (distance: Int, name: String)?
    let limit = max(1, (wanted.count + 1) / 3)
    for candidate in candidates where candidate.utf8.count <= 200 {
      let letters = Array(candidate.lowercased().unicodeScalars)
      guard abs(letters.count - wanted.count) <= limit else { continue }
      let distance = distance(wanted, letters)
      if distance <= limit, distance < best?.distance ?? Int.max, distance < letters.count {
        best = (distance, candidate)
      }
    }
    return best?.name
  }

  /// Insertions, deletions, replacements and exchanges of neighbours that turn one into the other.
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var cost = min(last[j + 1], row[j]) + 1
        cost = min(cost, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, before[j - 1] + 1)
        }
        row.append(cost)
      }
      before = last
      last = row
    }
    return last[b.count]
  }
}
