/// Hashes of what rows hold, whatever form they are stored in.
package enum RowHash {
  /// A hash of each row's values in the columns, in their order: uniform, the same on every machine
  /// and for every way in which the rows are cut.
  ///
  /// Text hashes alike whether plain or a category, an int like the number of the same value, both
  /// zeros alike, every NaN alike, and null like null. Values of other different types differ.
  package static func hashes(
    _ columns: [Column], seed: UInt64, workers: Workers
  ) throws -> [UInt64] {
    let count = columns.first?.count ?? 0
    let start = mixed(seed &+ 0x9E37_79B9_7F4A_7C15)
    return try workers.filled(count) { range, out in
      for row in range { out[row] = start }
      for column in columns { combine(column, range, out) }
    }
  }

  private static let null: UInt64 = 0xD6E8_FEB8_6659_FD93

  /// Tags keep, say, a date apart from the int of its days.
  private enum Tag {
    static let bool: UInt64 = 0x1000_0000_0000_0001
    static let date: UInt64 = 0x2000_0000_0000_0003
    static let time: UInt64 = 0x3000_0000_0000_0005
    static let duration: UInt64 = 0x4000_0000_0000_0007
    static let number: UInt64 = 0x5000_0000_0000_0009
    static let text: UInt64 = 0x6000_0000_0000_000B
    static let vector: UInt64 = 0x7000_0000_0000_000D
  }

  private static func combine(_ column: Column, _ range: Range<Int>, _ out: Shared<UInt64>) {
    switch column {
    case .bool(let values): combine(values, range, out) { mixed(($0 ? 1 : 0) ^ Tag.bool) }
    case .int(let values): combine(values, range, out) { mixed(UInt64(bitPattern: $0)) }
    case .date(let values):
      combine(values, range, out) { mixed(UInt64(bitPattern: Int64($0)) ^ Tag.date) }
    case .time(let values): combine(values, range, out) { mixed(UInt64(bitPattern: $0) ^ Tag.time) }
    case .duration(let values):
      combine(values, range, out) { mixed(UInt64(bitPattern: $0) ^ Tag.duration) }
    case .number(let values): combine(values, range, out) { hash($0) }
    case .text(let values), .category(let values):
      values.withRows { view, rows in
        withFlags(values.valid) { valid in
          for row in range {
            let hash = valid?[row] ?? true ? view.hash(rows[row]) ^ Tag.text : null
            out[row] = mixed(out[row] &* 3 ^ hash)
          }
        }
      }
    case .vector(let values):
      values.elements.withUnsafeBufferPointer { elements in
        withFlags(values.valid) { valid in
          for row in range {
            var hash = null
            if valid?[row] ?? true {
              hash = Tag.vector
              for place in 0..<values.width {
                let element = elements[row * values.width + place]
                hash = mixed(hash &* 3 ^ Self.hash(Double(element)))
              }
            }
            out[row] = mixed(out[row] &* 3 ^ hash)
          }
        }
      }
    }
  }

  /// A whole number hashes like the int.
  @inline(__always)
  private static func hash(_ value: Double) -> UInt64 {
    if let int = Int64(exactly: value) { return mixed(UInt64(bitPattern: int)) }
    return mixed(OrderedBits.of(value) ^ Tag.number)
  }

  @inline(__always)
  private static func combine<Element>(
    _ values: Values<Element>, _ range: Range<Int>, _ out: Shared<UInt64>,
    _ hash: (Element) -> UInt64
  ) {
    values.elements.withUnsafeBufferPointer { elements in
      withFlags(values.valid) { valid in
        for row in range {
          // The factor makes the order of columns matter.
          out[row] = mixed(out[row] &* 3 ^ (valid?[row] ?? true ? hash(elements[row]) : null))
        }
      }
    }
  }
}
