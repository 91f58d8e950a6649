import Columns
import Testing

@testable import Rendering

struct TicksTests {
  @Test(
    arguments: [
      (0, 100, 5, "0 20 40 60 80 100"), (0, 1, 5, "0 0.2 0.4 0.6 0.8 1"), (-3, 7, 5, "-2 0 2 4 6"),
      (0.11, 0.19, 4, "0.12 0.14 0.16 0.18"), (0, 5e6, 5, "0 1M 2M 3M 4M 5M"),
      (1e9, 3e9, 2, "1G 2G 3G"),
      (0, 3e-7, 3, "0 1e-7 2e-7 3e-7"), (1_000_000, 1_000_004, 2, "1M 1.000002M 1.000004M"),
      (9, 51, 2, "20 40"),
    ] as [(Double, Double, Int, String)])
  func `numbers go by 1, 2 or 5`(low: Double, high: Double, count: Int, labels: String) {
    #expect(Ticks(low, high, count: count).labels.joined(separator: " ") == labels)
  }

  @Test(
    arguments: [
      (19_700, 19_704, "2023-12-09 2023-12-10 2023-12-11 2023-12-12 2023-12-13"),
      (19_700, 19_730, "2023-12-11 2023-12-18 2023-12-25 2024-01-01 2024-01-08"),
      (19_700, 19_850, "2024-01 2024-02 2024-03 2024-04 2024-05"),
      (19_700, 20_400, "2024-01 2024-07 2025-01 2025-07"),
      (10_000, 20_000, "2000 2005 2010 2015 2020"),
      (-200_000, 20_000, "1500 1600 1700 1800 1900 2000"),
    ] as [(Double, Double, String)])
  func `dates go by days, weeks, months and years`(low: Double, high: Double, labels: String) {
    #expect(Ticks(low, high, count: 5, kind: .date).labels.joined(separator: " ") == labels)
  }

  @Test(
    arguments: [
      (0, 4e6, "00:00:00 00:00:01 00:00:02 00:00:03 00:00:04"),
      (0, 3600e6, "00:00 00:15 00:30 00:45 01:00"),
      (0, 4 * 86_400e6, "1970-01-01 1970-01-02 1970-01-03 1970-01-04 1970-01-05"),
      (82_800e6, 97_200e6, "23:00 1970-01-02 01:00 02:00 03:00"),
      (0, 400, "00:00:00.000000 00:00:00.000100 00:00:00.000200 00:00:00.000300 00:00:00.000400"),
    ] as [(Double, Double, String)])
  func `times go by the clock`(low: Double, high: Double, labels: String) {
    #expect(Ticks(low, high, count: 4, kind: .time).labels.joined(separator: " ") == labels)
  }

  @Test func `ticks are within the range, in order, and few`() {
    var random = RandomStream(seed: 9)
    for kind in [AxisKind.number, .date, .time, .duration] {
      for _ in 0..<300 {
        let a = Double(Int64(truncatingIfNeeded: random.next()) >> (random.next() % 62))
        let b = Double(Int64(truncatingIfNeeded: random.next()) >> (random.next() % 62))
        let ticks = Scale([a, b], kind: kind).ticks(5)
        #expect(ticks.values == ticks.values.sorted() && ticks.values.count == ticks.labels.count)
        #expect((1...20).contains(ticks.values.count), "\(a) \(b) \(kind) \(ticks)")
        #expect(Set(ticks.labels).count == ticks.labels.count, "\(a) \(b) \(kind) \(ticks)")
      }
    }
  }

  @Test func `ranges that are no ranges do no harm`() {
    for (low, high) in [
      (0.0, 0.0), (1, 0), (.nan, 1), (0, .infinity),
      (-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude),
      (1, 1.000_000_000_000_000_2), (0, .leastNonzeroMagnitude),
    ] {
      for kind in [AxisKind.number, .date, .time, .duration] {
        #expect(Ticks(low, high, count: 5, kind: kind).values.count < 1000)
      }
    }
  }
}
