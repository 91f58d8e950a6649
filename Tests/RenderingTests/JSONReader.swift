/// Reads JSON strictly, to tell whether what was written is JSON.
enum JSONReader {
  indirect enum Node: Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([Node])
    case object([Member])

    subscript(name: String) -> Node? {
      if case .object(let members) = self { members.first { $0.name == name }?.value } else { nil }
    }
    subscript(place: Int) -> Node? {
      if case .array(let nodes) = self, place < nodes.count { nodes[place] } else { nil }
    }
    var names: [String] {
      if case .object(let members) = self { members.map(\.name) } else { [] }
    }
  }

  struct Member: Equatable {
    var name: String
    var value: Node
  }

  struct Failure: Error {
    var offset: Int
  }

  static func read(_ text: String) throws -> Node {
    var reader = Reader(bytes: Array(text.utf8))
    let node = try reader.node()
    reader.skipBlanks()
    guard reader.at == reader.bytes.count else { throw Failure(offset: reader.at) }
    return node
  }

  private struct Reader {
    var bytes: [UInt8]
    var at = 0

    mutating func skipBlanks() {
      while at < bytes.count, [9, 10, 13, 32].contains(bytes[at]) { at += 1 }
    }

    mutating func take(_ text: String) -> Bool {
      guard bytes[at...].starts(with: text.utf8) else { return false }
      at += text.utf8.count
      return true
    }

    mutating func node() throws -> Node {
      skipBlanks()
      if take("null") { return .null }
      if take("true") { return .bool(true) }
      if take("false") { return .bool(false) }
      if take("[") { return .array(try list(end: "]") { try $0.node() }) }
      if take("{") {
        return .object(
          try list(end: "}") { reader in
            let name = try reader.string()
            reader.skipBlanks()
            guard reader.take(":") else { throw Failure(offset: reader.at) }
            return Member(name: name, value: try reader.node())
          })
      }
      if at < bytes.count, bytes[at] == UInt8(ascii: "\"") { return .string(try string()) }
      return .number(try number())
    }

    mutating func list<Item>(end: String, _ item: (inout Reader) throws -> Item) throws -> [Item] {
      var items: [Item] = []
      skipBlanks()
      if take(end) { return items }
      while true {
        items.append(try item(&self))
        skipBlanks()
        if take(end) { return items }
        guard take(",") else { throw Failure(offset: at) }
      }
    }

    mutating func number() throws -> Double {
      let start = at
      _ = take("-")
      func isDigit(_ place: Int) -> Bool { place < bytes.count && (48...57).contains(bytes[place]) }
      func digits() throws {
        guard isDigit(at) else { throw Failure(offset: at) }
        while isDigit(at) { at += 1 }
      }
      if take("0") {
        if isDigit(at) { throw Failure(offset: at) }
      } else {
        try digits()
      }
      if take(".") { try digits() }
      if take("e") || take("E") {
        if !take("-") { _ = take("+") }
        try digits()
      }
      guard let value = Double(String(decoding: bytes[start..<at], as: UTF8.self)) else {
        throw Failure(offset: start)
      }
      return value
    }

    mutating func string() throws -> String {
      skipBlanks()
      guard take("\"") else { throw Failure(offset: at) }
      var text: [UInt8] = []
      while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
        guard bytes[at] >= 0x20 else { throw Failure(offset: at) }
        if take("\\") {
          let escapes: [UInt8: UInt8] = [
            34: 34, 92: 92, 47: 47, 98: 8, 102: 12, 110: 10, 114: 13, 116: 9,
          ]
          if take("u") {
            guard at + 4 <= bytes.count,
              let code = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16),
              let scalar = Unicode.Scalar(code)
            else { throw Failure(offset: at) }
            text += Array(String(scalar).utf8)
            at += 4
          } else if at < bytes.count, let byte = escapes[bytes[at]] {
            text.append(byte)
            at += 1
          } else {
            throw Failure(offset: at)
          }
        } else {
          text.append(bytes[at])
          at += 1
        }
      }
      guard take("\""), let string = String(validating: text, as: UTF8.self) else {
        throw Failure(offset: at)
      }
      return string
    }
  }
}
