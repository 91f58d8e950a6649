import Columns
import Testing

@testable import Formats

struct JSONTests {
  @Test func `values come back from their text`() throws {
    let value = JSON.object([
      .init("a", .array([.null, .bool(true), .int(-7), .number(0.1), .string("x\"\n\u{1}é😀")])),
      .init("b", .object([.init("c", .array([])), .init("d", .object([]))])),
    ])
    #expect(try JSON.parse(JSON.encoded(value)) == value)
    #expect(
      value.text
        == #"{"a":[null,true,-7,0.1,"x\"\n\u0001é😀"],"b":{"c":[],"d":{}}}"#)
  }

  @Test func `escapes and numbers are read exactly`() throws {
    let value = try JSON.parse(
      #" {"k\u00e9y": ["\uD83D\uDE00\/\b", 9223372036854775807, 1E2, -0]} "#)
    #expect(value["kéy"]?.array?[0].string == "😀/\u{8}")
    #expect(value["kéy"]?.array?[1].int == .max)
    #expect(value["kéy"]?.array?[2].double == 100)
    #expect(value["kéy"]?.array?[3].double?.sign == .minus)
    #expect(try JSON.parse("9223372036854775808").double == 9_223_372_036_854_775_808)
    #expect(try JSON.parse("1e-999") == .number(0))
  }

  @Test(arguments: [
    ("[1,\n  tru]", "line 2, column 3: `true` was wanted"),
    ("{\"a\" 1}", "line 1, column 6: `:` was wanted"),
    ("[1,]", "line 1, column 4: a value was wanted"),
    ("[1", "line 1, column 3: `,` or `]` was wanted, where the text ends"),
    ("\"ä\\x\"", "line 1, column 4: an escape was wanted"),
    ("1 2", "line 1, column 3: the end was wanted"),
    ("1e400", "line 1, column 1: a number that a double can hold was wanted"),
    ("", "line 1, column 1: a value was wanted, where the text ends"),
  ])
  func `a mistake is told with its line and column`(text: String, message: String) {
    let error = #expect(throws: DataError.self) { try JSON.parse(text) }
    #expect(error?.message == message)
    #expect(error?.code == "json-syntax")
  }

  @Test func `deep nesting is refused without deep recursion`() {
    let error = #expect(throws: DataError.self) {
      try JSON.parse([UInt8](repeating: 0x5B, count: 100_000))
    }
    #expect(error?.message.contains("levels of nesting") == true)
    let fine = [UInt8](repeating: 0x5B, count: 1000) + [UInt8](repeating: 0x5D, count: 1000)
    #expect(throws: Never.self) { try JSON.parse(fine) }
  }

  @Test(.enabled(if: Shared.isThere, noSharedFolder))
  func `the test suite of the standard is accepted and refused as it says`() throws {
    var counts: [String: Int] = [:]
    for path in try Shared.files(in: "conformance/json-testsuite/test_parsing") {
      let name = path.split(separator: "/").last.map(String.init) ?? ""
      let bytes = try Shared.bytes(path)
      counts[String(name.prefix(2)), default: 0] += 1
      do {
        _ = try JSON.parse(bytes)
        #expect(!name.hasPrefix("n_"), "\(name) was accepted")
      } catch let error as DataError {
        #expect(!name.hasPrefix("y_"), "\(name): \(error.message)")
        #expect(error.message.hasPrefix("line "), "\(name)")
      }
      // Through the table reader: answers or errors, never a crash, and nothing broken passes.
      for format in ["json", "jsonl"] {
        let settings: [String: Value] = ["format": .text(format)]
        let isRead = (try? load(bytes: bytes, settings, path: name)) != nil
        // Lines may each be fine, or there may be none.
        let isOneLine =
          bytes.split(separator: 0x0A).count == 1 && bytes.contains { $0 > 0x20 && $0 < 0x80 }
        #expect(!isRead || !name.hasPrefix("n_") || (format == "jsonl" && !isOneLine), "\(name)")
      }
    }
    #expect(counts == ["y_": 95, "n_": 188, "i_": 35])
  }

  @Test func `settings and cells have a JSON form`() {
    #expect(JSON(Value.date(0)).text == "\"1970-01-01\"")
    #expect(JSON(Value.duration(months: 0, microseconds: 1_500_000)).text == "\"PT1.5S\"")
    #expect(JSON(Value.vector([0.1, 2])).text == "[0.1,2.0]")
    #expect(JSON(Value.number(.nan)).text == "null")
    #expect(JSON(Value.list([.int(1), .null])).text == "[1,null]")
  }
}
