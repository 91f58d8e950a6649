import Columns
import Glibc
import Text

extension FunctionCatalog {
  static let textFunctions: [FunctionDeclaration] = [
    mapping("lower", "text in small letters", "lower(\"ÄbC\")", "\"äbc\"") { bytes, out in
      TextFunctions.changeCase(bytes, toUpper: false, &out)
    },
    mapping("upper", "text in capitals", "upper(\"äbC\")", "\"ÄBC\"") { bytes, out in
      TextFunctions.changeCase(bytes, toUpper: true, &out)
    },
    mapping("trim", "text without white space at its ends", "trim(\"  a b \")", "\"a b\"") {
      bytes, out in out.write(TextFunctions.trimmed(bytes, start: true, end: true))
    },
    mapping("trim_start", "text without white space in front", "trim_start(\"  a \")", "\"a \"") {
      bytes, out in out.write(TextFunctions.trimmed(bytes, start: true, end: false))
    },
    mapping("trim_end", "text without white space behind", "trim_end(\" a  \")", "\" a\"") {
      bytes, out in out.write(TextFunctions.trimmed(bytes, start: false, end: true))
    },
    mapping("reverse", "text from its end to its beginning", "reverse(\"abé\")", "\"éba\"") {
      bytes, out in out.write(String(text(bytes).reversed()))
    },
    length, concat,
    test("contains", "part", "whether text has a part", "contains(\"banana\", \"nan\")", "true") {
      TextFunctions.find($1, in: $0, from: 0) != nil
    },
    test(
      "starts_with", "start", "whether text begins with another",
      "starts_with(\"banana\", \"ba\")", "true"
    ) { $0.count >= $1.count && isEqual(Bytes(rebasing: $0[..<$1.count]), $1) },
    test(
      "ends_with", "end", "whether text ends with another", "ends_with(\"banana\", \"na\")", "true"
    ) { $0.count >= $1.count && isEqual(Bytes(rebasing: $0[($0.count - $1.count)...]), $1) },
    replace, splitPart, substring, repeatText,
    pad("pad_left", "in front", atStart: true, "pad_left(\"7\", 3, \"0\")", "\"007\""),
    pad("pad_right", "behind", atStart: false, "pad_right(\"ab\", 4, \".\")", "\"ab..\""),
  ]

  private static let textParameter = FunctionParameter("text", Types.text, "the text")

  private static func mapping(
    _ name: String, _ summary: String, _ example: String, _ value: String,
    _ body: @escaping @Sendable (Bytes, inout TextBuilder) -> Void
  ) -> FunctionDeclaration {
    FunctionDeclaration(
      name: name, category: .text, summary: summary, parameters: [textParameter], result: "text",
      examples: [FunctionExample(example, value)],
      meaning: .rowwise { (_) throws(Diagnostic) in
        FunctionBinding(type: .text) { operands, context in
          let valid = Kernel.allValid(operands, context.count)
          return Kernel.buildText(operands, valid: valid, context) { readers, row, out in
            body(readers[0].bytes(row), &out)
            return true
          }
        }
      })
  }

  private static func test(
    _ name: String, _ second: String, _ summary: String, _ example: String, _ value: String,
    _ body: @escaping @Sendable (Bytes, Bytes) -> Bool
  ) -> FunctionDeclaration {
    FunctionDeclaration(
      name: name, category: .text, summary: summary,
      parameters: [textParameter, FunctionParameter(second, Types.text, "what to look for")],
      result: "bool", examples: [FunctionExample(example, value)],
      meaning: .rowwise { (_) throws(Diagnostic) in
        FunctionBinding(type: .bool) { operands, context in
          let valid = Kernel.allValid(operands, context.count)
          return .bool(
            Kernel.fromText(operands, valid: valid, context, filler: false) { readers, row in
              body(readers[0].bytes(row), readers[1].bytes(row))
            })
        }
      })
  }

  private static let length = FunctionDeclaration(
    name: "length", category: .text, summary: "how many Unicode characters text has",
    parameters: [textParameter], result: "int",
    examples: [FunctionExample("length(\"naïve\")", "5"), FunctionExample("length(\"\")", "0")],
    meaning: .rowwise { (_) throws(Diagnostic) in
      FunctionBinding(type: .int) { operands, context in
        let valid = Kernel.allValid(operands, context.count)
        return .int(
          Kernel.fromText(operands, valid: valid, context, filler: 0) { readers, row in
            Int64(TextFunctions.scalarCount(readers[0].bytes(row)))
          })
      }
    })

