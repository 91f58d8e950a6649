import Columns

/// A small data set that we make ourselves, the same bytes on every machine, with a truth that is known.
package struct Sample: Sendable {
  package var name: String
  /// What generated it, so that a model can be judged against it.
  package var truth: String
  package var csv: @Sendable () -> String

  package init(_ name: String, truth: String, csv: @escaping @Sendable () -> String) {
    self.name = name
    self.truth = truth
    self.csv = csv
  }

  package static let all: [Sample] = [.transactions, .churn, .rides, .patients]
}

/// Draws for samples: only additions and multiplications of exact uniforms, so that no library's last digit matters.
struct Draw {
  private var stream: RandomStream

  init(seed: UInt64) { stream = RandomStream(seed: seed) }

  mutating func uniform() -> Double { stream.uniform() }

  mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * stream.uniform()
  }

  mutating func integer(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(stream.uniform() * Double(range.count))
  }

  mutating func chance(_ share: Double) -> Bool { stream.uniform() < share }

  /// Nearly normal: twelve uniforms less six.
  mutating func normal(_ mean: Double = 0, _ sd: Double = 1) -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += stream.uniform() }
    return mean + sd * sum
  }

  mutating func pick<Element>(_ all: [Element]) -> Element {
    all[Int(stream.uniform() * Double(all.count))]
  }
}

/// Decimal text with a fixed number of places.
func fixed(_ value: Double, _ places: Int) -> String {
  var scale = 1.0
  for _ in 0..<places { scale *= 10 }
  let units = Int((value * scale).rounded())
  let size = abs(units)
  let whole = size / Int(scale)
  let rest = String(size % Int(scale))
  let sign = units < 0 ? "-" : ""
  guard places > 0 else { return "\(sign)\(whole)" }
  return "\(sign)\(whole)." + String(repeating: "0", count: places - rest.count) + rest
}

/// `2024-03-05T07:09:00Z` for a minute of the year 2024.
func time(minuteOf2024 minute: Int) -> String {
  let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  var day = minute / 1_440
  var month = 0
  while month < 11 && day >= lengths[month] {
    day -= lengths[month]
    month += 1
  }
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  let clock = minute % 1_440
  return "2024-\(two(month + 1))-\(two(day + 1))T\(two(clock / 60)):\(two(clock % 60)):00Z"
}

/// A probability from log odds.
func logistic(_ odds: Double) -> Double { 1 / (1 + exponential(-odds)) }
