import Columns
import Testing

@Suite struct CivilDateTests {
  @Test func `days and their parts go both ways`() {
    for days in stride(from: Int32(-1_000_000), through: 1_000_000, by: 997) {
      let (year, month, day) = CivilDate.components(days)
      #expect(CivilDate.days(year: year, month: month, day: day) == days)
    }
    #expect(CivilDate.days(year: 1970, month: 1, day: 1) == 0)
    #expect(CivilDate.days(year: 2000, month: 3, day: 1) == 11_017)
  }

  @Test func `days that no month has are refused`() {
    #expect(CivilDate.days(year: 2023, month: 2, day: 29) == nil)
    #expect(CivilDate.days(year: 2024, month: 2, day: 29) != nil)
    #expect(CivilDate.days(year: 1900, month: 2, day: 29) == nil)
    #expect(CivilDate.days(year: 2024, month: 13, day: 1) == nil)
    #expect(CivilDate.days(year: 2024, month: 4, day: 31) == nil)
    #expect(CivilDate.days(year: 2024, month: 1, day: 0) == nil)
  }

  @Test func `the first of January 1970 was a Thursday`() {
    #expect(CivilDate.weekday(0) == 4)
    #expect(CivilDate.weekday(3) == 7)
    #expect(CivilDate.weekday(-4) == 7)
  }

  @Test func `a week belongs to the year of its Thursday`() throws {
    let newYear = try #require(CivilDate.days(year: 2021, month: 1, day: 3))
    #expect(CivilDate.week(newYear) == (2020, 53))
    #expect(CivilDate.week(newYear + 1) == (2021, 1))
  }

  @Test func `a month later the day is cut to the month's length`() throws {
    let last = try #require(CivilDate.days(year: 2024, month: 1, day: 31))
    #expect(CivilDate.adding(months: 1, to: last) == CivilDate.days(year: 2024, month: 2, day: 29))
    #expect(
      CivilDate.adding(months: -2, to: last) == CivilDate.days(year: 2023, month: 11, day: 30))
    #expect(CivilDate.adding(months: .max, to: last) == nil)
  }

  @Test func `the day of the year counts the leap day`() throws {
    #expect(CivilDate.dayOfYear(0) == 1)
    let last = try #require(CivilDate.days(year: 2024, month: 12, day: 31))
    #expect(CivilDate.dayOfYear(last) == 366)
  }

  @Test func `times before 1970 lie in the day before`() {
    #expect(CivilDate.split(-1) == (-1, 86_399_999_999))
    #expect(CivilDate.time(days: .max) == nil)
  }
}
