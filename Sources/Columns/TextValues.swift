/// Many pieces of UTF-8 text in one buffer. Immutable, shared by all columns made from it.
package final class TextHeap: Sendable {
  package let bytes: [UInt8]
  /// `count + 1` offsets into `bytes`.
  package let offsets: [Int]
  /// True when no two pieces are equal.
  package let isDistinct: Bool

  package init(bytes: [UInt8], offsets: [Int], isDistinct: Bool) {
    assert(!offsets.isEmpty && offsets.last == bytes.count)
    self.bytes = bytes
    self.offsets = offsets
    self.isDistinct = isDistinct
  }

  package convenience init(_ pieces: [String], isDistinct: Bool = false) {
    var bytes: [UInt8] = []
    var offsets = [0]
    offsets.reserveCapacity(pieces.count + 1)
    for piece in pieces {
      bytes.append(contentsOf: piece.utf8)
      offsets.append(bytes.count)
    }
    self.init(bytes: bytes, offsets: offsets, isDistinct: isDistinct)
  }

  package var count: Int { offsets.count - 1 }

  package subscript(piece: Int) -> String {
    String(decoding: bytes[offsets[piece]..<offsets[piece + 1]], as: UTF8.self)
  }
}

/// A column of text: a heap, and which piece of it each row is.
package struct TextValues: Sendable {
  package enum Rows: Sendable {
    /// Row `i` is piece `start + i`.
    case pieces(start: Int, count: Int)
    /// Row `i` is piece `codes[i]`. Codes of null rows are in range but mean nothing.
    case codes(ArraySlice<UInt32>)
  }

  package var heap: TextHeap
  package var rows: Rows
  /// As long as the rows; nil when no value is null.
  package var valid: ArraySlice<Bool>?

  package init(heap: TextHeap, rows: Rows, valid: ArraySlice<Bool>? = nil) {
    self.heap = heap
    self.rows = rows
    self.valid = valid
    assert(valid == nil || valid?.count == count)
  }

  package init(_ texts: [String?]) {
    let hasNulls = texts.contains { $0 == nil }
    self.init(
      heap: TextHeap(texts.map { $0 ?? "" }), rows: .pieces(start: 0, count: texts.count),
      valid: hasNulls ? texts.map { $0 != nil }[...] : nil)
  }

  package var count: Int {
    switch rows {
    case .pieces(_, let count): count
    case .codes(let codes): codes.count
    }
  }

  /// The piece that a 0-based row is.
  package func piece(_ row: Int) -> Int {
    switch rows {
    case .pieces(let start, _): start + row
    case .codes(let codes): Int(codes[codes.startIndex + row])
    }
  }

  package func isValid(_ row: Int) -> Bool {
    guard let valid else { return true }
    return valid[valid.startIndex + row]
  }

  /// The text at a 0-based row, nil for null. For single cells; loops use the heap.
  package subscript(row: Int) -> String? { isValid(row) ? heap[piece(row)] : nil }

  package func slice(_ range: Range<Int>) -> TextValues {
    let valid = valid.map {
      $0[$0.startIndex + range.lowerBound..<$0.startIndex + range.upperBound]
    }
    switch rows {
    case .pieces(let start, _):
      return TextValues(
        heap: heap, rows: .pieces(start: start + range.lowerBound, count: range.count),
        valid: valid)
    case .codes(let codes):
      let from = codes.startIndex
      return TextValues(
        heap: heap, rows: .codes(codes[from + range.lowerBound..<from + range.upperBound]),
        valid: valid)
    }
  }

  package var nullCount: Int { valid?.lazy.filter { !$0 }.count ?? 0 }
}

extension TextValues: Equatable {
  package static func == (a: TextValues, b: TextValues) -> Bool {
    a.count == b.count && (0..<a.count).allSatisfy { a[$0] == b[$0] }
  }
}
