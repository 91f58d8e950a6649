import Columns
import Glibc

/// A column as numbers along an axis, NaN for null; nil when it has none.
func axisNumbers(_ column: Column) -> [Double]? {
  switch column {
  case .number(let values): numbers(values) { $0 }
  case .int(let values), .time(let values), .duration(let values): numbers(values) { Double($0) }
  case .date(let values): numbers(values) { Double($0) }
  case .bool(let values): numbers(values) { $0 ? 1 : 0 }
  case .text, .category, .vector: nil
  }
}

private func numbers<Element>(_ values: Values<Element>, _ number: (Element) -> Double) -> [Double]
{
  var answer = values.elements.map(number)
  guard let valid = values.valid else { return answer }
  for (row, flag) in valid.enumerated() where !flag { answer[row] = .nan }
  return answer
}

/// The group of each row, by the values of a column.
struct Groups {
  var name: String
  /// In order of first appearance.
  var labels: [String] = []
  /// Group of each row.
  var codes: [Int32] = []
  var counts: [Int] = []

  init(_ column: Column, named name: String) {
    self.name = name
    switch column {
    case .text(let values), .category(let values):
      if values.heap.isDistinct {
        fill(values.count, key: { values.isValid($0) ? values.piece($0) : nil }) { values.heap[$0] }
      } else {
        fill(values.count, key: { values[$0] }) { $0 }
      }
    case .bool(let values): fill(values.count, key: { values[$0] }) { $0 ? "true" : "false" }
    case .int(let values): fill(values.count, key: { values[$0] }) { String($0) }
    case .number(let values): fill(values.count, key: { values[$0] }) { displayed($0) }
    case .date(let values):
      fill(values.count, key: { values[$0] }) { CellText.plain(.date($0)) }
    case .time(let values):
      fill(values.count, key: { values[$0] }) { CellText.plain(.time($0)) }
    case .duration(let values):
      fill(values.count, key: { values[$0] }) {
        CellText.plain(.duration(months: 0, microseconds: $0))
      }
    case .vector(let values):
      fill(values.count, key: { column.isValid($0) ? values[$0] : nil }) {
        CellText.plain(.vector($0))
      }
    }
  }

  /// One group for every row together.
  init(count: Int) {
    name = ""
    labels = [""]
    codes = [Int32](repeating: 0, count: count)
    counts = [count]
  }

  /// Two columns at once.
  init(_ a: Groups, _ b: Groups) {
    name = "\(a.name), \(b.name)"
    let width = Int64(b.labels.count)
    fill(a.codes.count, key: { Int64(a.codes[$0]) * width + Int64(b.codes[$0]) }) {
      "\(a.labels[Int($0 / width)]) · \(b.labels[Int($0 % width)])"
    }
  }

  private mutating func fill<Key: Hashable>(
    _ rows: Int, key: (Int) -> Key?, label: (Key) -> String
  ) {
    var known: [Key?: Int32] = [:]
    codes.reserveCapacity(rows)
    for row in 0..<rows {
      let key = key(row)
      let code: Int32
      if let found = known[key] {
        code = found
      } else {
        code = Int32(labels.count)
        known[key] = code
        labels.append(key.map(label) ?? "null")
        counts.append(0)
      }
      codes.append(code)
      counts[Int(code)] += 1
    }
  }

  /// Codes of the groups with the highest weights, highest first; equal ones by label.
  func ranked(by weights: [Double], most: Int) -> [Int] {
    let order = labels.indices.sorted {
      weights[$0] != weights[$1] ? weights[$0] > weights[$1] : labels[$0] < labels[$1]
    }
    return Array(order.prefix(most))
  }
}

/// Quantile of sorted numbers by linear interpolation (type 7 of Hyndman and Fan 1996).
func quantile(_ sorted: [Double], _ share: Double) -> Double {
  guard let last = sorted.last else { return .nan }
  let position = share * Double(sorted.count - 1)
  let below = Int(position)
  guard below + 1 < sorted.count else { return last }
  return sorted[below] + (sorted[below + 1] - sorted[below]) * (position - Double(below))
}

