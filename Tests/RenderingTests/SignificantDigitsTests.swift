import Columns
import Rendering
import Testing

struct SignificantDigitsTests {
  @Test(
    arguments: [
      (0, "0"), (-0.0, "0"), (1, "1"), (49.9, "49.9"), (0.1 + 0.2, "0.3"), (1.0 / 3, "0.333333"),
      (2.0 / 3, "0.666667"), (1234.567, "1234.57"), (81250.44, "81250.4"),
      (1_234_567.89, "1234568"),
      (999_999.5, "1000000"), (0.999_999_9, "1"), (123_456_789_012, "123456789012"), (-2.5, "-2.5"),
      (0.000_123_456_78, "0.000123457"), (0.000_012_3, "1.23e-5"), (1e15, "1e15"),
      (1e14, "100000000000000"),
      (1.234_567_8e20, "1.23457e20"), (9.999_999e-5, "0.0001"), (.leastNonzeroMagnitude, "5e-324"),
      (.greatestFiniteMagnitude, "1.79769e308"), (.nan, "nan"), (.infinity, "inf"),
      (-.infinity, "-inf"),
      (100, "100"), (0.15, "0.15"), (120.05, "120.05"),
    ] as [(Double, String)])
  func `six significant digits and every digit of the whole part`(value: Double, text: String) {
    #expect(displayed(value) == text)
  }

  @Test func `as many digits as asked for`() {
    #expect(displayed(1234.567, digits: 3) == "1235")
    #expect(displayed(0.15, digits: 1) == "0.2")
    #expect(displayed(0.099_96, digits: 3) == "0.1")
    #expect(displayed(1.0 / 3, digits: 17) == "0.3333333333333333")
  }

  @Test func `what is shown is near what is meant`() {
    var random = RandomStream(seed: 5)
    for _ in 0..<2000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite, let shown = Double(displayed(value)) else { continue }
      #expect(abs(shown - value) <= abs(value) * 5.1e-6)
      #expect(Double(displayed(value, digits: 17)) == value)
    }
  }
}
