import CByteScan
import Columns

/// A source as UTF-8 text, whatever encoding it came in.
struct TextSource: Sendable {
  let path: String
  private(set) var store: ByteStore
  /// Where the text begins, after a byte order mark.
  private(set) var start = 0
  /// The hash of the bytes as they came, if that is not the hash of `store`.
  private(set) var fingerprint: UInt64?
  private(set) var notes: [ReadNote] = []
  /// The text is known to be well-formed.
  private(set) var isChecked = false

  init(_ input: Input, encoding: String?, workers: Workers) throws {
    path = input.path
    store = input.store
    fingerprint = input.fingerprint
    let head = try input.head(4096)
    let mark = Array(head.prefix(3))
    switch encoding {
    case "utf-8": start = mark == [0xEF, 0xBB, 0xBF] ? 3 : 0
    case "windows-1252", "latin-1": try recode(workers) { try Unicode.fromWindows1252($0) }
    case "utf-16": try recodeUTF16(TextSource.order(of: head) ?? false, head, workers)
    default:
      if mark == [0xEF, 0xBB, 0xBF] {
        start = 3
      } else if let isBigEndian = TextSource.order(of: head) {
        try recodeUTF16(isBigEndian, head, workers)
        notes.append(
          ReadNote(
            "encoding", "the text is UTF-16 (\(isBigEndian ? "big" : "little")-endian); converted"))
      }
    }
  }

  /// Whether UTF-16 is big-endian; nil when the bytes are not UTF-16.
  private static func order(of head: [UInt8]) -> Bool? {
    if head.starts(with: [0xFF, 0xFE]) { return false }
    if head.starts(with: [0xFE, 0xFF]) { return true }
    // Most of what tables are written in has a zero in every other byte.
    guard head.count >= 4 else { return nil }
    let pairs = head.count / 2
    let firsts = (0..<pairs).lazy.filter { head[2 * $0] == 0 }.count
    let seconds = (0..<pairs).lazy.filter { head[2 * $0 + 1] == 0 }.count
    if firsts * 10 > pairs * 6 && seconds * 10 < pairs { return true }
    if seconds * 10 > pairs * 6 && firsts * 10 < pairs { return false }
    return nil
  }

  private mutating func recode(
    _ workers: Workers, _ convert: (ByteStore) throws -> HeldBytes
  ) throws {
    fingerprint = try fingerprint ?? Fingerprint.of(store, workers: workers)
    let converted = try convert(store)
    try store.checkUnchanged()
    store = ByteStore(converted)
    start = 0
    isChecked = true
  }

  private mutating func recodeUTF16(
    _ isBigEndian: Bool, _ head: [UInt8], _ workers: Workers
  ) throws {
    let hasMark = head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
    let path = path
    try recode(workers) { store in
      guard
        let text = try Unicode.fromUTF16(store, from: hasMark ? 2 : 0, isBigEndian: isBigEndian)
      else {
        throw DataError("encoding", "\(path) is cut or damaged: its UTF-16 is not well-formed")
      }
      return text
    }
  }

  /// Sees that the given pieces, which were found not to be ASCII, are UTF-8. If the text is
  /// plainly in an older encoding it is converted, and the answer is false: what was learnt about
  /// the bytes no longer holds.
  mutating func check(
    _ pieces: [Range<Int>], encoding: String?, workers: Workers
  ) throws -> Bool {
    guard !isChecked else { return true }
    isChecked = true
    let (store, start) = (store, start)
    let checks = try workers.map(pieces.count) { number in
      let piece = pieces[number].clamped(to: start..<store.count)
      let more = min(store.count, piece.upperBound + 3)
      return try store.withBytes(piece.lowerBound..<more) {
        Unicode.check(
          $0, piece.count, available: more - piece.lowerBound, isFirst: piece.lowerBound == start)
      }
    }
    var isBroken = false
    var (end, over) = (start, 0)
    for (piece, check) in zip(pieces, checks) {
      let piece = piece.clamped(to: start..<store.count)
      // A character that begins in one piece ends in the next, and nothing else does.
      let begun = piece.lowerBound == end ? over : 0
      isBroken = isBroken || check.broken > 0 || check.skipped != begun
      (end, over) = (piece.upperBound, check.over)
    }
    if !isBroken { return true }
    // What exactly is wrong must not depend on the pieces.
    let count = store.count - start
    let all = try store.withBytes(start..<store.count) {
      Unicode.check($0, count, available: count, isFirst: true)
    }
    let (broken, long) = (all.broken, all.long)
    let firstBroken = start + max(0, all.firstBroken)
    if encoding == "utf-8" || long > broken {
      throw DataError(
        "encoding",
        "line \(try lineNumber(at: firstBroken)) of \(path) holds a byte that is not UTF-8",
        help: "mend the file, or read every byte as a character with `encoding: \"windows-1252\"`",
        row: try lineNumber(at: firstBroken))
    }
    let line = try lineNumber(at: firstBroken)
    try recode(workers) { try Unicode.fromWindows1252($0) }
    notes.append(
      ReadNote(
        "encoding",
        "the text is not UTF-8 (first in line \(line)); read as Windows-1252, which includes Latin-1",
        count: broken, rows: [line]))
    return false
  }

  /// The line of the file, from 1, that an offset lies in.
  func lineNumber(at offset: Int, newline: UInt8 = Byte.newline) throws -> Int {
    var lines = 1
    for first in stride(from: start, to: offset, by: Fingerprint.block) {
      let range = first..<min(first + Fingerprint.block, offset)
      try store.withBytes(range) { bytes in
        for at in 0..<range.count where bytes[at] == newline { lines += 1 }
      }
    }
    return lines
  }
}