  private static let concat = FunctionDeclaration(
    name: "concat", category: .text, summary: "several values as one text",
    parameters: [
      FunctionParameter("value", isRepeated: true, "text, or what text(x) makes of a value"),
      FunctionParameter("with", Types.text, isOption: true, "what to put between; nothing"),
    ], result: "text", errors: "an answer of more than 16 MB",
    examples: [
      FunctionExample("concat(\"a\", 1, true)", "\"a1true\""),
      FunctionExample("concat(\"a\", \"b\", with: \"-\")", "\"a-b\""),
    ],
    meaning: .rowwise { (call) throws(Diagnostic) in
      let count = call.arguments.count
      let separator = call.options["with"]?.text ?? ""
      return FunctionBinding(type: .text, canFail: true) { operands, context in
        let parts = try operands.prefix(count).map { try Casting.asText($0, context) }
        let valid = Kernel.allValid(parts, context.count)
        return try Kernel.buildText(parts, valid: valid, context) { readers, row, out in
          for (number, reader) in readers.enumerated() {
            if number > 0 { out.write(separator) }
            out.write(reader.bytes(row))
          }
          return try TextFunctions.bounded(&out, row, context)
        }
      }
    })

  private static let replace = FunctionDeclaration(
    name: "replace", category: .text, summary: "text with each old part exchanged for a new one",
    parameters: [
      textParameter, FunctionParameter("old", Types.text, "what to replace"),
      FunctionParameter("new", Types.text, "what to put there"),
    ], result: "text", errors: "an answer of more than 16 MB",
    examples: [
      FunctionExample("replace(\"a-b-c\", \"-\", \"\")", "\"abc\""),
      FunctionExample("replace(\"abc\", \"\", \"x\")", "\"abc\""),
    ],
    meaning: .rowwise { (_) throws(Diagnostic) in
      FunctionBinding(type: .text, canFail: true) { operands, context in
        let valid = Kernel.allValid(operands, context.count)
        return try Kernel.buildText(operands, valid: valid, context) { readers, row, out in
          let (all, old) = (readers[0].bytes(row), readers[1].bytes(row))
          var from = 0
          while !old.isEmpty, let at = TextFunctions.find(old, in: all, from: from) {
            out.write(all[from..<at])
            out.write(readers[2].bytes(row))
            from = at + old.count
            guard out.pending <= TextFunctions.longest else { break }
          }
          out.write(all[from...])
          return try TextFunctions.bounded(&out, row, context)
        }
      }
    })

  private static let splitPart = FunctionDeclaration(
    name: "split_part", category: .text, summary: "the part of that number between separators",
    parameters: [
      textParameter, FunctionParameter("separator", Types.text, "what parts are split at"),
      FunctionParameter("number", [.int], "1 for the first part, -1 for the last"),
    ], result: "text", nulls: "null where an argument is null or there is no such part",
    examples: [
      FunctionExample("split_part(\"a/b/c\", \"/\", 2)", "\"b\""),
      FunctionExample("split_part(\"a/b/c\", \"/\", -1)", "\"c\""),
      FunctionExample("split_part(\"a\", \"/\", 2)", "null"),
    ],
    meaning: .rowwise { (_) throws(Diagnostic) in
      FunctionBinding(type: .text) { operands, context in
        let valid = Kernel.allValid(operands, context.count)
        let numbers = try operands[2].longs()
        return Kernel.buildText(Array(operands.prefix(2)), valid: valid, context) {
          readers, row, out in
          let all = readers[0].bytes(row)
          guard
            let part = TextFunctions.part(numbers.element(row), of: all, at: readers[1].bytes(row))
          else { return false }
          out.write(all[part])
          return true
        }
      }
    })

