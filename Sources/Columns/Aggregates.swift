import Glibc

/// Aggregates of columns, one value a group; one value in all without grouping.
package enum Aggregates {
  /// Several aggregates over the same rows; what they have in common is computed once.
  package static func columns(
    _ list: [Aggregation], rowCount: Int, grouping: Grouping?, workers: Workers
  ) throws -> [Column] {
    let sums = GroupSums(grouping, rows: rowCount, workers: workers)
    // With few pieces the columns are what can be worked on side by side.
    if sums.pieces.count < workers.threads, list.count > 1, rowCount > morselSize {
      let serial = Workers(threads: 1, cancellation: workers.cancellation)
      return try workers.map(list.count) {
        var run = AggregateRun(grouping: grouping, rowCount: rowCount, workers: serial)
        return try run.column(list[$0])
      }
    }
    var run = AggregateRun(grouping: grouping, rowCount: rowCount, workers: workers)
    run.foresee(list)
    return try list.map { try run.column($0) }
  }

  package static func column(
    _ aggregate: Aggregate, of column: Column, name: String = "", grouping: Grouping? = nil,
    workers: Workers = .serial
  ) throws -> Column {
    var run = AggregateRun(grouping: grouping, rowCount: column.count, workers: workers)
    return try run.column(Aggregation(aggregate, of: column, name: name))
  }

  package static func count(
    rows: Int, grouping: Grouping? = nil, workers: Workers = .serial
  ) throws -> Column {
    var run = AggregateRun(grouping: grouping, rowCount: rows, workers: workers)
    return try run.column(Aggregation(.count))
  }

  package static func countValid(
    _ column: Column, grouping: Grouping? = nil, workers: Workers = .serial
  ) throws -> Column {
    try self.column(.countValid, of: column, grouping: grouping, workers: workers)
  }

  /// Throws `integer-overflow` when 64 bits do not hold a sum.
  package static func sum(
    _ column: Column, name: String = "", grouping: Grouping? = nil, workers: Workers = .serial
  ) throws -> Column {
    try self.column(.sum, of: column, name: name, grouping: grouping, workers: workers)
  }

  package static func mean(
    _ column: Column, grouping: Grouping? = nil, workers: Workers = .serial
  ) throws -> Column {
    try self.column(.mean, of: column, grouping: grouping, workers: workers)
  }

  package static func variance(
    _ column: Column, grouping: Grouping? = nil, workers: Workers = .serial
  ) throws -> Column {
    try self.column(.variance, of: column, grouping: grouping, workers: workers)
  }

  package static func sd(
    _ column: Column, grouping: Grouping? = nil, workers: Workers = .serial
  ) throws -> Column {
    try self.column(.sd, of: column, grouping: grouping, workers: workers)
  }

  package static func min(
    _ column: Column, grouping: Grouping? = nil, workers: Workers = .serial
  ) throws -> Column {
    try self.column(.min, of: column, grouping: grouping, workers: workers)
  }

  package static func max(
    _ column: Column, grouping: Grouping? = nil, workers: Workers = .serial
  ) throws -> Column {
    try self.column(.max, of: column, grouping: grouping, workers: workers)
  }

  package static func quantile(
    _ share: Double, _ column: Column, grouping: Grouping? = nil, workers: Workers = .serial
  ) throws -> Column {
    try self.column(.quantile(share), of: column, grouping: grouping, workers: workers)
  }

  package static func median(
    _ column: Column, grouping: Grouping? = nil, workers: Workers = .serial
  ) throws -> Column {
    try self.column(.median, of: column, grouping: grouping, workers: workers)
  }

  package static func countDistinct(
    _ column: Column, grouping: Grouping? = nil, workers: Workers = .serial
  ) throws -> Column {
    try self.column(.countDistinct, of: column, grouping: grouping, workers: workers)
  }

  package static func first(
    _ column: Column, grouping: Grouping? = nil, workers: Workers = .serial
  ) throws -> Column {
    try self.column(.first, of: column, grouping: grouping, workers: workers)
  }

  package static func last(
    _ column: Column, grouping: Grouping? = nil, workers: Workers = .serial
  ) throws -> Column {
    try self.column(.last, of: column, grouping: grouping, workers: workers)
  }

  package static func mode(
    _ column: Column, grouping: Grouping? = nil, workers: Workers = .serial
  ) throws -> Column {
    try self.column(.mode, of: column, grouping: grouping, workers: workers)
  }
}

/// Where a column's values lie in memory: two columns with the same place are the same column.
struct ColumnPlace: Hashable {
  private var elements: UInt
  private var flags: UInt
  private var count: Int

  /// Nil for a column that is never shared in this way.
  init?(_ column: Column) {
    func address<Element>(_ values: ArraySlice<Element>) -> UInt {
      values.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
    }
    switch column {
    case .bool(let values): elements = address(values.elements)
    case .int(let values), .time(let values), .duration(let values):
      elements = address(values.elements)
    case .number(let values): elements = address(values.elements)
    case .date(let values): elements = address(values.elements)
    case .text, .category, .vector: return nil
    }
    flags = column.valid.map { address($0) } ?? 0
    count = column.count
  }
}