enum Bins {
  /// Edges of 5 to 60 bins as wide as Freedman and Diaconis (1981) say. Bins of whole numbers hold
  /// equally many of them each, so there may be fewer than five.
  static func edges(_ sorted: [Double], isWhole: Bool) -> [Double] {
    guard let low = sorted.first, let high = sorted.last else { return [] }
    let spread = quantile(sorted, 0.75) - quantile(sorted, 0.25)
    let wanted = 2 * spread / cbrt(Double(sorted.count))
    // Halved before the difference, which else could overflow.
    let range = (high / 2 - low / 2) * 2
    if isWhole {
      let values = range + 1
      var width = max(1, wanted.rounded(), (values / 60).rounded(.up))
      if values >= 5 { width = min(width, max(1, (values / 5).rounded(.down))) }
      let count = Int((values / width).rounded(.up))
      return (0...count).map { low - 0.5 + Double($0) * width }
    }
    guard range > 0 else { return [low - 0.5, low + 0.5] }
    guard range.isFinite else { return [low, low / 2 + high / 2, high] }
    let ideal = wanted > 0 ? (range / wanted).rounded(.up) : 30
    let count = Int(min(60, max(5, ideal)))
    return (0...count).map {
      $0 == count ? high : low + range * (Double($0) / Double(count))
    }
  }

  /// The bin of a number that lies within the edges.
  static func bin(of value: Double, edges: [Double]) -> Int {
    let count = edges.count - 1
    let width = edges[count] - edges[0]
    let share = width.isFinite ? (value - edges[0]) / width : value > edges[1] ? 0.75 : 0.25
    var bin = max(0, min(count - 1, Int(share * Double(count))))
    // The division rounds; the edges decide.
    if bin + 1 < count, value >= edges[bin + 1] { bin += 1 }
    if bin > 0, value < edges[bin] { bin -= 1 }
    return bin
  }
}

/// A density by normal kernels with the bandwidth of Silverman (1986), at evenly spaced places.
func density(_ sorted: [Double], places: Int = 128) -> (x: [Double], y: [Double]) {
  guard let low = sorted.first, let high = sorted.last else { return ([], []) }
  let size = max(abs(low), abs(high))
  if size > 1e150 || (size < 1e-150 && size > 0) {
    // Squares would leave the range of numbers.
    let scaled = density(sorted.map { $0 / size }, places: places)
    return (
      scaled.x.map { min(.greatestFiniteMagnitude, max(-.greatestFiniteMagnitude, $0 * size)) },
      scaled.y.map { $0 / size }
    )
  }
  let count = Double(sorted.count)
  let mean = sorted.reduce(0) { $0 + $1 / count }
  let variance = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, count - 1)
  let spread = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.34
  let scale = spread > 0 ? min(variance.squareRoot(), spread) : variance.squareRoot()
  let bandwidth = scale > 0 ? 0.9 * scale / pow(count, 0.2) : max(abs(low), 1) * 0.05
  let from = low - 3 * bandwidth
  let step = (high + 3 * bandwidth - from) / 1023
  // Each number is shared between its two neighbours on a fine grid: as many kernels as the grid
  // has places, however many numbers there are.
  var grid = [Double](repeating: 0, count: 1024)
  for value in sorted {
    let position = (value - from) / step
    let at = max(0, min(1022, Int(position)))
    grid[at] += 1 - (position - Double(at))
    grid[at + 1] += position - Double(at)
  }
  let kernels = grid.enumerated().filter { $0.element > 0 }
  let x = (0..<places).map { from + step * 1023 * Double($0) / Double(places - 1) }
  let norm = 1 / (count * bandwidth * (2 * Double.pi).squareRoot())
  let y = x.map { place in
    norm
      * kernels.reduce(0) { sum, kernel in
        let distance = (place - from - step * Double(kernel.offset)) / bandwidth
        return sum + kernel.element * exp(-0.5 * distance * distance)
      }
  }
  return (x, y)
}
