package import Columns
package import Learning

/// Features that alone tell the target almost perfectly: named by `fit`, since they usually were not known
/// when the target was decided.
package enum LeakWarnings {
  /// A single feature must explain more than this share of the target to be named.
  package static let threshold = 0.98
  /// More rows than this are judged by an evenly spaced part of them.
  private static let mostRows = 20_000

  package static func find(
    _ features: Table, _ target: Target, _ workers: Workers
  ) throws -> [String] {
    guard features.rowCount >= 20 else { return [] }
    let step = (features.rowCount + mostRows - 1) / mostRows
    let rows = stride(from: 0, to: features.rowCount, by: step).map { Int32($0) }
    let sample = step == 1 ? features : try features.taking(rows, workers: workers)
    var warnings: [String] = []
    for (name, column) in sample.named {
      try workers.check()
      guard let share = try explained(target, rows, by: column, workers), share > threshold else {
        continue
      }
      warnings.append(
        "`\(name)` alone predicts the target almost perfectly: is it known before the target is?")
    }
    return warnings
  }

  /// Share of the target's spread that the groups of a column explain, on groups of at least two rows; nil
  /// for a column with too many groups to tell.
  private static func explained(
    _ target: Target, _ rows: [Int32], by column: Column, _ workers: Workers
  ) throws -> Double? {
    let binned = try coarse(column)
    let grouping = try Table([("x", binned)]).grouping(by: [binned], workers: workers)
    guard grouping.groupCount > 1, grouping.groupCount * 10 <= rows.count else { return nil }
    switch target {
    case .classes(let codes, let labels):
      let width = labels.count
      var counts = [Int](repeating: 0, count: grouping.groupCount * width)
      var totals = [Int](repeating: 0, count: width)
      for (row, source) in rows.enumerated() {
        let code = Int(codes[Int(source)])
        counts[Int(grouping.groups[row]) * width + code] += 1
        totals[code] += 1
      }
      let naive = totals.max() ?? 0
      guard naive < rows.count, width > 1 else { return nil }
      var right = 0
      for group in 0..<grouping.groupCount {
        right += counts[group * width..<(group + 1) * width].max() ?? 0
      }
      return Double(right - naive) / Double(rows.count - naive)
    case .numbers(let values):
      var sums = [Double](repeating: 0, count: grouping.groupCount)
      var counts = [Double](repeating: 0, count: grouping.groupCount)
      let mean = rows.reduce(0) { $0 + values[Int($1)] } / Double(rows.count)
      var total = 0.0
      for (row, source) in rows.enumerated() {
        let value = values[Int(source)] - mean
        sums[Int(grouping.groups[row])] += value
        counts[Int(grouping.groups[row])] += 1
        total += value * value
      }
      guard total > 0 else { return nil }
      return zip(sums, counts).reduce(0) { $0 + $1.0 * $1.0 / $1.1 } / total
    case .none: return nil
    }
  }

  /// Numbers in 50 bins of equal count, so that a fine number does not look like a key.
  private static func coarse(_ column: Column) throws -> Column {
    let numbers: [Double]
    switch column {
    case .number(let values): numbers = Array(values.elements)
    case .int(let values): numbers = values.elements.map { Double($0) }
    default: return column
    }
    let known = numbers.indices.filter { column.isValid($0) && numbers[$0].isFinite }
    let sorted = known.map { numbers[$0] }.sorted()
    guard let last = sorted.last, Set(sorted).count > 50 else { return column }
    let edges = (1..<50).map { sorted[$0 * sorted.count / 50] } + [last]
    let bins: [Int64] = numbers.map { value in
      var low = 0
      var high = edges.count
      while low < high {
        let middle = (low + high) / 2
        if edges[middle] < value { low = middle + 1 } else { high = middle }
      }
      return Int64(low)
    }
    return .int(Values(bins[...], valid: column.valid))
  }
}