/// The aggregates of one grouping, with what several of them need kept.
struct AggregateRun {
  let grouping: Grouping?
  let rowCount: Int
  let workers: Workers
  let sums: GroupSums
  var sizes: [Int]?
  private var countsAt: [UInt: [Int]] = [:]
  private var sumsAt: [ColumnPlace: [Double]] = [:]
  private var quantilesAt: [ColumnPlace: [Double: Column]] = [:]
  private var wanted: [ColumnPlace: Set<Double>] = [:]

  init(grouping: Grouping?, rowCount: Int, workers: Workers) {
    self.grouping = grouping
    self.rowCount = rowCount
    self.workers = workers
    sums = GroupSums(grouping, rows: rowCount, workers: workers)
  }

  /// Notes which quantiles will be asked for, so that a column's are found together.
  mutating func foresee(_ list: [Aggregation]) {
    for entry in list {
      guard let place = entry.column.flatMap({ ColumnPlace($0) }) else { continue }
      switch entry.aggregate {
      case .median: wanted[place, default: []].insert(0.5)
      case .quantile(let share): wanted[place, default: []].insert(share)
      default: break
      }
    }
  }

  mutating func column(_ entry: Aggregation) throws -> Column {
    guard let column = entry.column else {
      precondition(entry.aggregate == .count, "an aggregate other than count is of a column")
      return .int(Values(try rowCounts().map { Int64($0) }))
    }
    precondition(column.count == rowCount, "aggregated columns have a value for each row")
    guard entry.aggregate.type(of: column.type) != nil else {
      throw DataError(
        "type-mismatch",
        "\(entry.aggregate.name) wants \(entry.aggregate.wants), and "
          + "\(entry.name.isEmpty ? "the column" : entry.name) is \(column.type)",
        column: entry.name.isEmpty ? nil : entry.name)
    }
    switch entry.aggregate {
    case .count: return .int(Values(try rowCounts().map { Int64($0) }))
    case .countValid: return .int(Values(try counts(column.valid).map { Int64($0) }))
    case .sum: return try sum(column, entry.name)
    case .mean: return try mean(column)
    case .variance: return try spread(column) { $0 }
    case .sd: return try spread(column) { $0.squareRoot() }
    case .min:
      return try GroupExtremes(sums: sums, isMax: false).column(column, counts(column.valid))
    case .max:
      return try GroupExtremes(sums: sums, isMax: true).column(column, counts(column.valid))
    case .quantile(let share): return try quantile(share, column)
    case .median: return try quantile(0.5, column)
    case .countDistinct: return try GroupKinds.countDistinct(column, grouping, workers)
    case .first: return try edge(column, grouping?.firstRows ?? [rowCount > 0 ? 0 : -1])
    case .last: return try edge(column, lastRows())
    case .mode: return try GroupKinds.mode(column, grouping, workers)
    }
  }

  private mutating func rowCounts() throws -> [Int] {
    if let sizes { return sizes }
    let found = try sums.counts(nil)
    sizes = found
    return found
  }

  private mutating func counts(_ valid: ArraySlice<Bool>?) throws -> [Int] {
    guard let valid else { return try rowCounts() }
    let place = valid.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
    if let known = countsAt[place] { return known }
    let found = try sums.counts(valid)
    countsAt[place] = found
    return found
  }

  private func edge(_ column: Column, _ rows: [Int32]) throws -> Column {
    try column.taking(rows, workers: workers)
  }

  private func lastRows() throws -> [Int32] {
    guard let grouping else { return [Int32(truncatingIfNeeded: rowCount) - 1] }
    return try sums.states(-1 as Int32, join: { $0 = Swift.max($0, $1) }) { range, last in
      grouping.groups.withUnsafeBufferPointer { groups in
        for row in range { last[Int(groups[row])] = Int32(truncatingIfNeeded: row) }
      }
    }
  }

  private func bytes(_ values: Values<Bool>) throws -> Values<UInt8> {
    let bytes = try workers.filled(values.count, as: UInt8.self) { range, out in
      values.elements.withUnsafeBufferPointer { elements in
        for row in range { out[row] = elements[row] ? 1 : 0 }
      }
    }
    return Values(bytes[...], valid: values.valid)
  }

  private mutating func sum(_ column: Column, _ name: String) throws -> Column {
    switch column {
    case .number(let values): return .number(Values(try numberSums(column, values)))
    case .bool(let values):
      return .int(Values(try sums.sums(bytes(values)).compactMap(\.exact)))
    case .int(let values): return .int(try exact(sums.sums(values), name))
    case .duration(let values): return .duration(try exact(sums.sums(values), name))
    default: preconditionFailure("the type was checked")
    }
  }

  private func exact(_ sums: [WideSum], _ name: String) throws -> Values<Int64> {
    Values(
      try sums.map {
        guard let exact = $0.exact else {
          let label = name.isEmpty ? "the column" : name
          throw DataError(
            "integer-overflow", "the sum of \(label) does not fit 64 bits",
            help: "cast \(name.isEmpty ? "column" : name): number before it is summed",
            column: name.isEmpty ? nil : name)
        }
        return exact
      })
  }

