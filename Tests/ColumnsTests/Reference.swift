import Columns

/// Naive versions of the kernels, to compare them with.
enum Reference {
  /// The order of sorting: nulls last, NaN before them, both zeros equal.
  static func isLess(_ a: Value, _ b: Value, _ key: SortKey) -> Bool {
    if a.isNull || b.isNull {
      return a.isNull == b.isNull ? false : a.isNull == key.nullsFirst
    }
    let (aNaN, bNaN) = (isNaN(a), isNaN(b))
    if aNaN || bNaN { return !aNaN && bNaN }
    return key.descending ? order(b, a) : order(a, b)
  }

  static func isNaN(_ value: Value) -> Bool {
    if case .number(let number) = value { number.isNaN } else { false }
  }

  /// Below in the order of values without nulls and NaN.
  static func order(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.text(let x), .text(let y)): Array(x.utf8).lexicographicallyPrecedes(Array(y.utf8))
    case (.date(let x), .date(let y)): x < y
    case (.time(let x), .time(let y)): x < y
    case (.int(let x), .int(let y)): x < y
    case (.duration(_, let x), .duration(_, let y)): x < y
    case (let x, let y): (x.double ?? 0) < (y.double ?? 0)
    }
  }

  static func sortedRows(_ table: Table, _ keys: [SortKey]) -> [Int32] {
    let columns = keys.map { key in
      switch key.source {
      case .position(let position): table.columns[position]
      case .column(let column): column
      }
    }
    return (0..<table.rowCount).sorted { a, b in
      for (key, column) in zip(keys, columns) {
        if isLess(column[a], column[b], key) { return true }
        if isLess(column[b], column[a], key) { return false }
      }
      return a < b
    }.map { Int32($0) }
  }

  /// Equal for grouping: null and NaN equal themselves.
  static func isSame(_ a: Value, _ b: Value) -> Bool {
    if a.isNull || b.isNull { return a.isNull && b.isNull }
    if isNaN(a) || isNaN(b) { return isNaN(a) && isNaN(b) }
    return a == b
  }

  static func grouping(_ columns: [Column], _ count: Int) -> Grouping {
    var firstRows: [Int32] = []
    var groups: [Int32] = []
    for row in 0..<count {
      let known = firstRows.firstIndex { first in
        columns.allSatisfy { isSame($0[Int(first)], $0[row]) }
      }
      groups.append(Int32(known ?? firstRows.count))
      if known == nil { firstRows.append(Int32(row)) }
    }
    return Grouping(groupCount: firstRows.count, groups: groups, firstRows: firstRows)
  }

  /// Pairs of equal keys; null equals nothing.
  static func partners(_ left: [Column], _ right: [Column], _ row: Int, _ count: Int) -> [Int32] {
    (0..<count).filter { other in
      zip(left, right).allSatisfy { a, b in
        !a[row].isNull && joins(a[row], b[other])
      }
    }.map { Int32($0) }
  }

  private static func joins(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.int(let x), .number(let y)), (.number(let y), .int(let x)): Int64(exactly: y) == x
    default: isSame(a, b)
    }
  }

  static func join(
    _ left: [Column], _ right: [Column], _ leftCount: Int, _ rightCount: Int, _ kind: JoinKind
  ) -> (left: [Int32], right: [Int32]) {
    var pairs: [(Int32, Int32)] = []
    let all = (0..<leftCount).map { partners(left, right, $0, rightCount) }
    switch kind {
    case .semi:
      return ((0..<leftCount).filter { !all[$0].isEmpty }.map { Int32($0) }, [])
    case .anti:
      return ((0..<leftCount).filter { all[$0].isEmpty }.map { Int32($0) }, [])
    case .cross:
      for row in 0..<leftCount {
        for other in 0..<rightCount { pairs.append((Int32(row), Int32(other))) }
      }
    case .inner, .left, .full:
      for row in 0..<leftCount {
        pairs += all[row].map { (Int32(row), $0) }
        if all[row].isEmpty, kind != .inner { pairs.append((Int32(row), -1)) }
      }
      if kind == .full {
        for other in 0..<rightCount where !all.contains(where: { $0.contains(Int32(other)) }) {
          pairs.append((-1, Int32(other)))
        }
      }
    case .right:
      for other in 0..<rightCount {
        let mine = (0..<leftCount).filter { all[$0].contains(Int32(other)) }
        pairs += mine.map { (Int32($0), Int32(other)) }
        if mine.isEmpty { pairs.append((-1, Int32(other))) }
      }
    }
    return (pairs.map(\.0), pairs.map(\.1))
  }

  /// Type 7 on sorted numbers.
  static func quantile(_ values: [Double], _ share: Double) -> Double {
    let sorted = values.sorted()
    let place = share * Double(sorted.count - 1)
    let lower = Int(place)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (place - Double(lower)) * (sorted[upper] - sorted[lower])
  }
}

let threadCounts = [1, 2, 5]
