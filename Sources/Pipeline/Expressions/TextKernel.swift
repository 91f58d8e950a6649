import Columns
import Glibc

/// A piece of text as bytes inside a heap or a constant.
typealias Bytes = UnsafeBufferPointer<UInt8>

/// Row-wise access to a text operand without making strings.
struct TextReader {
  private let bytes: Bytes
  private let offsets: UnsafeBufferPointer<Int>
  private let codes: UnsafeBufferPointer<UInt32>?
  private let start: Int
  private let isScalar: Bool

  @inline(__always)
  func bytes(_ row: Int) -> Bytes {
    let piece: Int
    if isScalar {
      piece = 0
    } else if let codes {
      piece = Int(codes[row])
    } else {
      piece = start + row
    }
    return Bytes(rebasing: bytes[offsets[piece]..<offsets[piece + 1]])
  }

  /// Readers of text operands, good for the length of the call. A null reads as empty text.
  static func with<R>(_ operands: [Operand], _ body: ([TextReader]) throws -> R) rethrows -> R {
    try collect(operands[...], [], body)
  }

  private static func collect<R>(
    _ rest: ArraySlice<Operand>, _ readers: [TextReader], _ body: ([TextReader]) throws -> R
  ) rethrows -> R {
    guard let first = rest.first else { return try body(readers) }
    let (values, isScalar) = values(first)
    return try values.heap.bytes.withUnsafeBufferPointer { bytes in
      try values.heap.offsets.withUnsafeBufferPointer { offsets in
        switch values.rows {
        case .pieces(let start, _):
          let reader = TextReader(
            bytes: bytes, offsets: offsets, codes: nil, start: start, isScalar: isScalar)
          return try collect(rest.dropFirst(), readers + [reader], body)
        case .codes(let codes):
          return try codes.withUnsafeBufferPointer { codes in
            let reader = TextReader(
              bytes: bytes, offsets: offsets, codes: codes, start: 0, isScalar: isScalar)
            return try collect(rest.dropFirst(), readers + [reader], body)
          }
        }
      }
    }
  }

  private static func values(_ operand: Operand) -> (TextValues, isScalar: Bool) {
    switch operand {
    case .column(.text(let values)), .column(.category(let values)): (values, false)
    case .scalar(.text(let text)): (TextValues([text]), true)
    default: (TextValues([""]), true)
    }
  }
}

@inline(__always)
func isEqual(_ a: Bytes, _ b: Bytes) -> Bool {
  guard a.count == b.count else { return false }
  guard let x = a.baseAddress, let y = b.baseAddress else { return true }
  return memcmp(x, y, a.count) == 0
}

/// By bytes, which is the order of Unicode scalars.
@inline(__always)
func byteOrder(_ a: Bytes, _ b: Bytes) -> Int {
  let shared = min(a.count, b.count)
  if shared > 0, let x = a.baseAddress, let y = b.baseAddress {
    let order = memcmp(x, y, shared)
    if order != 0 { return Int(order) }
  }
  return a.count - b.count
}

func text(_ bytes: Bytes) -> String { String(decoding: bytes, as: UTF8.self) }

/// Text answers, one row after the other.
struct TextBuilder {
  private var bytes: [UInt8] = []
  private var offsets = [0]
  private var valid: [Bool]?

  init(capacity: Int) { offsets.reserveCapacity(capacity + 1) }

  var count: Int { offsets.count - 1 }
  /// Of the piece that is being written.
  var pending: Int { bytes.count - offsets[offsets.count - 1] }

  mutating func write(_ piece: Bytes) { bytes.append(contentsOf: piece) }
  mutating func write(_ piece: Slice<Bytes>) { bytes.append(contentsOf: piece) }
  mutating func write(_ piece: String) { bytes.append(contentsOf: piece.utf8) }
  mutating func write(_ byte: UInt8) { bytes.append(byte) }

  mutating func endRow() {
    offsets.append(bytes.count)
    valid?.append(true)
  }

  mutating func endRowAsNull() {
    bytes.removeLast(pending)
    if valid == nil { valid = Array(repeating: true, count: count) }
    offsets.append(bytes.count)
    valid?.append(false)
  }

  /// Rows that were null on the way in are null here too.
  consuming func finish(valid also: ArraySlice<Bool>? = nil) -> TextValues {
    TextValues(
      heap: TextHeap(bytes: bytes, offsets: offsets, isDistinct: false),
      rows: .pieces(start: 0, count: offsets.count - 1),
      valid: Kernel.bothValid(valid?[...], also))
  }
}

extension Kernel {
  /// Text from text: `body` writes the answer of a row and returns false for null. It is called
  /// for rows without nulls only.
  static func buildText(
    _ texts: [Operand], valid: ArraySlice<Bool>?, _ context: EvaluationContext,
    _ body: ([TextReader], Int, inout TextBuilder) throws -> Bool
  ) rethrows -> Column {
    var builder = TextBuilder(capacity: context.count)
    try TextReader.with(texts) { readers in
      for row in 0..<context.count {
        let isValid = valid.map { $0[$0.startIndex + row] } ?? true
        if isValid, try !body(readers, row, &builder) {
          builder.endRowAsNull()
        } else {
          builder.endRow()
        }
      }
    }
    return .text(builder.finish(valid: valid))
  }

  /// Fixed-size answers from text: nil for null. `body` is called for rows without nulls only.
  static func fromText<R: Sendable>(
    _ texts: [Operand], valid: ArraySlice<Bool>?, _ context: EvaluationContext, filler: R,
    _ body: ([TextReader], Int) throws -> R?
  ) rethrows -> Values<R> {
    var out = [R](repeating: filler, count: context.count)
    var isValid = valid.map { Array($0) }
    try TextReader.with(texts) { readers in
      for row in 0..<context.count where isValid?[row] ?? true {
        if let answer = try body(readers, row) {
          out[row] = answer
        } else {
          if isValid == nil { isValid = Array(repeating: true, count: context.count) }
          isValid?[row] = false
        }
      }
    }
    return Values(out[...], valid: isValid?[...])
  }
}
