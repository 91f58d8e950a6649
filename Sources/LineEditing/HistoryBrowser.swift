/// Walking through history with Up and Down: entries that begin as the line did.
///
/// The walk goes on as long as the line is what the walk has put there.
struct HistoryBrowser {
  private struct Walk {
    var prefix: [UInt8]
    /// What had been typed; the place after the newest entry.
    var draft: String
    var index: Int
    var shown: String
  }

  private var walk: Walk?

  mutating func reset() { walk = nil }

  /// The next older entry that begins with what stands before the cursor.
  mutating func older(in entries: [String], text: String, beforeCursor: String) -> String? {
    var now = current(text: text, beforeCursor: beforeCursor, count: entries.count)
    var index = min(now.index, entries.count)
    while index > 0 {
      index -= 1
      if matches(entries[index], now) {
        now.index = index
        now.shown = entries[index]
        walk = now
        return now.shown
      }
    }
    return nil
  }

  /// The next newer one, and at last what had been typed.
  mutating func newer(in entries: [String], text: String) -> String? {
    guard var now = walk, now.shown == text else { return nil }
    var index = now.index + 1
    while index < entries.count {
      if matches(entries[index], now) {
        now.index = index
        now.shown = entries[index]
        walk = now
        return now.shown
      }
      index += 1
    }
    walk = nil
    return now.draft
  }

  private func current(text: String, beforeCursor: String, count: Int) -> Walk {
    if let walk, walk.shown == text { return walk }
    return Walk(prefix: Array(beforeCursor.utf8), draft: text, index: count, shown: text)
  }

  private func matches(_ entry: String, _ walk: Walk) -> Bool {
    entry != walk.shown && entry.utf8.starts(with: walk.prefix)
  }
}

/// Looking for an entry that contains some text.
enum HistorySearch {
  /// The nearest entry at or before an index (at or after it, if forward) that contains the text.
  /// Capital letters matter only where the text has some.
  static func find(
    _ text: String, in entries: [String], from start: Int, forward: Bool
  ) -> Int? {
    let wanted = Array(text.utf8)
    let folds = !wanted.contains { isCapital($0) }
    var index = start
    while entries.indices.contains(index) {
      if contains(entries[index], wanted, folds) { return index }
      index += forward ? 1 : -1
    }
    return nil
  }

  private static func contains(_ entry: String, _ wanted: [UInt8], _ folds: Bool) -> Bool {
    guard let first = wanted.first else { return true }
    var entry = entry
    return entry.withUTF8 { bytes in
      var start = 0
      while start + wanted.count <= bytes.count {
        if folded(bytes[start], folds) == first
          && wanted.indices.allSatisfy({ folded(bytes[start + $0], folds) == wanted[$0] })
        {
          return true
        }
        start += 1
      }
      return false
    }
  }

  private static func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }

  private static func folded(_ byte: UInt8, _ folds: Bool) -> UInt8 {
    folds && isCapital(byte) ? byte | 0x20 : byte
  }
}
