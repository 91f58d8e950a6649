import Columns
import Testing

@Suite struct NumberTextTests {
  @Test func `a number that is written reads back as the same bits`() {
    var random = RandomStream(seed: 1)
    for round in 0..<4_000 {
      var value = Double(bitPattern: random.next())
      if round % 3 == 0 { value = Double(Int64(random.next() % 10_000_000)) / 1_000 }
      if round % 3 == 1 { value = random.uniform() }
      guard value.isFinite else { continue }
      let text = NumberText.text(value)
      #expect(NumberText.number(text)?.bitPattern == value.bitPattern, "\(text)")
      #expect(text.utf8.count == value.description.utf8.count, "\(text) is not the shortest")
    }
  }

  @Test func `decimals of any length are rounded to the nearest number`() {
    var random = RandomStream(seed: 2)
    for _ in 0..<4_000 {
      let length = Int(random.next() % 25) + 1
      let point = Int(random.next() % UInt64(length + 1))
      var text = random.next() % 2 == 0 ? "-" : ""
      for place in 0..<length { text += (place == point ? "." : "") + "\(random.next() % 10)" }
      if random.next() % 2 == 0 { text += "e\(Int(random.next() % 640) - 325)" }
      let wanted = Double(text).flatMap { $0.isFinite ? $0 : nil }
      #expect(NumberText.number(text)?.bitPattern == wanted?.bitPattern, "\(text)")
    }
  }

  @Test(arguments: [
    "9007199254740993", "9007199254740992.99999999999999999", "9007199254740993.00000000000000001",
    "2.2250738585072011e-308", "4.9406564584124654e-324", "1.7976931348623157e308", "0.1",
    "8.5e-1", "123456789012345678901234567890", "1e23", "6.02214076e23",
  ])
  func `hard cases are rounded to the nearest number`(text: String) {
    #expect(NumberText.number(text)?.bitPattern == Double(text)?.bitPattern)
  }

  @Test(arguments: [
    "", "-", "+", ".", "e5", "1e", "1e+", "0x10", " 1", "1 ", "1_0", "1e999", "1..2", "--1", "1,5",
  ])
  func `what is no number is refused`(text: String) {
    #expect(NumberText.number(text) == nil)
    #expect(NumberText.int(text) == nil)
  }

  @Test func `ints reach to both ends and no further`() {
    #expect(NumberText.int("9223372036854775807") == .max)
    #expect(NumberText.int("-9223372036854775808") == .min)
    #expect(NumberText.int("9223372036854775808") == nil)
    #expect(NumberText.int("-9223372036854775809") == nil)
    #expect(NumberText.int("99999999999999999999999") == nil)
    #expect(NumberText.int("00000000000000000000000000012") == 12)
    #expect(NumberText.int("+7") == 7)
    #expect(NumberText.int("1.0") == nil)
  }

  @Test func `special numbers are read only when asked for`() {
    #expect(NumberText.number("NaN")?.isNaN == true)
    #expect(NumberText.number("-Infinity") == -.infinity)
    #expect(NumberText.number("inf") == .infinity)
    #expect(NumberText.number("nan", special: false) == nil)
  }

  @Test func `numbers are written in the fewest digits`() {
    #expect(NumberText.text(49.9) == "49.9")
    #expect(NumberText.text(-0.001) == "-0.001")
    #expect(NumberText.text(3) == "3.0")
    #expect(NumberText.text(3, point: false) == "3")
    #expect(NumberText.text(-0.0) == "-0.0")
    #expect(NumberText.text(1e300, point: false) == "1e+300")
    #expect(NumberText.text(.nan) == "nan")
    #expect(NumberText.text(-.infinity) == "-inf")
  }
}