  private static let substring = FunctionDeclaration(
    name: "substring", category: .text, summary: "a piece of text, by place and length",
    parameters: [
      textParameter,
      FunctionParameter("start", [.int], "1 for the first character, -1 for the last"),
      FunctionParameter("length", [.int], isOptional: true, "characters; all when left out"),
    ], result: "text",
    examples: [
      FunctionExample("substring(\"banana\", 2, 3)", "\"ana\""),
      FunctionExample("substring(\"banana\", -2)", "\"na\""),
      FunctionExample("substring(\"ab\", 5)", "\"\""),
    ],
    meaning: .rowwise { (call) throws(Diagnostic) in
      if call.constant(1) == .int(0) {
        throw call.error("wrong-arguments", "`start` of `substring` counts from 1", argument: 1)
      }
      let hasLength = call.arguments.count > 2
      return FunctionBinding(type: .text) { operands, context in
        let valid = Kernel.allValid(operands, context.count)
        let starts = try operands[1].longs()
        let lengths = hasLength ? try operands[2].longs() : .scalar(Int64.max)
        return Kernel.buildText([operands[0]], valid: valid, context) { readers, row, out in
          out.write(
            TextFunctions.substring(
              readers[0].bytes(row), starts.element(row), lengths.element(row)))
          return true
        }
      }
    })

  private static let repeatText = FunctionDeclaration(
    name: "repeat", category: .text, summary: "text several times",
    parameters: [textParameter, FunctionParameter("times", [.int], "how often")], result: "text",
    errors: "an answer of more than 16 MB",
    examples: [
      FunctionExample("repeat(\"ab\", 3)", "\"ababab\""),
      FunctionExample("repeat(\"ab\", -1)", "\"\""),
    ],
    meaning: .rowwise { (_) throws(Diagnostic) in
      FunctionBinding(type: .text, canFail: true) { operands, context in
        let valid = Kernel.allValid(operands, context.count)
        let times = try operands[1].longs()
        return try Kernel.buildText([operands[0]], valid: valid, context) { readers, row, out in
          let piece = readers[0].bytes(row)
          var left = piece.isEmpty ? 0 : max(0, times.element(row))
          while left > 0, out.pending <= TextFunctions.longest {
            out.write(piece)
            left -= 1
          }
          return try TextFunctions.bounded(&out, row, context)
        }
      }
    })

  private static func pad(
    _ name: String, _ place: String, atStart: Bool, _ example: String, _ value: String
  ) -> FunctionDeclaration {
    FunctionDeclaration(
      name: name, category: .text, summary: "text filled up \(place) to a length",
      parameters: [
        textParameter, FunctionParameter("length", [.int], "characters to reach"),
        FunctionParameter(
          "fill", Types.text, isOptional: true, isConstant: true,
          "one character; a space when left out"),
      ], result: "text", errors: "an answer of more than 16 MB",
      examples: [
        FunctionExample(example, value), FunctionExample("\(name)(\"abc\", 2)", "\"abc\""),
      ],
      meaning: .rowwise { (call) throws(Diagnostic) in
        let fill = call.constant(2)?.text ?? " "
        guard fill.unicodeScalars.count == 1 else {
          throw call.error(
            "wrong-arguments", "`fill` of `\(name)` wants one character", argument: 2)
        }
        return FunctionBinding(type: .text, canFail: true) { operands, context in
          let valid = Kernel.allValid(operands, context.count)
          let lengths = try operands[1].longs()
          return try Kernel.buildText([operands[0]], valid: valid, context) { readers, row, out in
            let piece = readers[0].bytes(row)
            var missing = lengths.element(row).subtractingReportingOverflow(
              Int64(TextFunctions.scalarCount(piece))
            ).partialValue
            if lengths.element(row) < 0 { missing = 0 }
            if !atStart { out.write(piece) }
            while missing > 0, out.pending <= TextFunctions.longest {
              out.write(fill)
              missing -= 1
            }
            if atStart { out.write(piece) }
            return try TextFunctions.bounded(&out, row, context)
          }
        }
      })
  }
}

/// Work on the bytes of one text.
enum TextFunctions {
  /// Bytes of the longest answer that a function makes.
  static let longest = 16 << 20

  static func bounded(_ out: inout TextBuilder, _ row: Int, _ context: EvaluationContext) throws
    -> Bool
  {
    if out.pending <= longest { return true }
    if context.isActive(row) {
      throw RowFailure(
        code: "text-too-long", message: "a text of more than 16 MB would result", row: row)
    }
    return false
  }

