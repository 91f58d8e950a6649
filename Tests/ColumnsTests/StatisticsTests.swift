import Columns
import TestKit
import Testing

@Suite struct StatisticsTests {
  @Test func `each column is described`() throws {
    let table = try TableText.table(
      """
      x:number  n:int  day:date    name:text  flag:bool  none:number
      1         5      2024-01-01  b          true       null
      2         5      2024-01-03  a          false      null
      null      7      2024-01-02  null       true       null
      4         9      null        b          true       null
      """)
    let all = try Statistics.describe(table, workers: .serial)
    #expect(all.map(\.name) == ["x", "n", "day", "name", "flag", "none"])
    #expect(all.map(\.count) == [3, 4, 3, 3, 4, 0])
    #expect(all.map(\.nulls) == [1, 0, 1, 1, 0, 4])
    #expect(all.map(\.distinct) == [3, 3, 3, 2, 2, 0])
    #expect(all[0].min == .number(1) && all[0].max == .number(4))
    #expect(all[0].q1 == .number(1.5) && all[0].median == .number(2) && all[0].q3 == .number(3))
    #expect(all[0].mean == 7.0 / 3)
    #expect(all[0].histogram == [1, 0, 1, 0, 0, 0, 0, 1])
    #expect(all[1].mean == 6.5 && all[1].min == .int(5))
    #expect(all[2].median == .date(19_724) && all[2].mean == nil)
    #expect(all[3].min == .text("a") && all[3].max == .text("b") && all[3].histogram.isEmpty)
    #expect(all[4].mean == 0.75)
    #expect(all[5].min == .null && all[5].mean == nil && all[5].histogram.isEmpty)
  }

  @Test(arguments: [ColumnType.bool, .int, .number, .date, .time, .duration])
  func `small columns have the statistics of their aggregates`(type: ColumnType) throws {
    for table in SmallWorlds.tables([type]) + [RandomTable.table(seed: 40, rows: 90, types: [type])]
    {
      let column = table.columns[0]
      let statistics = try Statistics.describe(table, workers: .serial)[0]
      func same(_ value: Value, _ aggregate: Aggregate) throws -> Bool {
        Reference.isSame(value, try Aggregates.column(aggregate, of: column)[0])
      }
      #expect(try same(statistics.min, .min) && same(statistics.max, .max))
      #expect(try same(statistics.q1, .quantile(0.25)) && same(statistics.median, .median))
      #expect(try same(statistics.q3, .quantile(0.75)))
      #expect(try same(.int(Int64(statistics.distinct)), .countDistinct))
      if type == .int || type == .bool {
        #expect(try same(statistics.mean.map(Value.number) ?? .null, .mean))
        let sd = try Aggregates.sd(column)[0].double ?? 0
        #expect(abs((statistics.sd ?? 0) - sd) < 1e-12)
      }
      if type != .number {
        #expect(statistics.histogram.reduce(0, +) == statistics.count)
        #expect(statistics.histogram == (try Histogram.counts(column, bins: 8, workers: .serial)))
      }
    }
  }

  @Test func `descriptions are alike on all threads`() throws {
    let types = ColumnType.allCases.filter { $0 != .image }
    let table = RandomTable.table(seed: 32, rows: 500, types: types)
    let finite = try table.filtered(
      by: Values((0..<500).map { row in table.columns[2][row].double?.isFinite ?? true }),
      workers: .serial)
    let all = try threadCounts.map {
      try Statistics.describe(finite, workers: Workers(threads: $0))
    }
    #expect(all.allSatisfy { $0 == all[0] })
    for (column, statistics) in zip(finite.columns, all[0]) where column.type != .vector {
      #expect(statistics.min == (try Aggregates.min(column)[0]))
      #expect(statistics.distinct == Reference.grouping([column], column.count).groupCount - 1)
    }
  }

  @Test func `infinities are left out of a histogram`() throws {
    let column = Column.number(Values([-.infinity, 0, 8, .nan, 4, .infinity, 8]))
    #expect(try Histogram.counts(column, bins: 4, workers: .serial) == [1, 0, 1, 2])
    let same = Column.number(Values([3, 3]))
    #expect(try Histogram.counts(same, bins: 4, workers: .serial) == [2, 0, 0, 0])
    let wide = Column.number(Values([-1.7e308, 0, 1.7e308]))
    #expect(try Histogram.counts(wide, bins: 2, workers: .serial) == [1, 2])
    #expect(try Histogram.counts(.nulls(.int, 3), bins: 4, workers: .serial).isEmpty)
  }
}
