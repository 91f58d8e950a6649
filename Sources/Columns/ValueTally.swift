import Glibc

/// How often each value of a small domain occurs: one pass that tells all that is to know of the
/// values but their order.
struct ValueTally: Sendable {
  let lowest: Int64
  /// How often `lowest + i` occurs.
  let counts: [Int32]

  init<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Values<Element>, lowest: Element, domain: Int, workers: Workers
  ) throws {
    self.lowest = Int64(truncatingIfNeeded: lowest)
    let pieces = Pieces(rows: values.count, states: domain)
    let parts = try workers.map(pieces.count) { piece in
      [Int32](count: domain) { counts in
        counts.base.initialize(repeating: 0, count: domain)
        GroupSums.forEach(values, nil, pieces[piece]) { value, _ in
          counts[Int(truncatingIfNeeded: value &- lowest)] &+= 1
        }
      }
    }
    guard var counts = parts.first else {
      self.counts = [Int32](repeating: 0, count: domain)
      return
    }
    for part in parts.dropFirst() {
      for place in 0..<domain { counts[place] += part[place] }
    }
    self.counts = counts
  }

  /// Nil for numbers and text, and for values that lie too far apart.
  init?(_ column: Column, workers: Workers) throws {
    switch column {
    case .bool(let values):
      let bytes = try workers.filled(values.count, as: UInt8.self) { range, out in
        values.elements.withUnsafeBufferPointer { elements in
          for row in range { out[row] = elements[row] ? 1 : 0 }
        }
      }
      self = try ValueTally(
        Values(bytes[...], valid: values.valid), lowest: 0, domain: 2, workers: workers)
    case .int(let values), .time(let values), .duration(let values):
      guard let tally = try Self.bounded(values, workers) else { return nil }
      self = tally
    case .date(let values):
      guard let tally = try Self.bounded(values, workers) else { return nil }
      self = tally
    case .number, .text, .category, .vector: return nil
    }
  }

  private static func bounded<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Values<Element>, _ workers: Workers
  ) throws -> ValueTally? {
    guard let bounds = try values.bounds(workers: workers) else { return nil }
    let (span, isOut) = Int64(bounds.upper).subtractingReportingOverflow(Int64(bounds.lower))
    guard !isOut, span < max(65_536, 2 * values.count) else { return nil }
    return try ValueTally(values, lowest: bounds.lower, domain: Int(span) + 1, workers: workers)
  }

  /// Fills in the statistics of a column of bools, ints, dates, times or durations.
  func describe(_ column: Column, _ result: inout ColumnStatistics) throws {
    let used = counts.withUnsafeBufferPointer { counts in
      counts.indices.filter { counts[$0] > 0 }
    }
    guard let first = used.first, let end = used.last else { return }
    result.distinct = used.count
    result.min = value(OrderedBits.of(lowest + Int64(first)), column.type)
    result.max = value(OrderedBits.of(lowest + Int64(end)), column.type)
    if Aggregate.sd.type(of: column.type) != nil {
      if used.count > morselSize {
        // As many values as rows: going over the rows is faster.
        result.mean = try Aggregates.mean(column)[0].double
        result.sd = try Aggregates.sd(column)[0].double
      } else {
        describeMoments(used, &result)
      }
    }
    let interpolate = GroupQuantiles.Interpolation(column.type)
    let places = [0.25, 0.5, 0.75].map { $0 * Double(result.count - 1) }
    let last = result.count - 1
    let neighbours = bits(at: Set(places.flatMap { [Int($0), min(Int($0) + 1, last)] }), used)
    let quartiles = places.map { place in
      let lower = neighbours[Int(place)] ?? 0
      let upper = neighbours[min(Int(place) + 1, last)] ?? lower
      let bits = interpolate.between(lower, upper, place - place.rounded(.down))
      return interpolate.isWhole ? value(bits, column.type) : .number(OrderedBits.number(bits))
    }
    (result.q1, result.median, result.q3) = (quartiles[0], quartiles[1], quartiles[2])
    let bin = Histogram.Bins(
      8, Double(lowest + Int64(first)), Double(lowest + Int64(end)))
    result.histogram = used.reduce(into: [Int](repeating: 0, count: 8)) {
      $0[bin(Double(lowest + Int64($1)))] += Int(counts[$1])
    }
  }

  private func describeMoments(_ used: [Int], _ result: inout ColumnStatistics) {
    var sum = WideSum()
    for place in used { sum.add(lowest + Int64(place), times: Int64(counts[place])) }
    result.mean = sum.value / Double(result.count)
    guard result.count > 1 else { return }
    let centre = sum.rounded(over: result.count)
    var moments = Moments()
    for place in used {
      let difference = Double(lowest + Int64(place) - centre)
      moments.first.add(difference * Double(counts[place]))
      moments.second.add(difference * difference * Double(counts[place]))
    }
    result.sd = (moments.squares(count: result.count) / Double(result.count - 1)).squareRoot()
  }

  /// The ordered bits of the values at some places of the order.
  private func bits(at ranks: Set<Int>, _ used: [Int]) -> [Int: UInt64] {
    var wanted = ranks.sorted()[...]
    var found: [Int: UInt64] = [:]
    var seen = 0
    for place in used {
      guard wanted.first != nil else { break }
      seen += Int(counts[place])
      while let rank = wanted.first, rank < seen {
        found[rank] = OrderedBits.of(lowest + Int64(place))
        wanted.removeFirst()
      }
    }
    return found
  }

  private func value(_ bits: UInt64, _ type: ColumnType) -> Value {
    let int = OrderedBits.int(bits)
    return switch type {
    case .bool: .bool(int == 1)
    case .date: .date(Int32(truncatingIfNeeded: int))
    case .time: .time(int)
    case .duration: .duration(months: 0, microseconds: int)
    default: .int(int)
    }
  }
}