  static func changeCase(_ bytes: Bytes, toUpper: Bool, _ out: inout TextBuilder) {
    guard bytes.allSatisfy({ $0 < 0x80 }) else {
      let changed = toUpper ? text(bytes).uppercased() : text(bytes).lowercased()
      return out.write(changed)
    }
    for byte in bytes {
      let isLetter =
        toUpper
        ? UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
        : UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
      out.write(isLetter ? byte ^ 0x20 : byte)
    }
  }

  static func trimmed(_ bytes: Bytes, start: Bool, end: Bool) -> Slice<Bytes> {
    var rest = bytes[...]
    if start {
      while let length = whiteSpace(atStart: rest) { rest = rest.dropFirst(length) }
    }
    if end {
      while let length = whiteSpace(atEnd: rest) { rest = rest.dropLast(length) }
    }
    return rest
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }

  private static func whiteSpace(atStart bytes: Slice<Bytes>) -> Int? {
    guard let first = bytes.first else { return nil }
    if first < 0x80 { return isSpace(first) ? 1 : nil }
    return isWideSpace(bytes.prefix(4).prefix { $0 == first || $0 & 0xC0 == 0x80 })
  }

  private static func whiteSpace(atEnd bytes: Slice<Bytes>) -> Int? {
    guard let last = bytes.last else { return nil }
    if last < 0x80 { return isSpace(last) ? 1 : nil }
    guard let lead = bytes.suffix(4).lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return nil }
    return isWideSpace(bytes[lead...])
  }

  /// The length of a space outside ASCII that these bytes are.
  private static func isWideSpace(_ bytes: Slice<Bytes>) -> Int? {
    guard let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first,
      scalar.properties.isWhitespace
    else { return nil }
    return UTF8.width(scalar)
  }

  static func scalarCount(_ bytes: Bytes) -> Int {
    var count = 0
    for byte in bytes { count &+= byte & 0xC0 != 0x80 ? 1 : 0 }
    return count
  }

  static func find(_ part: Bytes, in all: Bytes, from: Int) -> Int? {
    guard let needle = part.baseAddress, !part.isEmpty else {
      return from <= all.count ? from : nil
    }
    guard let base = all.baseAddress, all.count - from >= part.count else { return nil }
    var at = from
    let last = all.count - part.count
    while at <= last {
      guard let found = memchr(base + at, Int32(needle[0]), last - at + 1) else { return nil }
      at = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      if memcmp(base + at, needle, part.count) == 0 { return at }
      at += 1
    }
    return nil
  }

  static func part(_ number: Int64, of all: Bytes, at separator: Bytes) -> Range<Int>? {
    guard number != 0 else { return nil }
    var wanted = number
    if number < 0 {
      var count: Int64 = 1
      var from = 0
      while !separator.isEmpty, let at = find(separator, in: all, from: from) {
        count += 1
        from = at + separator.count
      }
      wanted = number < -count ? 0 : count + number + 1
    }
    guard wanted > 0 else { return nil }
    var from = 0
    while wanted > 1 {
      guard !separator.isEmpty, let at = find(separator, in: all, from: from) else { return nil }
      from = at + separator.count
      wanted -= 1
    }
    let end = separator.isEmpty ? nil : find(separator, in: all, from: from)
    return from..<(end ?? all.count)
  }

  static func substring(_ bytes: Bytes, _ start: Int64, _ length: Int64) -> Slice<Bytes> {
    guard length > 0, start != 0 else { return bytes[..<0] }
    var first = start - 1
    var wanted = length
    if start < 0 {
      first = Int64(scalarCount(bytes)) + start
      if first < 0 {
        // The part of the piece that would lie before the text is left out.
        wanted = wanted == .max ? wanted : max(0, wanted + first)
        first = 0
      }
    }
    let from = offset(ofScalar: first, in: bytes, after: 0)
    let to = offset(ofScalar: wanted, in: bytes, after: from)
    return bytes[from..<to]
  }

  /// Where the scalar that lies so many after a place begins; the end when there are fewer.
  private static func offset(ofScalar number: Int64, in bytes: Bytes, after place: Int) -> Int {
    var at = place
    var left = number
    while at < bytes.count, left > 0 {
      at += 1
      while at < bytes.count, bytes[at] & 0xC0 == 0x80 { at += 1 }
      left -= 1
    }
    return at
  }
}