  private mutating func numberSums(_ column: Column, _ values: Values<Double>) throws -> [Double] {
    guard let place = ColumnPlace(column) else { return try sums.sums(values) }
    if let known = sumsAt[place] { return known }
    let found = try sums.sums(values)
    sumsAt[place] = found
    return found
  }

  /// Means of numbers, null where no value is.
  private static func means(_ sums: [Double], _ counts: [Int]) -> Values<Double> {
    Values(
      zip(sums, counts).map { $0 / Double(Swift.max(1, $1)) }[...], valid: flags(counts, least: 1))
  }

  /// Which counts are enough; nil when all are.
  static func flags(_ counts: [Int], least: Int) -> ArraySlice<Bool>? {
    counts.allSatisfy { $0 >= least } ? nil : counts.map { $0 >= least }[...]
  }

  private mutating func mean(_ column: Column) throws -> Column {
    let counts = try counts(column.valid)
    switch column {
    case .number(let values):
      return .number(Self.means(try numberSums(column, values), counts))
    case .bool(let values):
      return .number(Self.means(try sums.sums(bytes(values)).map(\.value), counts))
    case .int(let values):
      return .number(Self.means(try sums.sums(values).map(\.value), counts))
    case .duration(let values), .time(let values):
      let whole = zip(try sums.sums(values), counts).map { $0.rounded(over: $1) }
      let means = Values(whole[...], valid: Self.flags(counts, least: 1))
      return column.type == .time ? .time(means) : .duration(means)
    case .date(let values):
      let whole = zip(try sums.sums(values), counts).map {
        Int32(truncatingIfNeeded: $0.rounded(over: $1))
      }
      return .date(Values(whole[...], valid: Self.flags(counts, least: 1)))
    case .text, .category, .vector: preconditionFailure("the type was checked")
    }
  }

  private mutating func spread(
    _ column: Column, _ finish: (Double) -> Double
  ) throws -> Column {
    let counts = try counts(column.valid)
    let squares: [Double]
    switch column {
    case .number(let values):
      let means = zip(try numberSums(column, values), counts).map { $0 / Double(Swift.max(1, $1)) }
      squares = try sums.squares(values, counts: counts) { $0 - means[$1] }
    case .bool(let values): squares = try intSquares(bytes(values), counts)
    case .int(let values): squares = try intSquares(values, counts)
    default: preconditionFailure("the type was checked")
    }
    let spreads = zip(squares, counts).map { finish($0 / Double(Swift.max(1, $1 - 1))) }
    return .number(Values(spreads[...], valid: Self.flags(counts, least: 2)))
  }

  /// Differences from a whole number near the mean are exact as long as they fit 53 bits.
  private func intSquares<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Values<Element>, _ counts: [Int]
  ) throws -> [Double] {
    let centres = zip(try sums.sums(values), counts).map { $0.rounded(over: $1) }
    return try sums.squares(values, counts: counts) { value, group in
      let value = Int64(truncatingIfNeeded: value)
      let (difference, isOut) = value.subtractingReportingOverflow(centres[group])
      return isOut ? Double(value) - Double(centres[group]) : Double(difference)
    }
  }

  private mutating func quantile(_ share: Double, _ column: Column) throws -> Column {
    precondition(0...1 ~= share, "a quantile's share lies from 0 to 1")
    guard let place = ColumnPlace(column) else { preconditionFailure("the type was checked") }
    if let known = quantilesAt[place]?[share] { return known }
    let shares = (wanted[place] ?? []).union([share]).sorted()
    let columns = try GroupQuantiles.columns(shares, column, grouping, workers)
    for (share, column) in zip(shares, columns) {
      quantilesAt[place, default: [:]][share] = column
    }
    return quantilesAt[place]?[share] ?? column
  }
}

extension WideSum {
  /// The mean as a whole number, the nearest one, halves to the even; 0 for no values.
  func rounded(over count: Int) -> Int64 {
    guard count > 0 else { return 0 }
    if let exact {
      let (quotient, rest) = exact.quotientAndRemainder(dividingBy: Int64(count))
      let twice = rest.magnitude * 2
      let isUp = twice > UInt64(count) || twice == UInt64(count) && quotient & 1 == 1
      return isUp ? quotient + (exact < 0 ? -1 : 1) : quotient
    }
    // Beyond 64 bits the sum is a number, and the mean lies among the values, hence within 64 bits.
    return Int64(exactly: (value / Double(count)).rounded(.toNearestOrEven))
      ?? (value < 0 ? .min : .max)
  }
}

extension Aggregate {
  fileprivate var wants: String {
    switch self {
    case .variance, .sd: "bool, int or number"
    case .sum: "bool, int, number or duration"
    case .mean, .quantile, .median: "bool, int, number, date, time or duration"
    default: "anything but vectors"
    }
  }
}
