import Columns
import Testing

@Suite struct DateTextTests {
  @Test func `dates and times that are written read back`() {
    var random = RandomStream(seed: 3)
    for _ in 0..<2_000 {
      let days = Int32(truncatingIfNeeded: random.next()) >> 4
      #expect(DateText.date(DateText.text(date: days)) == days)
      let time = Int64(bitPattern: random.next()) >> Int64(8 + random.next() % 30)
      #expect(DateText.time(DateText.text(time: time)) == time)
    }
  }

  @Test func `offsets are converted to UTC`() {
    let wanted = DateText.time("2024-03-31T07:30:00Z")
    #expect(wanted != nil)
    for text in [
      "2024-03-31T09:30+02:00", "2024-03-31 09:30:00+0200", "2024-03-31 09:30:00.000+02",
      "2024-03-31T07:30", "2024-03-31T00:30:00-07:00",
    ] {
      #expect(DateText.time(text) == wanted, "\(text)")
    }
    #expect(DateText.time("2024-03-31") == DateText.time("2024-03-31T00:00Z"))
  }

  @Test(arguments: [
    "", "2024", "2024-3-1", "2024-02-30", "2024-03-31T", "2024-03-31T24:00", "2024-03-31T09:60",
    "2024-03-31T09:30:61", "2024-03-31T09:30:00.", "2024-03-31T09:30:00+25:00", "2024-03-31T9:30",
    "2024-03-31T09:30:00.1234567", "31.03.2024", "2024-03-31x", "20240-03-31",
  ])
  func `what is no time is refused`(text: String) {
    #expect(DateText.time(text) == nil)
    #expect(DateText.date(text) == nil)
  }

  @Test func `zeros beyond microseconds are read`() {
    #expect(DateText.time("1970-01-01T00:00:00.000001000") == 1)
  }

  @Test func `seconds have as many decimals as are needed`() {
    #expect(DateText.text(time: 1_500_000) == "1970-01-01T00:00:01.5Z")
    #expect(DateText.text(time: -1) == "1969-12-31T23:59:59.999999Z")
  }
}
