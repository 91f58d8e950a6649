/// Arrays of numbers as text, six bits a character: exact, short, and the same for every encoder
/// (some cannot write infinite numbers).
enum PackedText {
  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func text<Number: FixedWidthInteger>(_ numbers: [Number]) -> String {
    let width = Number.bitWidth / 8
    var out: [UInt8] = []
    out.reserveCapacity(numbers.count * width * 4 / 3 + 4)
    var bits: UInt32 = 0
    var held = 0
    for number in numbers {
      for byte in 0..<width {
        bits = bits << 8 | UInt32(UInt8(truncatingIfNeeded: number >> Number(byte * 8)))
        held += 8
        while held >= 6 {
          held -= 6
          out.append(letters[Int(bits >> UInt32(held) & 63)])
        }
      }
    }
    if held > 0 { out.append(letters[Int(bits << UInt32(6 - held) & 63)]) }
    return String(decoding: out, as: UTF8.self)
  }

  /// Nil when the text is not one that `text` writes.
  static func numbers<Number: FixedWidthInteger>(_ text: String, of type: Number.Type) -> [Number]?
  {
    var places = [Int](repeating: -1, count: 256)
    for (place, letter) in letters.enumerated() { places[Int(letter)] = place }
    let width = Number.bitWidth / 8
    var out: [Number] = []
    var bits: UInt32 = 0
    var held = 0
    var number: Number = 0
    var byte = 0
    for letter in text.utf8 {
      let place = places[Int(letter)]
      guard place >= 0 else { return nil }
      bits = bits << 6 | UInt32(place)
      held += 6
      guard held >= 8 else { continue }
      held -= 8
      let value = UInt8(truncatingIfNeeded: bits >> UInt32(held))
      number |= Number(truncatingIfNeeded: value) << Number(byte * 8)
      byte += 1
      if byte == width {
        out.append(number)
        number = 0
        byte = 0
      }
    }
    return byte == 0 && held < 6 && bits & ((1 << UInt32(held)) - 1) == 0 ? out : nil
  }

  static func text(_ numbers: [Double]) -> String { text(numbers.map(\.bitPattern)) }

  static func doubles(_ text: String) -> [Double]? {
    numbers(text, of: UInt64.self)?.map { Double(bitPattern: $0) }
  }
}
