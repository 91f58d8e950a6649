import Columns
import Testing

@testable import Formats

struct NumberScanTests {
  @Test(arguments: [
    ("0", 0), ("7", 7), ("-1", -1), ("12345678", 12_345_678), ("123456789", 123_456_789),
    ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min),
  ])
  func `integers are read exactly`(text: String, value: Int64) {
    #expect(NumberScan.int(text) == value)
  }

  @Test(arguments: [
    "", "-", "007", "+5", "-0", "1.0", "1e3", " 1", "1 ", "1a", "a1", "12a45678", "0x10",
    "9223372036854775808", "-9223372036854775809", "12345678901234567890", "1٢",
  ])
  func `what is no canonical integer is refused`(text: String) {
    #expect(NumberScan.int(text) == nil)
  }

  @Test(arguments: [
    "0.1", "-0.1", ".5", "5.", "0", "-0", "1e5", "1E+5", "1e-5", "20.12", "123456.7", "1234567.8",
    "0.8181777777944425", "-0.2818697368184329", "82544000000000707.52", "3.141592653589793",
    "2.2250738585072011e-308", "5e-324", "4.9e-324", "1.7976931348623157e308", "9007199254740993.0",
    "0.30000000000000004", "123456789012345678901234567890.5", "0.000000000000000000000000001",
    "9.5e-27", "8.98846567431158e307", "1.00000000000000011102230246251565", "1448997445238699",
    "6929495644600919.5", "45035996273704985.0", "0.5000000000000000000", "0.25000000000000000",
    "10.000000000000000", "0.000000000000000", "9999999999.9999999999",
  ])
  func `decimals are rounded to the nearest double`(text: String) throws {
    let wanted = try #require(Double(text.hasSuffix(".") ? text + "0" : text))
    let got = try #require(NumberScan.double(text))
    #expect(got.bitPattern == wanted.bitPattern)
  }

  @Test(arguments: [
    "", ".", "-", "-.", "e5", "1e", "1e+", "1.2.3", "12..3", "00.5", "007.5", "+1.5", "1.5 ",
    "nan", "inf", "-inf", "Infinity", "0x1p3", "1e400", "1e-400", "1,5", "1_000", "12345678.9.1",
    "1.2345678901234e", "1234567890.12345x",
  ])
  func `what is no number is refused`(text: String) {
    #expect(NumberScan.double(text) == nil)
  }

  @Test func `random decimals of every length are rounded as the standard library rounds them`()
    throws
  {
    var random = RandomStream(seed: 11)
    for _ in 0..<20_000 {
      let digits = Int(random.next() % 20) + 1
      var text = random.next() % 2 == 0 ? "-" : ""
      let point = Int(random.next() % UInt64(digits + 1))
      for at in 0..<digits {
        if at == point { text += at == 0 ? "0." : "." }
        text += String((at == 0 && point > 1 ? 1 : 0) + random.next() % 9)
      }
      if random.next() % 4 == 0 { text += "e\(Int(random.next() % 60) - 30)" }
      guard let got = NumberScan.double(text) else {
        Issue.record("\(text) was refused")
        continue
      }
      #expect(got.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }

  @Test func `random doubles come back from their text with the same bits`() {
    var random = RandomStream(seed: 5)
    var wrong = 0
    for _ in 0..<100_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      let text = NumberScan.text(value)
      if NumberScan.double(text)?.bitPattern != value.bitPattern { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  @Test func `a whole number among decimals is taken only if a double holds it`() {
    func read(_ text: String) -> Bool {
      let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: slack)
      return bytes.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map {
          NumberScan.parseDecimal($0, text.utf8.count, exactIntegers: true).ok
        } ?? false
      }
    }
    #expect(read("9007199254740992"))
    #expect(!read("9007199254740993"))
    #expect(read("9007199254740994"))
    #expect(!read("18446744073709551616"))
    #expect(read("9007199254740993.0"))
  }
}
