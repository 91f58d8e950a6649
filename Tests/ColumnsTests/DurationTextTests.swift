import Columns
import Testing

@Suite struct DurationTextTests {
  @Test func `durations that are written read back`() {
    var random = RandomStream(seed: 4)
    for _ in 0..<2_000 {
      let duration = Int64(bitPattern: random.next()) >> Int64(random.next() % 60 + 1)
      #expect(DurationText.duration(DurationText.text(duration)) == duration)
    }
    #expect(DurationText.text(0) == "0s")
    #expect(DurationText.text(93_784_500_000) == "1d2h3min4.5s")
  }

  @Test func `units and clock times are read`() {
    #expect(DurationText.duration("1.5h") == 5_400_000_000)
    #expect(DurationText.duration("90min") == 5_400_000_000)
    #expect(DurationText.duration("-01:30:00") == -5_400_000_000)
    #expect(DurationText.duration("26:03:04.5") == 93_784_500_000)
    #expect(DurationText.duration("2w 1d") == 1_296_000_000_000)
    #expect(DurationText.duration("1us") == 1)
  }

  @Test(arguments: [
    "", "-", "5", "1mo", "1y", "1:60:00", "1:2", "2.5us", "h", "1e3s", "999999999d",
  ])
  func `what has no fixed length is refused`(text: String) {
    #expect(DurationText.duration(text) == nil)
  }
}
