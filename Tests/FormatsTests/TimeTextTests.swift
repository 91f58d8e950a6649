import Columns
import Testing

@testable import Formats

struct TimeTextTests {
  private func date(_ text: String, _ order: TimeText.DateOrder? = nil) -> Int32? {
    let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: slack)
    return bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.flatMap {
        let parsed = TimeText.parseDate($0, text.utf8.count, order)
        return parsed.ok ? parsed.value : nil
      }
    }
  }

  private func time(_ text: String, _ order: TimeText.DateOrder? = nil) -> Int64? {
    let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: slack)
    return bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.flatMap {
        let parsed = TimeText.parseTime($0, text.utf8.count, order)
        return parsed.ok ? parsed.value : nil
      }
    }
  }

  @Test func `every day of four centuries comes back from its text`() {
    var wrong = 0
    for day in Int32(-80_000)...80_000 where date(TimeText.text(date: day)) != day { wrong += 1 }
    #expect(wrong == 0)
    #expect(date("1970-01-01") == 0)
    #expect(date("2000-02-29") == 11_016)
    #expect(date("0001-01-01") == -719_162)
  }

  @Test(arguments: [
    "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "2024-1-01", "0000-01-01",
    "2024/01/01", "20240101", "2024-01-01 ", "2024-01-0a", "a024-01-01",
  ])
  func `days that do not exist or are written otherwise are no dates`(text: String) {
    #expect(date(text) == nil)
  }

  @Test func `days and months change places as told`() {
    #expect(date("03/04/2024", .dayFirst) == date("2024-04-03"))
    #expect(date("03/04/2024", .monthFirst) == date("2024-03-04"))
    #expect(date("3.4.2024", .dayFirst) == date("2024-04-03"))
    #expect(date("13/04/2024", .monthFirst) == nil)
    #expect(date("03/04/2024") == nil)
    #expect(date("03/04-2024", .dayFirst) == nil)
  }

  @Test(arguments: [
    ("1970-01-01 00:00:00", 0), ("1970-01-01T00:00:01Z", 1_000_000),
    ("2024-07-07 11:34:14", 1_720_352_054_000_000), ("1970-01-01 00:01", 60_000_000),
    ("1969-12-31T23:59:59.5", -500_000), ("2000-01-01T08:00:00.000Z", 946_713_600_000_000),
    ("1970-01-01T02:00:00+02:00", 0), ("1970-01-01T00:00:00-0130", 5_400_000_000),
    ("1970-01-01T05:00:00.25+05", 250_000), ("1970-01-01 00:00:00.123456", 123_456),
    ("1970-01-01 00:00:00.123456789", 123_456),
  ])
  func `times are read to the microsecond`(text: String, microseconds: Int64) {
    #expect(time(text) == microseconds)
  }

  @Test(arguments: [
    "2024-01-01", "2024-01-01 ", "2024-01-01 24:00:00", "2024-01-01 10:60:00",
    "2024-01-01 10:00:60", "2024-01-01x10:00:00", "2024-01-01 10:00:00.", "2024-01-01 10:00:00+",
    "2024-01-01 10-00-00", "2024-13-01 10:00:00", "2024-01-01 1a:00:00", "2024-01-01 10:00:00Q",
    "2024-01-01 10:00:00+24:00", "2024-02-30 10:00:00", "2024-01-01T10:0/:00",
  ])
  func `what is no time of day is refused`(text: String) {
    #expect(time(text) == nil)
  }

  @Test func `times come back from their text`() {
    var random = RandomStream(seed: 3)
    for _ in 0..<2000 {
      let value = Int64(bitPattern: random.next()) % 60_000_000_000_000_000
      #expect(time(TimeText.text(time: value)) == value)
    }
    #expect(TimeText.text(time: 1_500_000) == "1970-01-01T00:00:01.5Z")
  }
}
